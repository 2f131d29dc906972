/** Orders of many texts and numbers, as numbers of rows, without a JavaScript object for any of them. */
import type { Codes, Texts } from "./growing.ts";

/** Shorter stretches are sorted by insertion. */
const INSERTION_MAX = 12;

/** The texts' numbers in the order of their bytes; equal ones stand together. */
export function orderOfTexts(texts: Texts): Uint32Array {
  const order = ascending(texts.starts.length - 1);
  sortTexts({ texts, order, keys: new Float64Array(order.length) }, 0, order.length, 0);
  return order;
}

/** 0, 1, 2 … */
export function ascending(length: number): Uint32Array {
  const numbers = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) numbers[at] = at;
  return numbers;
}

export function compareTexts({ bytes, starts }: Texts, a: number, b: number, depth = 0): number {
  let left = (starts[a] ?? 0) + depth;
  let right = (starts[b] ?? 0) + depth;
  const leftEnd = starts[a + 1] ?? 0;
  const rightEnd = starts[b + 1] ?? 0;
  for (; left < leftEnd && right < rightEnd; left += 1, right += 1) {
    const difference = (bytes[left] ?? 0) - (bytes[right] ?? 0);
    if (difference !== 0) return difference;
  }
  return leftEnd - left - (rightEnd - right);
}

/** Compares a text with bytes: below 0 where the text comes first. */
export function compareWith({ bytes, starts }: Texts, index: number, other: Uint8Array): number {
  let from = starts[index] ?? 0;
  const end = starts[index + 1] ?? 0;
  let at = 0;
  for (; from < end && at < other.length; from += 1, at += 1) {
    const difference = (bytes[from] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return end - from - (other.length - at);
}

/** The same rows, by ascending code; those of one code keep their order. Codes are at most `max`. */
export function stableByCode(order: Uint32Array, codes: Codes, max: number): Uint32Array {
  const next = startsOf(codes, max);
  const sorted = new Uint32Array(order.length);
  for (let at = 0; at < order.length; at += 1) {
    const row = order[at] ?? 0;
    const code = codes[row] ?? 0;
    const to = next[code] ?? 0;
    sorted[to] = row;
    next[code] = to + 1;
  }
  return sorted;
}

/** Where each code's rows begin when rows are ordered by code, and one past the end of the last. */
export function startsOf(codes: Codes, max: number): Uint32Array {
  const starts = new Uint32Array(max + 2);
  for (let row = 0; row < codes.length; row += 1) {
    const code = (codes[row] ?? 0) + 1;
    starts[code] = (starts[code] ?? 0) + 1;
  }
  for (let code = 1; code < starts.length; code += 1)
    starts[code] = (starts[code] ?? 0) + (starts[code - 1] ?? 0);
  return starts;
}

/** Where each row stands in an order. */
export function inverse(order: Uint32Array): Uint32Array {
  const places = new Uint32Array(order.length);
  for (let at = 0; at < order.length; at += 1) places[order[at] ?? 0] = at;
  return places;
}

/** Strings in the order of their bytes in UTF-8: that of their units, unless there are pairs of surrogates. */
export function sortedByBytes(strings: readonly string[]): readonly string[] {
  const sorted = strings.toSorted();
  if (!sorted.some((text) => SURROGATE.test(text))) return sorted;
  return sorted.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

const SURROGATE = /[\uD800-\uDFFF]/;

/** Bytes that are looked at together: as digits from 1, and 0 past the end, they are one exact number. */
const KEY_BYTES = 6;
const KEY_BASE = 257;

/** Sorts what has one beginning of `depth` bytes. */
function sortTexts({ texts, order, keys }: Sorting, from: number, to: number, depth: number): void {
  for (let at = from; at < to; at += 1) keys[at] = keyAt(texts, order[at] ?? 0, depth);
  sortKeys({ texts, order, keys }, from, to, depth);
}

interface Sorting {
  readonly texts: Texts;
  readonly order: Uint32Array;
  readonly keys: Float64Array;
}

/** Quicksort in three parts; those of equal keys are sorted by what follows, the larger of the other two is gone on with. */
function sortKeys(sorting: Sorting, from: number, to: number, depth: number): void {
  const { texts, order, keys } = sorting;
  let low = from;
  let high = to;
  while (high - low > INSERTION_MAX) {
    const pivot = keys[(low + high) >>> 1] ?? 0;
    let less = low;
    let more = high - 1;
    for (let at = low; at <= more;) {
      const key = keys[at] ?? 0;
      if (key < pivot) {
        swap(order, keys, less, at);
        less += 1;
        at += 1;
      } else if (key > pivot) {
        swap(order, keys, at, more);
        more -= 1;
      } else at += 1;
    }
    // Texts that end within the key are equal.
    if (pivot % KEY_BASE !== 0) sortTexts(sorting, less, more + 1, depth + KEY_BYTES);
    if (less - low < high - more) {
      sortKeys(sorting, low, less, depth);
      low = more + 1;
    } else {
      sortKeys(sorting, more + 1, high, depth);
      high = less;
    }
  }
  sortByInsertion(texts, order, low, high, depth);
}

function sortByInsertion(texts: Texts, order: Uint32Array, from: number, to: number, depth: number): void {
  for (let at = from + 1; at < to; at += 1) {
    const moved = order[at] ?? 0;
    let back = at;
    for (; back > from && compareTexts(texts, order[back - 1] ?? 0, moved, depth) > 0; back -= 1)
      order[back] = order[back - 1] ?? 0;
    order[back] = moved;
  }
}

function keyAt({ bytes, starts }: Texts, index: number, depth: number): number {
  const from = (starts[index] ?? 0) + depth;
  const end = starts[index + 1] ?? 0;
  let key = 0;
  for (let at = from; at < from + KEY_BYTES; at += 1)
    key = key * KEY_BASE + (at < end ? (bytes[at] ?? 0) + 1 : 0);
  return key;
}

function swap(order: Uint32Array, keys: Float64Array, a: number, b: number): void {
  const row = order[a] ?? 0;
  const key = keys[a] ?? 0;
  order[a] = order[b] ?? 0;
  keys[a] = keys[b] ?? 0;
  order[b] = row;
  keys[b] = key;
}
