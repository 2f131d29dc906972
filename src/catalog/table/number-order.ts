/** A column of numbers, opened: ranges, pages in its order, histograms. */
import { ALL_BITS, bitOf, popcountBoth, setBits, WORD_MASK, WORD_SHIFT, wordsFor } from "./bits.ts";
import type { Codes } from "./growing.ts";
import type { Sections } from "./image.ts";
import { lowerNumber, upperNumber } from "./number-column.ts";
import {
  and,
  bitsOf,
  countBoth,
  countOf,
  LIST_SHARE,
  listOf,
  rowsOf,
  setOfBits,
  type RowBits,
  type RowSet,
  type Slice,
} from "./row-set.ts";
import { pageByRank, type IdOrder } from "./select.ts";
import type { Direction, NumberColumn } from "./table.ts";

/** A stretch of the order up to this long becomes a list. */
const LISTED_MAX = 4_096;
/** A longer walk is shortened by cuts, where there are any. */
const WALKED_MAX = 16_384;
/** To look at one row and rank it takes as long as so many steps of a walk. */
const RANKED_STEPS = 4;

/** A column of numbers, and what the roll-up orders parents by. */
export interface OpenNumberColumn extends NumberColumn {
  /** The different numbers, ascending. */
  readonly values: Float64Array;
  /** Each row's number among them; as many as there are where it has none. */
  readonly codes: Codes;
}

export function openNumberColumn(sections: Sections, name: string, ids: IdOrder): OpenNumberColumn {
  const values = sections.float64(`${name}/values`);
  const codes = sections.codes(`${name}/codes`);
  const starts = sections.uint32(`${name}/starts`);
  const order = sections.uint32(`${name}/order`);
  const { length } = ids.order;
  const cuts = sections.uint32(`${name}/cuts`);
  const before = sections.uint32(`${name}/before`);
  const words = wordsFor(length);
  /** How many rows have a number: those without one come behind. */
  const known = starts[values.length] ?? 0;
  const [min, max] = [values[0], values.at(-1)];

  const absent = listOf(length, order.subarray(known).toSorted());

  const bitsBefore = (cut: number) => before.subarray(cut * words, (cut + 1) * words);

  /** Rows at the places `from` up to `to` of the order; both are where a value begins. */
  function stretch(from: number, to: number): RowSet {
    if (to - from <= LISTED_MAX && (to - from) * LIST_SHARE <= length)
      return listOf(length, order.subarray(from, to).toSorted());
    const lower = lastCut(from);
    const upper = lastCut(to);
    if (lower === upper) return bitsOf(length, order.subarray(from, to));
    const bits = upper === -1 ? new Uint32Array(words) : bitsBefore(upper).slice();
    if (upper >= 0) setBits(bits, order.subarray(cuts[upper], to));
    if (lower >= 0) {
      const lowerBits = bitsBefore(lower);
      for (let at = 0; at < words; at += 1) bits[at] = (bits[at] ?? 0) & ~(lowerBits[at] ?? 0);
    }
    clearBits(bits, order.subarray(lower === -1 ? 0 : cuts[lower], from));
    return setOfBits(length, bits, to - from);
  }

  /** How many of these rows stand before a place: counted up to the nearest cut, and from there one by one. */
  function countBefore({ bits }: RowBits, place: number): number {
    const lower = lastCut(place);
    const upper = lower + 1;
    const from = lower === -1 ? 0 : (cuts[lower] ?? 0);
    const to = cuts[upper];
    if (to === undefined || place - from <= to - place)
      return (lower === -1 ? 0 : popcountBoth(bits, bitsBefore(lower))) + countBetween(bits, from, place);
    return popcountBoth(bits, bitsBefore(upper)) - countBetween(bits, place, to);
  }

  function countBetween(bits: Uint32Array, from: number, to: number): number {
    let count = 0;
    for (let place = from; place < to; place += 1) count += bitOf(bits, order[place] ?? 0);
    return count;
  }

  /** The last cut that is not behind a place; -1 where there is none. */
  function lastCut(place: number): number {
    let cut = cuts.length - 1;
    while (cut >= 0 && (cuts[cut] ?? 0) > place) cut -= 1;
    return cut;
  }

  /** Where a row stands in a direction. */
  function placeOf(row: number, direction: Direction): number {
    const code = codes[row] ?? 0;
    const first = starts[code] ?? 0;
    const end = code === values.length ? length : (starts[code + 1] ?? 0);
    // Rows of one number stand by id.
    let low = first;
    let high = end;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids.places[order[middle] ?? 0] ?? 0) < (ids.places[row] ?? 0)) low = middle + 1;
      else high = middle;
    }
    return direction === "up" || code === values.length ? low : known - end + low - first;
  }

  /** A number's rank in a direction: those that have none come last in both. */
  function rankOf(code: number, direction: Direction): number {
    return direction === "up" || code === values.length ? code : values.length - 1 - code;
  }

  /** The value whose rows hold a place when the highest come first. */
  function codeFromTop(place: number): number {
    let low = 0;
    let high = values.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      // The rows of this value and of those above it.
      if (known - (starts[middle] ?? 0) > place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Walks the order from a place, passing over so many rows that are asked for; nothing where that takes longer than to look at each of them. */
  function walked(
    rows: RowSet,
    direction: Direction,
    { first, left: passed, limit }: { readonly first: number; readonly left: number; readonly limit: number },
  ): Uint32Array | undefined {
    const found = new Uint32Array(Math.min(limit, countOf(rows)));
    let count = 0;
    let left = passed;
    let steps = countOf(rows) * RANKED_STEPS;
    const { bits } = rows.kind === "bits" ? rows : bitsOf(length, rows.rows);
    /** False where the walk is at its end. */
    const take = (from: number, to: number): boolean => {
      for (let place = from; place < to && count < found.length && steps > 0; place += 1, steps -= 1) {
        const row = order[place] ?? 0;
        if (bitOf(bits, row) === 0) continue;
        if (left > 0) left -= 1;
        else {
          found[count] = row;
          count += 1;
        }
      }
      return count < found.length && steps > 0;
    };
    if (direction === "down" && first < known) {
      let code = codeFromTop(first);
      let from = (starts[code] ?? 0) + first - (known - (starts[code + 1] ?? 0));
      for (; code >= 0 && take(from, starts[code + 1] ?? 0); code -= 1) from = starts[code - 1] ?? 0;
      if (code < 0) take(known, length);
    } else take(first, length);
    return steps > 0 || count === found.length ? found.subarray(0, count) : undefined;
  }

  /** Passes over whole parts between cuts: where to go on walking, and how many rows are still to be passed over. */
  function skipped(rows: RowBits, direction: Direction, offset: number): { first: number; left: number } {
    const all = rows.count - countBoth(rows, absent);
    if (offset >= all) return { first: known, left: offset - all };
    const counted = (cut: number) => popcountBoth(rows.bits, bitsBefore(cut));
    if (direction === "up") {
      const [cut, count] = lastWithin(cuts.length, counted, offset);
      return cut === -1 ? { first: 0, left: offset } : { first: cuts[cut] ?? 0, left: offset - count };
    }
    const fromTop = (index: number) => all - counted(cuts.length - 1 - index);
    const [index, count] = lastWithin(cuts.length, fromTop, offset);
    if (index === -1) return { first: 0, left: offset };
    return { first: known - (cuts[cuts.length - 1 - index] ?? 0), left: offset - count };
  }

  function page(rows: RowSet, direction: Direction, { limit, offset = 0, after }: Slice): Uint32Array {
    const count = countOf(rows);
    if (count === 0 || limit === 0) return new Uint32Array(0);
    const first = after === undefined ? 0 : placeOf(after, direction) + 1;
    const isAll = count === length;
    const steps = ((offset + limit) * length) / count;
    if (isAll) {
      const found = walked(rows, direction, { first: first + offset, left: 0, limit });
      if (found !== undefined) return found;
    } else if (steps > WALKED_MAX && rows.kind === "bits" && after === undefined && cuts.length > 0) {
      const { first: from, left } = skipped(rows, direction, offset);
      // Behind the last number all stand by id.
      if (from === known) return ranked(and(rows, absent), direction, { limit, offset: left });
      const found = walked(rows, direction, { first: from, left, limit });
      if (found !== undefined) return found;
    } else if (steps <= count * RANKED_STEPS) {
      const found = walked(rows, direction, { first, left: offset, limit });
      if (found !== undefined) return found;
    }
    return ranked(rows, direction, { limit, offset, ...(after === undefined ? {} : { after }) });
  }

  /** Looks at each of the rows. */
  function ranked(set: RowSet, direction: Direction, part: Slice): Uint32Array {
    const rows = rowsOf(set);
    const ranks = new Uint32Array(rows.length);
    for (let at = 0; at < rows.length; at += 1) ranks[at] = rankOf(codes[rows[at] ?? 0] ?? 0, direction);
    const past = part.after === undefined ? {} : { past: rankOf(codes[part.after] ?? 0, direction) };
    return pageByRank({ rows, ranks, ...past }, ids, part);
  }

  function between(range: { readonly min?: number; readonly max?: number }, rows?: RowSet): RowSet {
    const from = range.min === undefined ? 0 : lowerNumber(values, range.min);
    const to = range.max === undefined ? values.length : upperNumber(values, range.max);
    if (to <= from) return listOf(length, new Uint32Array(0));
    if (rows?.kind !== "list") {
      const asked = stretch(starts[from] ?? 0, starts[to] ?? 0);
      return rows === undefined ? asked : and(rows, asked);
    }
    const kept = new Uint32Array(rows.rows.length);
    let count = 0;
    for (let at = 0; at < kept.length; at += 1) {
      const row = rows.rows[at] ?? 0;
      const code = codes[row] ?? ALL_BITS;
      kept[count] = row;
      count += code >= from && code < to ? 1 : 0;
    }
    return listOf(length, kept.subarray(0, count));
  }

  return {
    values,
    codes,
    ...(min === undefined || max === undefined ? {} : { range: { min, max } }),
    absent,
    at: (row) => values[codes[row] ?? values.length],
    between,
    page,
    histogram: (rows, edges) => {
      const counts = Array.from({ length: edges.length + 1 }, () => 0);
      const codeEdges = edges.map((edge) => lowerNumber(values, edge));
      if (rows.kind === "bits") {
        const below = [...codeEdges.map((code) => starts[code] ?? 0), known].map((place) =>
          countBefore(rows, place),
        );
        return below.map((count, part) => count - (below[part - 1] ?? 0));
      }
      for (const row of rowsOf(rows)) {
        const code = codes[row] ?? 0;
        if (code === values.length) continue;
        let part = 0;
        while (part < codeEdges.length && (codeEdges[part] ?? 0) <= code) part += 1;
        counts[part] = (counts[part] ?? 0) + 1;
      }
      return counts;
    },
  };
}

/** The last index, of so many with ascending counts, whose count is not more than asked, and that count. */
function lastWithin(
  length: number,
  countAt: (index: number) => number,
  asked: number,
): readonly [number, number] {
  let best: readonly [number, number] = [-1, 0];
  let low = 0;
  let high = length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const count = countAt(middle);
    if (count <= asked) {
      best = [middle, count];
      low = middle + 1;
    } else high = middle - 1;
  }
  return best;
}

function clearBits(bits: Uint32Array, rows: Uint32Array): void {
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    bits[row >>> WORD_SHIFT] = (bits[row >>> WORD_SHIFT] ?? 0) & ~(1 << (row & WORD_MASK));
  }
}
