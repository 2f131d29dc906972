/** The documents of all tables, end to end as they came: in memory up to a bound, beyond it in a file that is read by place. */
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { DamagedImage } from "./image.ts";

/** Bytes in a file, from an offset on. */
export interface Stretch {
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
}

export type DocumentStore = SharedArrayBuffer | Stretch;

export interface DocumentsBuilder {
  /** How many bytes there are. */
  readonly bytes: number;
  add(document: Uint8Array): void;
  finish(): { readonly store: DocumentStore; readonly digest: Uint8Array };
  /** Nothing is left behind of what was not finished. */
  drop(): void;
}

/** Documents are gathered into pieces of this size. */
const PIECE_BYTES = 4_194_304;

/** Beyond `bytesMax` bytes they go to the file at `path`; without one they stay in memory. */
export function gatherDocuments(bytesMax: number, path: string | undefined): DocumentsBuilder {
  const hash = createHash("sha256");
  let pieces: Buffer[] = [];
  let piece = Buffer.alloc(0);
  let used = 0;
  let bytes = 0;
  let file: number | undefined;

  function closePiece(): void {
    if (used === 0) return;
    const full = piece.subarray(0, used);
    hash.update(full);
    if (file === undefined && path !== undefined && bytes > bytesMax) {
      mkdirSync(dirname(path), { recursive: true });
      file = openSync(path, "w");
      for (const each of pieces) writeAll(file, each);
      pieces = [];
    }
    if (file === undefined) {
      pieces.push(full);
      piece = Buffer.alloc(0);
    } else writeAll(file, full);
    used = 0;
  }

  return {
    get bytes() {
      return bytes;
    },
    add: (document) => {
      for (let from = 0; from < document.length;) {
        const part = document.subarray(from, from + PIECE_BYTES - used);
        if (used + part.length > piece.length) piece = grown(piece, used + part.length);
        piece.set(part, used);
        used += part.length;
        bytes += part.length;
        from += part.length;
        if (used === PIECE_BYTES) closePiece();
      }
    },
    finish: () => {
      closePiece();
      const digest = hash.digest();
      if (file !== undefined && path !== undefined) {
        closeSync(file);
        return { store: { path, offset: 0, bytes }, digest };
      }
      const store = new SharedArrayBuffer(bytes);
      let from = 0;
      for (const each of pieces) {
        new Uint8Array(store, from).set(each);
        from += each.length;
      }
      pieces = [];
      return { store, digest };
    },
    drop: () => {
      if (file === undefined || path === undefined) return;
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
}

/** A piece is as small as what is in it, and never larger than the largest. */
function grown(piece: Uint8Array, bytes: number): Buffer<ArrayBuffer> {
  const larger = Buffer.alloc(Math.min(PIECE_BYTES, bytes * 2));
  larger.set(piece);
  return larger;
}

/** Reads documents; of a file those only that fit their checksum. */
export function documentReader(
  store: DocumentStore,
): (start: number, length: number, crc: number) => Uint8Array {
  if (store instanceof SharedArrayBuffer) return (start, length) => new Uint8Array(store, start, length);
  const opened = openedFile(store.path);
  return (start, length, crc) => {
    const document = Buffer.allocUnsafe(length);
    const read = readSync(opened.file, document, 0, length, store.offset + start);
    if (read !== length || crc32(document) !== crc)
      throw new DamagedImage(`a document in ${store.path} is damaged`);
    return document;
  };
}

/** Open until nobody reads it any more, whatever is renamed over it meanwhile. */
function openedFile(path: string): { readonly file: number } {
  const opened = { file: openSync(path, "r") };
  files.register(opened, opened.file);
  return opened;
}

const files = new FinalizationRegistry<number>(closeSync);

export function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
