/** A column of words: codes in the order of the values' bytes, the rows of each value, and counts. */
import { openDictionary, putDictionary } from "./dictionary.ts";
import { codesUpTo, growingUint32, type Codes } from "./growing.ts";
import type { Put, Sections } from "./image.ts";
import { openPostings, putPostings, type RowCodes } from "./postings.ts";
import { countBoth, countOf, noRows, or, rowsOf as rowsIn, type RowSet } from "./row-set.ts";
import { ascending, sortedByBytes } from "./sorting.ts";
import type { WordColumn } from "./table.ts";
import { insert, mostFirst, type CodeCount } from "./top.ts";

/** The code of a row that has no value. */
export const NO_VALUE = 0;

export interface WordColumnBuilder {
  add(value: string | readonly string[] | undefined): void;
  /** Rows as they stand in the table: for each, the number under which it was added. */
  put(put: Put, name: string, arrivals: Uint32Array): void;
}

export function buildWordColumn(kind: "one" | "many"): WordColumnBuilder {
  const known = new Map<string, number>();
  const added = growingUint32();
  const ends = growingUint32();
  const codeOf = (value: string) => {
    const code = known.get(value) ?? known.size + 1;
    if (code > known.size) known.set(value, code);
    return code;
  };
  return {
    add: (value) => {
      if (typeof value === "string") added.push(codeOf(value));
      else if (value === undefined || value.length === 0) added.push(NO_VALUE);
      else if (kind === "many") for (const each of value) added.push(codeOf(each));
      else if (value.length === 1) added.push(codeOf(value[0] ?? ""));
      else throw new Error(`a column of one word is given ${value.length}: ${value.join(", ")}`);
      if (kind === "many") ends.push(added.length);
    },
    put: (put, name, arrivals) => {
      const sorted = sortedByBytes([...known.keys()]);
      const codes = new Uint32Array(sorted.length + 1);
      for (const [index, value] of sorted.entries()) codes[known.get(value) ?? 0] = index + 1;
      putDictionary(put, `${name}/values`, sorted);
      const rows = kind === "one" ? oneEach() : manyEach();
      put(`${name}/codes`, rows.codes);
      if (rows.starts !== undefined) put(`${name}/code-starts`, rows.starts);
      const totals = putPostings(put, name, arrivals.length, codes.length, rows);
      put(
        `${name}/by-total`,
        Uint32Array.from(mostFirst(totals, ascending(totals.length), undefined), ({ code }) => code),
      );

      function oneEach(): RowCodes {
        const its = codesUpTo(sorted.length, arrivals.length);
        const before = added.view();
        for (let row = 0; row < its.length; row += 1) its[row] = codes[before[arrivals[row] ?? 0] ?? 0] ?? 0;
        return { codes: its };
      }

      function manyEach(): RowCodes {
        const its = codesUpTo(sorted.length, added.length);
        const starts = new Uint32Array(arrivals.length + 1);
        const before = added.view();
        const endsBefore = ends.view();
        let used = 0;
        for (let row = 0; row < arrivals.length; row += 1) {
          const arrival = arrivals[row] ?? 0;
          const end = endsBefore[arrival] ?? 0;
          const from = used;
          for (let at = arrival === 0 ? 0 : (endsBefore[arrival - 1] ?? 0); at < end; at += 1)
            used = inserted(its, from, used, codes[before[at] ?? 0] ?? 0);
          starts[row + 1] = used;
        }
        return { codes: its.slice(0, used), starts };
      }
    },
  };
}

/** Puts a code among those from `from` up to `end`, ascending and each once; answers the new end. */
function inserted(codes: Codes, from: number, end: number, code: number): number {
  let at = end;
  for (; at > from && (codes[at - 1] ?? 0) >= code; at -= 1) if (codes[at - 1] === code) return end;
  codes.copyWithin(at + 1, at, end);
  codes[at] = code;
  return end + 1;
}

/** Below it, counting row by row costs next to nothing. */
const ROWS_COUNTED_ONE_BY_ONE = 4_096;
/** Two sets of bits are counted in the time of so many-th of their rows. */
const BITS_SHARE = 16;

/** A word column, and what the roll-up counts by. */
export interface OpenWordColumn extends WordColumn {
  readonly codes: Codes;
  readonly starts: Uint32Array | undefined;
  readonly size: number;
  valueOf(code: number): string;
}

export function openWordColumn(
  sections: Sections,
  name: string,
  kind: "one" | "many",
  length: number,
): OpenWordColumn {
  const dictionary = openDictionary(sections, `${name}/values`);
  const postings = openPostings(sections, name, length);
  const codes = sections.codes(`${name}/codes`);
  const starts = kind === "many" ? sections.uint32(`${name}/code-starts`) : undefined;
  const size = dictionary.length + 1;
  const valueOf = (code: number) => dictionary.at(code - 1);
  const rowsOf = (value: string) => {
    const index = dictionary.indexOf(value);
    return index === undefined ? noRows(length) : postings.setOf(index + 1);
  };
  /** The values' codes, those with the most rows first. */
  const byTotal = sections.uint32(`${name}/by-total`);
  let scratch: { readonly counts: Uint32Array; readonly met: Uint32Array } | undefined;
  /** What was last counted among the rows of one frequent value, of this column or another. */
  const remembered = new WeakMap<
    RowSet,
    { readonly limit: number | undefined; readonly counts: readonly CodeCount[] }
  >();

  /** Row by row. Only what was counted is looked at again, and is 0 again at the end. */
  function countedRows(rows: RowSet, limit: number | undefined): readonly CodeCount[] {
    scratch ??= { counts: new Uint32Array(size), met: new Uint32Array(size + 1) };
    const { counts, met } = scratch;
    const its = rowsIn(rows);
    const each = starts === undefined ? codesAt(codes, its) : codesWithin(codes, starts, its);
    let different = 0;
    for (let at = 0; at < each.length; at += 1) {
      const code = each[at] ?? NO_VALUE;
      const count = counts[code] ?? 0;
      counts[code] = count + 1;
      met[different] = code;
      different += count === 0 ? 1 : 0;
    }
    const found = met.subarray(0, different);
    const most = mostFirst(counts, found, limit);
    for (let at = 0; at < different; at += 1) counts[found[at] ?? 0] = 0;
    return most;
  }

  /**
   * Value by value, those with the most rows first: who has fewer rows in all than the last of the best has here, cannot
   * come before it. Nothing where that takes more work than counting row by row.
   */
  function countedValues(rows: RowSet, limit: number): readonly CodeCount[] | undefined {
    let work = (countOf(rows) * codes.length) / length;
    const best: CodeCount[] = [];
    for (let place = 0; place < byTotal.length; place += 1) {
      const code = byTotal[place] ?? 0;
      const total = postings.totals[code] ?? 0;
      if (best.length >= limit && total < (best[limit - 1]?.count ?? 0)) break;
      work -= Math.min(total, length / BITS_SHARE);
      if (work < 0) return undefined;
      const count = countBoth(rows, postings.setOf(code));
      if (count > 0) insert(best, { code, count }, limit);
    }
    return best;
  }

  function counted(rows: RowSet, limit: number | undefined): readonly CodeCount[] {
    const count = countOf(rows);
    if (count === 0 || limit === 0) return [];
    if (count === length)
      return Array.from(byTotal.subarray(0, limit), (code) => ({ code, count: postings.totals[code] ?? 0 }));
    const before = remembered.get(rows);
    if (before !== undefined && before.limit === limit) return before.counts;
    const isMany = count > ROWS_COUNTED_ONE_BY_ONE && limit !== undefined;
    const counts = (isMany ? countedValues(rows, limit) : undefined) ?? countedRows(rows, limit);
    if (rows.isLasting === true) remembered.set(rows, { limit, counts });
    return counts;
  }

  return {
    codes,
    starts,
    size,
    valueOf,
    get values() {
      return Array.from({ length: dictionary.length }, (_, index) => dictionary.at(index));
    },
    rowsOf,
    rowsOfAny: (values) => or(length, [...new Set(values)].map(rowsOf)),
    absent: postings.setOf(NO_VALUE),
    hasValue: (value) => dictionary.indexOf(value) !== undefined,
    valuesAt: (row) => {
      const its =
        starts === undefined ? codes.subarray(row, row + 1) : codes.subarray(starts[row], starts[row + 1]);
      return [...its].filter((code) => code !== NO_VALUE).map(valueOf);
    },
    counts: (rows, limit) => counted(rows, limit).map(({ code, count }) => ({ value: valueOf(code), count })),
  };
}

/** The codes of these rows, one each. */
function codesAt(codes: Codes, rows: Uint32Array): Uint32Array {
  const found = new Uint32Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) found[at] = codes[rows[at] ?? 0] ?? NO_VALUE;
  return found;
}

/** The codes of these rows, of which each has some. */
function codesWithin(codes: Codes, starts: Uint32Array, rows: Uint32Array): Uint32Array {
  let length = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    length += (starts[row + 1] ?? 0) - (starts[row] ?? 0);
  }
  const found = new Uint32Array(length);
  let used = 0;
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? 0;
    const end = starts[row + 1] ?? 0;
    for (let each = starts[row] ?? 0; each < end; each += 1) {
      found[used] = codes[each] ?? NO_VALUE;
      used += 1;
    }
  }
  return found;
}
