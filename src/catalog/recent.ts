/** The last few shelves: whoever walks through one page by page may end on it, though a newer one is out. */
import type { Shelf } from "./catalog.ts";

export interface Recent {
  /** Keeps a shelf, and drops the oldest where all together take more memory than they may; the last one always stays. */
  remember(shelf: Shelf): void;
  /** The shelf of the catalog with this mark. */
  at(mark: string): Shelf | undefined;
}

/** All catalogs that are kept take no more memory together; documents that lie in a file take none. */
const BYTES_MAX = 256 * 1024 ** 2;

export function createRecent(bytesMax = BYTES_MAX): Recent {
  // In the order in which they came.
  const shelves = new Map<string, Shelf>();
  return {
    remember: (shelf) => {
      const { mark } = shelf.catalog;
      shelves.delete(mark);
      shelves.set(mark, shelf);
      for (const oldest of shelves.keys()) {
        if (bytesOf(shelves) <= bytesMax || oldest === mark) return;
        shelves.delete(oldest);
      }
    },
    at: (mark) => shelves.get(mark),
  };
}

function bytesOf(shelves: ReadonlyMap<string, Shelf>): number {
  let bytes = 0;
  for (const { catalog } of shelves.values()) {
    const { image, documents } = catalog.tables.memory;
    bytes += image.byteLength + (documents instanceof SharedArrayBuffer ? documents.byteLength : 0);
  }
  return bytes;
}
