/** Tables as a file: a header, the image and the documents as they lie in memory. Read whole and believed only when every checksum fits. */
import { closeSync, fstatSync, fsyncSync, mkdirSync, openSync, readSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import * as z from "zod";
import { writeAll, type Stretch } from "./documents.ts";
import { DamagedImage } from "./image.ts";
import { openTables, type Tables } from "./tables.ts";

/** Raise it when the layout changes: older files are then built anew. */
const FORMAT = "modeldex-tables 1";
/** The header's length and its checksum. */
const HEAD_BYTES = 8;
const HEADER_BYTES_MAX = 16_777_216;
/** Files are read, written and checked in pieces of this size. */
const PIECE_BYTES = 16_777_216;
/** Documents of more bytes stay in the file, and each is checked when it is read. */
const DOCUMENT_BYTES_MAX = 268_435_456;

const Header = z.object({
  format: z.string(),
  hash: z.string(),
  imageBytes: z.number(),
  imageCrc: z.number(),
  documentBytes: z.number(),
  documentCrc: z.number(),
  /** What whoever saved it says beside. */
  note: z.unknown(),
});
type Header = z.infer<typeof Header>;

export interface SavedTables {
  readonly tables: Tables;
  readonly note: unknown;
}

/** Writes beside as `${path}.<ending>`, flushes, renames: a reader sees the old file or the new one. `note` is plain JSON. */
export function saveTables(path: string, { memory }: Tables, note: unknown, ending: string): void {
  const image = new Uint8Array(memory.image);
  const header: Header = {
    format: FORMAT,
    hash: memory.hash,
    imageBytes: image.length,
    imageCrc: crcOf(image),
    documentBytes:
      memory.documents instanceof SharedArrayBuffer ? memory.documents.byteLength : memory.documents.bytes,
    documentCrc: 0,
    note,
  };
  for (const piece of documentPieces(memory.documents)) header.documentCrc = crc32(piece, header.documentCrc);
  const text = Buffer.from(JSON.stringify(header));
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(text.length, 0);
  head.writeUInt32LE(crc32(text), HEAD_BYTES / 2);
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${ending}`;
  const file = openSync(beside, "w");
  try {
    for (const part of [head, text, image]) writeAll(file, part);
    for (const piece of documentPieces(memory.documents)) writeAll(file, piece);
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(beside, { force: true });
    throw error;
  }
  closeSync(file);
  renameSync(beside, path);
}

/** The tables at a path, or why there are none. */
export function loadTables(
  path: string,
  documentBytesMax = DOCUMENT_BYTES_MAX,
): SavedTables | "missing" | "older" | "damaged" {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return "missing";
  }
  try {
    return readTables(path, file, documentBytesMax);
  } catch (error) {
    if (error instanceof DamagedImage) return "damaged";
    throw error;
  } finally {
    closeSync(file);
  }
}

/** What is said beside the tables at a path, without reading them; nothing where that is not sound. */
export function loadNote(path: string): unknown {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return undefined;
  }
  try {
    return readHeader(file)?.header.note;
  } finally {
    closeSync(file);
  }
}

function readTables(path: string, file: number, documentBytesMax: number): SavedTables | "older" | "damaged" {
  const read = readHeader(file);
  if (read === undefined) return "damaged";
  const { header, end } = read;
  if (header.format !== FORMAT) return "older";
  const { hash, imageBytes, imageCrc, documentBytes, documentCrc, note } = header;
  const offset = end + imageBytes;
  if (fstatSync(file).size !== offset + documentBytes) return "damaged";
  const image = new SharedArrayBuffer(imageBytes);
  if (!readInto(file, new Uint8Array(image), end) || crcOf(new Uint8Array(image)) !== imageCrc)
    return "damaged";
  if (documentBytes > documentBytesMax)
    return { tables: openTables({ hash, image, documents: { path, offset, bytes: documentBytes } }), note };
  const documents = new SharedArrayBuffer(documentBytes);
  const bytes = new Uint8Array(documents);
  if (!readInto(file, bytes, offset) || crcOf(bytes) !== documentCrc) return "damaged";
  return { tables: openTables({ hash, image, documents }), note };
}

function readHeader(file: number): { readonly header: Header; readonly end: number } | undefined {
  const head = Buffer.alloc(HEAD_BYTES);
  if (!readInto(file, head, 0)) return undefined;
  const length = head.readUInt32LE(0);
  if (length > HEADER_BYTES_MAX) return undefined;
  const text = Buffer.alloc(length);
  if (!readInto(file, text, HEAD_BYTES) || crc32(text) !== head.readUInt32LE(HEAD_BYTES / 2))
    return undefined;
  const header = Header.safeParse(JSON.parse(text.toString("utf8"))).data;
  return header === undefined ? undefined : { header, end: HEAD_BYTES + length };
}

/** False where the file ends before the bytes are full. */
function readInto(file: number, bytes: Uint8Array, offset: number): boolean {
  for (let read = 0; read < bytes.length;) {
    const length = Math.min(PIECE_BYTES, bytes.length - read);
    const got = readSync(file, bytes, read, length, offset + read);
    if (got === 0) return false;
    read += got;
  }
  return true;
}

function crcOf(bytes: Uint8Array): number {
  let crc = 0;
  for (let from = 0; from < bytes.length; from += PIECE_BYTES)
    crc = crc32(bytes.subarray(from, from + PIECE_BYTES), crc);
  return crc;
}

/** The documents piece by piece, from memory or from the file that they lie in. */
function* documentPieces(documents: SharedArrayBuffer | Stretch): Iterable<Uint8Array> {
  if (documents instanceof SharedArrayBuffer) {
    for (let from = 0; from < documents.byteLength; from += PIECE_BYTES)
      yield new Uint8Array(documents, from, Math.min(PIECE_BYTES, documents.byteLength - from));
    return;
  }
  const file = openSync(documents.path, "r");
  try {
    for (let from = 0; from < documents.bytes; from += PIECE_BYTES) {
      const piece = Buffer.alloc(Math.min(PIECE_BYTES, documents.bytes - from));
      if (!readInto(file, piece, documents.offset + from))
        throw new DamagedImage(`the documents in ${documents.path} are cut short`);
      yield piece;
    }
  } finally {
    closeSync(file);
  }
}
