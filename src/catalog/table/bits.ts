/** Bits in arrays of 32: one for each row, lowest first. */

export const WORD = 32;
export const WORD_SHIFT = 5;
export const WORD_MASK = 31;
export const ALL_BITS = 0xffff_ffff;

export function wordsFor(length: number): number {
  return Math.ceil(length / WORD);
}

export function setBits(bits: Uint32Array, rows: Uint32Array): void {
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    bits[row >>> WORD_SHIFT] = (bits[row >>> WORD_SHIFT] ?? 0) | (1 << (row & WORD_MASK));
  }
}

/** 1 where the row's bit is set. */
export function bitOf(bits: Uint32Array, row: number): number {
  return ((bits[row >>> WORD_SHIFT] ?? 0) >>> (row & WORD_MASK)) & 1;
}

export function lowestBit(word: number): number {
  return WORD_MASK - Math.clz32(word & -word);
}

export function popcount(bits: Uint32Array): number {
  let count = 0;
  for (let at = 0; at < bits.length; at += 1) count += bitsIn(bits[at] ?? 0);
  return count;
}

export function popcountBoth(a: Uint32Array, b: Uint32Array): number {
  let count = 0;
  for (let at = 0; at < a.length; at += 1) {
    const word = (a[at] ?? 0) & (b[at] ?? 0);
    if (word !== 0) count += bitsIn(word);
  }
  return count;
}

export function bitsIn(word: number): number {
  let sum = word - ((word >>> 1) & 0x5555_5555);
  sum = (sum & 0x3333_3333) + ((sum >>> 2) & 0x3333_3333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

/** The first index whose row is at least `row`. */
export function lowerBound(rows: Uint32Array, row: number, from = 0): number {
  let low = from;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
