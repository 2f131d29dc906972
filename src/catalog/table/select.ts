/** The part of many numbers that a page needs, in order, without sorting the rest. */

/** So few are simply sorted. */
const SORTED_MAX = 2_048;
const BUCKETS_BITS = 12;
const BUCKETS = 1 << BUCKETS_BITS;

/** Of numbers below `end`, those from place `from` up to place `to` when sorted. */
export function select(numbers: Uint32Array, end: number, from: number, to: number): Uint32Array {
  if (from >= numbers.length) return numbers.subarray(0, 0);
  if (numbers.length <= SORTED_MAX) return numbers.toSorted().subarray(from, to);
  const shift = Math.max(0, 32 - Math.clz32(Math.max(0, end - 1)) - BUCKETS_BITS);
  const counts = new Uint32Array(BUCKETS);
  for (let at = 0; at < numbers.length; at += 1) {
    const bucket = (numbers[at] ?? 0) >>> shift;
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  let first = 0;
  let before = 0;
  while (first < BUCKETS && before + (counts[first] ?? 0) <= from) {
    before += counts[first] ?? 0;
    first += 1;
  }
  let last = first;
  let until = before;
  while (last < BUCKETS && until < to) {
    until += counts[last] ?? 0;
    last += 1;
  }
  const near = new Uint32Array(until - before);
  let found = 0;
  for (let at = 0; at < numbers.length; at += 1) {
    const number = numbers[at] ?? 0;
    const bucket = number >>> shift;
    if (bucket < first || bucket >= last) continue;
    near[found] = number;
    found += 1;
  }
  return near.toSorted().subarray(from - before, to - before);
}
