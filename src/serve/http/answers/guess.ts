/** What a misspelt word was meant to be: the nearest known one, where one is near. */

/** A guess may differ from what was written in this share of its letters, and in two at least. */
const SHARE_MAX = 0.4;
const DISTANCE_MIN = 2;
/** A longer word is no misspelling of ours, and its distance is not worth computing. */
const LENGTH_MAX = 64;

export function guess(written: string, known: readonly string[]): string | undefined {
  if (written === "" || written.length > LENGTH_MAX) return undefined;
  const word = written.toLowerCase();
  const allowed = Math.max(DISTANCE_MIN, Math.floor(word.length * SHARE_MAX));
  const near = known
    .filter((each) => each.length <= LENGTH_MAX)
    .map((each) => ({ each, distance: nearness(word, each.toLowerCase()) }))
    .filter(({ each, distance }) => distance <= allowed && distance < each.length);
  return near.toSorted((a, b) => a.distance - b.distance)[0]?.each;
}

/** Half a word is a near word, however much is missing: `open` was meant to be `openrouter`. */
function nearness(written: string, known: string): number {
  if (written.length >= 3 && (known.startsWith(written) || written.startsWith(known))) return 1;
  return edits(written, known);
}

/** How many letters to add, drop, change or swap with their neighbour. */
function edits(from: string, to: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let above = 1; above <= from.length; above += 1) {
    const next = [above];
    for (let at = 1; at <= to.length; at += 1) {
      const same = from[above - 1] === to[at - 1];
      const swapped = from[above - 1] === to[at - 2] && from[above - 2] === to[at - 1];
      next.push(
        Math.min(
          (row[at] ?? 0) + 1,
          (next[at - 1] ?? 0) + 1,
          (row[at - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[at - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
