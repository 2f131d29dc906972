/** The codes with the highest counts. */

export interface CodeCount {
  readonly code: number;
  readonly count: number;
}

/** Fewer are kept in order while they are found; more are sorted at the end. */
const KEPT_MAX = 256;
/** A count and a code in one exact number. */
const CODES_MAX = 2 ** 27;
const COUNTS_MAX = 2 ** 26;

/** Of these codes, each once, those from 1 on whose count is not 0: highest first, then by code. */
export function mostFirst(
  counts: Uint32Array,
  codes: Uint32Array,
  limit: number | undefined,
): readonly CodeCount[] {
  if (limit !== undefined && limit <= KEPT_MAX) {
    const best: CodeCount[] = [];
    let least = 1;
    for (let at = 0; at < codes.length; at += 1) {
      const code = codes[at] ?? 0;
      const count = counts[code] ?? 0;
      if (count < least || code === 0) continue;
      insert(best, { code, count }, limit);
      if (best.length === limit) least = best[limit - 1]?.count ?? 1;
    }
    return best;
  }
  const keys = new Float64Array(codes.length);
  let found = 0;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    const count = counts[code] ?? 0;
    if (count === 0 || code === 0) continue;
    keys[found] = (COUNTS_MAX - count) * CODES_MAX + code;
    found += 1;
  }
  const sorted = keys.subarray(0, found).toSorted().subarray(0, limit);
  return Array.from(sorted, (key) => ({
    code: key % CODES_MAX,
    count: COUNTS_MAX - Math.floor(key / CODES_MAX),
  }));
}

/** Puts one in among the best, which are as many as `limit` at most. */
export function insert(best: CodeCount[], one: CodeCount, limit: number): void {
  let at = best.length;
  while (at > 0 && isBefore(one, best[at - 1])) at -= 1;
  if (at >= limit) return;
  best.splice(at, 0, one);
  if (best.length > limit) best.pop();
}

function isBefore(a: CodeCount, b: CodeCount | undefined): boolean {
  return b === undefined || a.count > b.count || (a.count === b.count && a.code < b.code);
}
