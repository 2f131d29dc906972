/** A page of rows by a rank and then by id, without sorting more rows than it needs. */
import { countOf, forEachRow, type RowSet, type Slice } from "./row-set.ts";

/** The order of a table's ids: what stands at a place, and where a row stands. */
export interface IdOrder {
  readonly order: Uint32Array;
  readonly places: Uint32Array;
}

/** The slice of these rows by ascending rank; rows of one rank by id. */
export function pageByRank(
  rows: RowSet,
  rankOf: (row: number) => number,
  ids: IdOrder,
  { limit, offset = 0, after }: Slice,
): Uint32Array {
  const { order, places } = ids;
  /** Rank first, then id, as one exact number. */
  const keyOf = (row: number) => rankOf(row) * order.length + (places[row] ?? 0);
  const past = after === undefined ? -1 : keyOf(after);
  const keys = new Float64Array(countOf(rows));
  let count = 0;
  forEachRow(rows, (row) => {
    const key = keyOf(row);
    if (key <= past) return;
    keys[count] = key;
    count += 1;
  });
  const page = select(keys.subarray(0, count), offset, offset + limit);
  return Uint32Array.from(page, (key) => order[key % order.length] ?? 0);
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
    near = within(near, until - before, (number) => {
      const bucket = Math.floor((number - low) / width);
      return bucket >= first && bucket < last;
    });
    [low, high] = rangeOf(near);
  }
  return near.toSorted().subarray(from - before, to - before);
}

/** The numbers that are kept, of which there are so many. */
function within(numbers: Float64Array, count: number, isKept: (number: number) => boolean): Float64Array {
  const kept = new Float64Array(count);
  let found = 0;
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] ?? 0;
    if (!isKept(number)) continue;
    kept[found] = number;
    found += 1;
  }
  return kept;
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
