/** A set of a table's rows: a sorted list while it is short, else one bit for each row. */
import {
  ALL_BITS,
  WORD,
  WORD_MASK,
  WORD_SHIFT,
  bitsIn,
  bitOf,
  lowerBound,
  lowestBit,
  popcount,
  popcountBoth,
  setBits,
  wordsFor,
} from "./bits.ts";

export type RowSet = RowList | RowBits;

export interface RowList {
  readonly kind: "list";
  /** How many rows the table has. */
  readonly length: number;
  /** Ascending, each once. */
  readonly rows: Uint32Array;
  readonly isLasting?: true;
}

export interface RowBits {
  readonly kind: "bits";
  readonly length: number;
  /** One bit for each row, lowest first; those past the last row are 0. */
  readonly bits: Uint32Array;
  readonly count: number;
  /** A column's own: it lives as long as the table, and what is counted among it is remembered. */
  readonly isLasting?: true;
}

/** A list of more than one in so many rows takes more time than bits. */
export const LIST_SHARE = 24;
/** More rows in no order are sorted by setting bits. */
const SORTED_MAX = 2_048;

export function noRows(length: number): RowSet {
  return { kind: "list", length, rows: new Uint32Array(0) };
}

export function allRows(length: number): RowSet {
  const bits = new Uint32Array(wordsFor(length)).fill(ALL_BITS);
  if (length % WORD !== 0) bits[bits.length - 1] = ALL_BITS >>> (WORD - (length % WORD));
  return { kind: "bits", length, bits, count: length };
}

/** Of ascending rows, each once. */
export function listOf(length: number, rows: Uint32Array): RowSet {
  return rows.length * LIST_SHARE > length ? bitsOf(length, rows) : { kind: "list", length, rows };
}

/** Of bits that are counted here, or by whoever made them. */
export function setOfBits(length: number, bits: Uint32Array, count = popcount(bits)): RowSet {
  return { kind: "bits", length, bits, count };
}

/** Of rows in any order, more than once or not. */
export function bitsOf(length: number, rows: Uint32Array): RowBits {
  const bits = new Uint32Array(wordsFor(length));
  setBits(bits, rows);
  return { kind: "bits", length, bits, count: popcount(bits) };
}

export function countOf(set: RowSet): number {
  return set.kind === "list" ? set.rows.length : set.count;
}

export function hasRow(set: RowSet, row: number): boolean {
  if (set.kind === "bits") return bitOf(set.bits, row) === 1;
  const at = lowerBound(set.rows, row);
  return set.rows[at] === row;
}

/** The rows of both. */
export function and(a: RowSet, b: RowSet): RowSet {
  if (countOf(a) === a.length) return b;
  if (countOf(b) === b.length) return a;
  if (a.kind === "bits" && b.kind === "bits") return bitsAnd(a, b);
  if (a.kind === "list" && b.kind === "list")
    return a.rows.length <= b.rows.length ? listsAnd(a, b) : listsAnd(b, a);
  return a.kind === "list" ? kept(a, b, true) : kept(b as RowList, a, true);
}

/** The rows of all of them, the smallest first; all rows of the table where there is none. */
export function andAll(length: number, sets: readonly RowSet[]): RowSet {
  const [first, ...rest] = sets.toSorted((a, b) => countOf(a) - countOf(b));
  return first === undefined ? allRows(length) : rest.reduce(and, first);
}

/** The rows of any of them. */
export function or(length: number, sets: readonly RowSet[]): RowSet {
  const [first] = sets;
  if (first !== undefined && sets.length === 1) return first;
  const total = sets.reduce((sum, set) => sum + countOf(set), 0);
  if (total <= SORTED_MAX && total * LIST_SHARE <= length)
    return { kind: "list", length, rows: listsOr(sets, total) };
  const bits = new Uint32Array(wordsFor(length));
  for (const set of sets) {
    if (set.kind === "list") setBits(bits, set.rows);
    else for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) | (set.bits[at] ?? 0);
  }
  return shortest(setOfBits(length, bits));
}

/** As a list where that is the better form. */
export function shortest(set: RowSet): RowSet {
  return set.kind === "bits" && set.count * LIST_SHARE <= set.length
    ? { kind: "list", length: set.length, rows: rowsOf(set) }
    : set;
}

/** The rows of the first that are not rows of the second. */
export function minus(a: RowSet, b: RowSet): RowSet {
  if (countOf(b) === 0) return a;
  if (a.kind === "list") return kept(a, b, false);
  const bits = new Uint32Array(a.bits);
  if (b.kind === "bits") {
    const other = b.bits;
    for (let at = 0; at < bits.length; at += 1) bits[at] = (bits[at] ?? 0) & ~(other[at] ?? 0);
  } else {
    for (const row of b.rows)
      bits[row >>> WORD_SHIFT] = (bits[row >>> WORD_SHIFT] ?? 0) & ~(1 << (row & WORD_MASK));
  }
  return shortest(setOfBits(a.length, bits));
}

/** How many rows are in both: without making the set of them. */
export function countBoth(a: RowSet, b: RowSet): number {
  if (a.kind === "list" && b.kind === "list") return countOf(and(a, b));
  if (a.kind === "bits" && b.kind === "bits") return popcountBoth(a.bits, b.bits);
  const [list, { bits }] = a.kind === "list" ? [a, b as RowBits] : [b as RowList, a];
  let count = 0;
  for (let index = 0; index < list.rows.length; index += 1) {
    const row = list.rows[index] ?? 0;
    count += bitOf(bits, row);
  }
  return count;
}

/** A part of a set in the table's own order: past `after` where it is given, then past so many, and no more than so many. */
export interface Slice {
  readonly limit: number;
  readonly offset?: number;
  /** The last row that was read before; it need not be in the set. */
  readonly after?: number;
}

export function slice(set: RowSet, { limit, offset = 0, after }: Slice): Uint32Array {
  const first = after === undefined ? 0 : after + 1;
  if (set.kind === "list") {
    const from = lowerBound(set.rows, first) + offset;
    return set.rows.subarray(from, from + limit);
  }
  return sliceOfBits(set, first, offset, limit);
}

/** How many rows of a set are not behind a row. */
export function countUpTo(set: RowSet, row: number): number {
  if (set.kind === "list") return lowerBound(set.rows, row + 1);
  const last = (row + 1) >>> WORD_SHIFT;
  const rest = (set.bits[last] ?? 0) & ~(ALL_BITS << ((row + 1) & WORD_MASK));
  return popcount(set.bits.subarray(0, last)) + bitsIn(rest);
}

/** All rows, ascending. */
export function rowsOf(set: RowSet): Uint32Array {
  if (set.kind === "list") return set.rows;
  if (set.isLasting === true) return sliceOfBits(set, 0, 0, set.count);
  const before = listed.get(set);
  const rows = before ?? sliceOfBits(set, 0, 0, set.count);
  if (before === undefined) listed.set(set, rows);
  return rows;
}

/** One question looks at the rows of one set several times. */
const listed = new WeakMap<RowBits, Uint32Array>();

function bitsAnd(a: RowBits, b: RowBits): RowSet {
  const bits = new Uint32Array(a.bits.length);
  const [left, right] = [a.bits, b.bits];
  let count = 0;
  for (let at = 0; at < bits.length; at += 1) {
    const word = (left[at] ?? 0) & (right[at] ?? 0);
    bits[at] = word;
    if (word !== 0) count += bitsIn(word);
  }
  return shortest({ kind: "bits", length: a.length, bits, count });
}

/** The rows of a list that are, or are not, in another set. */
function kept(list: RowList, other: RowSet, isKept: boolean): RowSet {
  if (other.kind === "bits") return keptByBits(list, other, isKept ? 0 : 1);
  if (isKept) return listsAnd(list, other);
  const rows = new Uint32Array(list.rows.length);
  const isLookedUp = list.rows.length * LIST_SHARE < other.rows.length;
  let count = 0;
  let from = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = list.rows[index] ?? 0;
    if (isLookedUp) from = lowerBound(other.rows, row, from);
    else while ((other.rows[from] ?? ALL_BITS) < row) from += 1;
    if (other.rows[from] === row) continue;
    rows[count] = row;
    count += 1;
  }
  return { kind: "list", length: list.length, rows: rows.subarray(0, count) };
}

/** Every row is written, and counted where its bit says so: a branch that cannot be foreseen costs four times as much. */
function keptByBits(list: RowList, { bits }: RowBits, flip: 0 | 1): RowSet {
  const from = list.rows;
  const rows = new Uint32Array(from.length);
  let count = 0;
  for (let index = 0; index < from.length; index += 1) {
    const row = from[index] ?? 0;
    rows[count] = row;
    count += bitOf(bits, row) ^ flip;
  }
  return { kind: "list", length: list.length, rows: rows.subarray(0, count) };
}

/** `a` is the shorter one: where it is far shorter, its rows are looked up instead of both being walked. */
function listsAnd(a: RowList, b: RowList): RowSet {
  const rows = new Uint32Array(a.rows.length);
  const isLookedUp = a.rows.length * LIST_SHARE < b.rows.length;
  let count = 0;
  let at = 0;
  for (let index = 0; index < a.rows.length; index += 1) {
    const row = a.rows[index] ?? 0;
    if (isLookedUp) at = lowerBound(b.rows, row, at);
    else while ((b.rows[at] ?? ALL_BITS) < row) at += 1;
    if (b.rows[at] === row) {
      rows[count] = row;
      count += 1;
    }
  }
  return { kind: "list", length: a.length, rows: rows.subarray(0, count) };
}

function listsOr(sets: readonly RowSet[], total: number): Uint32Array {
  const rows = new Uint32Array(total);
  let count = 0;
  for (const set of sets) {
    rows.set(rowsOf(set), count);
    count += countOf(set);
  }
  rows.sort();
  let last = 0;
  for (let index = 0; index < count; index += 1) {
    if (index > 0 && rows[index] === rows[last - 1]) continue;
    rows[last] = rows[index] ?? 0;
    last += 1;
  }
  return rows.subarray(0, last);
}

function sliceOfBits({ bits, count }: RowBits, first: number, offset: number, limit: number): Uint32Array {
  const rows = new Uint32Array(Math.min(limit, count));
  let found = 0;
  let left = offset;
  for (let at = first >>> WORD_SHIFT; at < bits.length && found < rows.length; at += 1) {
    // As a signed number: the loops below stay with whole numbers of 32 bits.
    let word = (bits[at] ?? 0) | 0;
    if (at === first >>> WORD_SHIFT) word &= ALL_BITS << (first & WORD_MASK);
    if (word === 0) continue;
    if (left > 0) {
      const here = bitsIn(word);
      if (here <= left) {
        left -= here;
        continue;
      }
      for (; left > 0; left -= 1) word &= word - 1;
    }
    // Writes past the end are lost, as they should be.
    for (const base = at << WORD_SHIFT; word !== 0; word &= word - 1) {
      rows[found] = base + lowestBit(word);
      found += 1;
    }
  }
  return rows.subarray(0, Math.min(found, rows.length));
}
