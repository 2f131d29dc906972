/** What an upstream really offers: it changes between runs, and an oracle knows it. */
import type { Item } from "../simulator/paging-styles.ts";

export type Random = () => number;

/** The same numbers for the same seed (mulberry32), from 0 to below 1. */
export function randomOf(seed: number): Random {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<One>(random: Random, items: readonly [One, ...One[]]): One {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

export function whole(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

export interface Truth {
  readonly list: () => readonly Item[];
  readonly has: (id: string) => boolean;
  readonly size: () => number;
  add(): void;
  /** Brings back one that was removed. */
  bringBack(): void;
  remove(): void;
  /** Keeps this share of the list. */
  shrink(share: number): void;
  rename(): void;
  /** Multiplies the prices of this share of the list. */
  reprice(share: number, factor: number): void;
}

export function truthOf(random: Random, count: number): Truth {
  const rows: { id: string; name: string; price: string }[] = [];
  const gone: { id: string; name: string; price: string }[] = [];
  let made = 0;
  const place = () => Math.floor(random() * (rows.length + 1));
  const add = () => {
    made += 1;
    rows.splice(place(), 0, { id: `lab/m${made}`, name: `M${made}`, price: `0.0000${whole(random, 1, 99)}` });
  };
  const removeAt = (index: number) => gone.push(...rows.splice(index, 1));
  for (let index = 0; index < count; index += 1) add();
  return {
    list: () => rows.map((row) => ({ ...row })),
    has: (id) => rows.some((row) => row.id === id),
    size: () => rows.length,
    add,
    bringBack: () => rows.splice(place(), 0, ...gone.splice(Math.floor(random() * gone.length), 1)),
    remove: () => void (rows.length > 1 && removeAt(Math.floor(random() * rows.length))),
    shrink: (share) => {
      const least = Math.max(1, Math.round(rows.length * share));
      while (rows.length > least) removeAt(Math.floor(random() * rows.length));
    },
    rename: () => {
      const row = rows[Math.floor(random() * rows.length)];
      if (row !== undefined) row.name = `${row.name}'`;
    },
    reprice: (share, factor) => {
      for (const row of rows) if (random() < share) row.price = (Number(row.price) * factor).toFixed(12);
    },
  };
}
