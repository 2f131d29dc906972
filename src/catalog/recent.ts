/** The last few shelves: whoever walks through one page by page may end on it, though a newer one is out. */
import type { Shelf } from "./catalog.ts";

export interface Recent {
  /** Keeps a shelf, and drops the oldest where all together hold more rows than they may; the last one always stays. */
  remember(shelf: Shelf): void;
  /** The shelf of the catalog with this mark. */
  at(mark: string): Shelf | undefined;
}

/** All that are kept hold no more models and offers together. */
const ROWS_MAX = 1_000_000;
const SHELVES_MAX = 16;

export function createRecent(rowsMax = ROWS_MAX): Recent {
  // In the order in which they came.
  const shelves = new Map<string, Shelf>();
  return {
    remember: (shelf) => {
      const { mark } = shelf.catalog;
      shelves.delete(mark);
      shelves.set(mark, shelf);
      for (const oldest of shelves.keys()) {
        const isFull = shelves.size > SHELVES_MAX || rowsOf(shelves) > rowsMax;
        if (!isFull || oldest === mark) return;
        shelves.delete(oldest);
      }
    },
    at: (mark) => shelves.get(mark),
  };
}

function rowsOf(shelves: ReadonlyMap<string, Shelf>): number {
  return [...shelves.values()].reduce(
    (sum, { catalog }) => sum + catalog.models.length + catalog.offers.length,
    0,
  );
}
