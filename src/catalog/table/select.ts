/** A page of rows by a rank and then by id, without sorting more rows than it needs. */
import type { Slice } from "./row-set.ts";

/** The order of a table's ids: what stands at a place, and where a row stands. */
export interface IdOrder {
  readonly order: Uint32Array;
  readonly places: Uint32Array;
}

/** The slice of rows, in any order, by ascending rank; rows of one rank by id. `past` is the rank of the slice's `after`. */
export function pageByRank(
  { rows, ranks, past }: { readonly rows: Uint32Array; readonly ranks: Uint32Array; readonly past?: number },
  { order, places }: IdOrder,
  { limit, offset = 0, after }: Slice,
): Uint32Array {
  /** Rank first, then id, as one exact number. */
  const base = order.length;
  const pastKey = past === undefined || after === undefined ? -1 : past * base + (places[after] ?? 0);
  const keys = new Float64Array(rows.length);
  let count = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const key = (ranks[at] ?? 0) * base + (places[rows[at] ?? 0] ?? 0);
    if (key <= pastKey) continue;
    keys[count] = key;
    count += 1;
  }
  const page = select(keys.subarray(0, count), offset, offset + limit);
  return Uint32Array.from(page, (key) => order[key % base] ?? 0);
}

/** So few are simply sorted. */
const SORTED_MAX = 2_048;
const BUCKETS = 4_096;
/** Each round leaves a small part, unless the page is most of what is there. */
const ROUNDS_MAX = 6;

/** Of different numbers those from place `from` up to place `to` when sorted. */
function select(numbers: Float64Array, from: number, to: number): Float64Array {
  let near = numbers;
  let [low, high] = rangeOf(numbers);
  let before = 0;
  for (let round = 0; round < ROUNDS_MAX && near.length > SORTED_MAX; round += 1) {
    const width = (high - low + 1) / BUCKETS;
    const counts = new Uint32Array(BUCKETS);
    for (let at = 0; at < near.length; at += 1) {
      const bucket = Math.floor(((near[at] ?? 0) - low) / width);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    let first = 0;
    for (; first < BUCKETS && before + (counts[first] ?? 0) <= from; first += 1) before += counts[first] ?? 0;
    let last = first;
    let until = before;
    for (; last < BUCKETS && until < to; last += 1) until += counts[last] ?? 0;
    const kept = new Float64Array(until - before);
    let found = 0;
    for (let at = 0; at < near.length; at += 1) {
      const number = near[at] ?? 0;
      const bucket = Math.floor((number - low) / width);
      if (bucket < first || bucket >= last) continue;
      kept[found] = number;
      found += 1;
    }
    near = kept;
    [low, high] = rangeOf(near);
  }
  return near.toSorted().subarray(from - before, to - before);
}

function rangeOf(numbers: Float64Array): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] ?? 0;
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return [low, high];
}
