/** A catalog's index as one piece of memory: a directory, then columns of numbers that are read where they lie. */
import * as z from "zod";

export type Section = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Takes sections by name, in an order that never varies. */
export type Put = (name: string, section: Section) => void;

/** Reads the sections that were put under a name. */
export interface Sections {
  bytes(name: string): Uint8Array;
  codes(name: string): Uint8Array | Uint16Array | Uint32Array;
  uint32(name: string): Uint32Array;
  float64(name: string): Float64Array;
}

/** The image, or a document, is not what was written. */
export class DamagedImage extends Error {}

/** Raise it when the layout or the meaning of a section changes: older images are then built anew. */
const FORMAT = "modeldex-index 1";
/** Sections begin at such places: every kind of number may lie there. */
const ALIGNMENT = 8;
/** The length of the directory stands before it. */
const HEAD_BYTES = 8;
const DIRECTORY_BYTES_MAX = 1_048_576;

const Entry = z.object({
  name: z.string(),
  kind: z.enum(["u8", "u16", "u32", "f64"]),
  /** From the end of the directory. */
  offset: z.number(),
  length: z.number(),
});
type Entry = z.infer<typeof Entry>;
const Directory = z.object({
  format: z.string(),
  isLittleEndian: z.boolean(),
  /** What whoever built it says of it. */
  about: z.unknown(),
  bytes: z.number(),
  sections: z.array(Entry),
});

/** Sections are laid one after the other when all are there; each is let go as soon as it is copied. */
export function imageOf(about: unknown, fill: (put: Put) => void): SharedArrayBuffer {
  const waiting: { readonly entry: Entry; section: Section | undefined }[] = [];
  let end = 0;
  fill((name, section) => {
    const entry = {
      name,
      kind: kindOf(section),
      offset: end,
      length: section.length,
    };
    end = aligned(end + section.byteLength);
    waiting.push({ entry, section });
  });
  const directory = { format: FORMAT, isLittleEndian: IS_LITTLE_ENDIAN, about, bytes: end };
  const head = Buffer.from(JSON.stringify({ ...directory, sections: waiting.map(({ entry }) => entry) }));
  const begin = aligned(HEAD_BYTES + head.length);
  const image = new SharedArrayBuffer(begin + end);
  new DataView(image).setUint32(0, head.length, true);
  new Uint8Array(image).set(head, HEAD_BYTES);
  for (const each of waiting) {
    if (each.section !== undefined)
      new Uint8Array(image, begin + each.entry.offset).set(bytesOf(each.section));
    each.section = undefined;
  }
  return image;
}

/** What is said of an image, and its sections: of memory that this process wrote, or has checked. */
export function openImage(image: SharedArrayBuffer): {
  readonly about: unknown;
  readonly sections: Sections;
} {
  const { directory, begin } = directoryOf(image);
  const views = directory.sections.map(
    ({ name, kind, offset, length }) => [name, viewOf(image, kind, begin + offset, length)] as const,
  );
  return { about: directory.about, sections: sectionsOf(new Map<string, Section>(views)) };
}

function directoryOf(image: SharedArrayBuffer): {
  readonly directory: z.infer<typeof Directory>;
  readonly begin: number;
} {
  if (image.byteLength < HEAD_BYTES) throw new DamagedImage("the index is cut short");
  const length = new DataView(image).getUint32(0, true);
  if (length > DIRECTORY_BYTES_MAX || HEAD_BYTES + length > image.byteLength)
    throw new DamagedImage("the index has no directory");
  const bytes = Buffer.from(image, HEAD_BYTES, length);
  const directory = Directory.safeParse(JSON.parse(bytes.toString("utf8"))).data;
  if (directory?.format !== FORMAT || directory.isLittleEndian !== IS_LITTLE_ENDIAN)
    throw new DamagedImage("the index is of another format");
  const begin = aligned(HEAD_BYTES + length);
  if (begin + directory.bytes !== image.byteLength) throw new DamagedImage("the index is cut short");
  return { directory, begin };
}

function sectionsOf(views: ReadonlyMap<string, Section>): Sections {
  const named = (name: string) => {
    const view = views.get(name);
    if (view === undefined) throw new DamagedImage(`the index has no section ${name}`);
    return view;
  };
  const wrong = (name: string) => new DamagedImage(`section ${name} of the index is of another kind`);
  return {
    bytes: (name) => {
      const view = named(name);
      if (view instanceof Uint8Array) return view;
      throw wrong(name);
    },
    codes: (name) => {
      const view = named(name);
      if (view instanceof Float64Array) throw wrong(name);
      return view;
    },
    uint32: (name) => {
      const view = named(name);
      if (view instanceof Uint32Array) return view;
      throw wrong(name);
    },
    float64: (name) => {
      const view = named(name);
      if (view instanceof Float64Array) return view;
      throw wrong(name);
    },
  };
}

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

function kindOf(section: Section): Entry["kind"] {
  if (section instanceof Uint8Array) return "u8";
  if (section instanceof Uint16Array) return "u16";
  return section instanceof Uint32Array ? "u32" : "f64";
}

function bytesOf(section: Section): Uint8Array {
  return new Uint8Array(section.buffer, section.byteOffset, section.byteLength);
}

function viewOf(image: SharedArrayBuffer, kind: Entry["kind"], offset: number, length: number): Section {
  switch (kind) {
    case "u8":
      return new Uint8Array(image, offset, length);
    case "u16":
      return new Uint16Array(image, offset, length);
    case "u32":
      return new Uint32Array(image, offset, length);
    case "f64":
      return new Float64Array(image, offset, length);
  }
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
