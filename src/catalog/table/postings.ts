/** For each of many values the rows that have it: bits for the frequent ones, lists for the rest. */
import { WORD_MASK, WORD_SHIFT, wordsFor } from "./bits.ts";
import { growingUint32, type Codes } from "./growing.ts";
import type { Put, Sections } from "./image.ts";
import { LIST_SHARE, type RowSet } from "./row-set.ts";

/** The codes of each row, one after the other; where a row has exactly one, `starts` is absent. */
export interface RowCodes {
  readonly codes: Codes;
  readonly starts?: Uint32Array;
}

export interface Postings {
  /** How many rows each value has. */
  readonly totals: Uint32Array;
  /** For a value with many rows the same object each time. */
  setOf(code: number): RowSet;
  /** Sets the bits of a value's rows. */
  addTo(bits: Uint32Array, code: number): void;
}

/** The sets of values with as many rows last as long as the table. */
const LASTING_ROWS_MIN = 1_024;

/** Of `values` codes from 0, in a table of so many rows. Answers how many rows each has. */
export function putPostings(
  put: Put,
  name: string,
  length: number,
  values: number,
  { codes, starts }: RowCodes,
): Uint32Array {
  const totals = new Uint32Array(values);
  for (let at = 0; at < codes.length; at += 1) totals[codes[at] ?? 0] = (totals[codes[at] ?? 0] ?? 0) + 1;
  const frequent = growingUint32();
  /** Where a value's list goes on; below 0, which of the bits are its own. */
  const next = new Int32Array(values);
  const listStarts = new Uint32Array(values + 1);
  for (let code = 0; code < values; code += 1) {
    const total = totals[code] ?? 0;
    const isFrequent = total * LIST_SHARE > length;
    next[code] = isFrequent ? ~frequent.length : (listStarts[code] ?? 0);
    listStarts[code + 1] = (listStarts[code] ?? 0) + (isFrequent ? 0 : total);
    if (isFrequent) frequent.push(code);
  }
  const words = wordsFor(length);
  const bits = new Uint32Array(frequent.length * words);
  const lists = new Uint32Array(listStarts[values] ?? 0);
  for (let row = 0; row < length; row += 1) {
    const end = starts === undefined ? row + 1 : (starts[row + 1] ?? 0);
    for (let at = starts === undefined ? row : (starts[row] ?? 0); at < end; at += 1) {
      const code = codes[at] ?? 0;
      const to = next[code] ?? 0;
      if (to >= 0) {
        lists[to] = row;
        next[code] = to + 1;
      } else {
        const word = ~to * words + (row >>> WORD_SHIFT);
        bits[word] = (bits[word] ?? 0) | (1 << (row & WORD_MASK));
      }
    }
  }
  put(`${name}/totals`, totals);
  put(`${name}/frequent`, frequent.view().slice());
  put(`${name}/bits`, bits);
  put(`${name}/list-starts`, listStarts);
  put(`${name}/lists`, lists);
  return totals;
}

export function openPostings(sections: Sections, name: string, length: number): Postings {
  const totals = sections.uint32(`${name}/totals`);
  const bits = sections.uint32(`${name}/bits`);
  const starts = sections.uint32(`${name}/list-starts`);
  const lists = sections.uint32(`${name}/lists`);
  const words = wordsFor(length);
  const lasting = new Map<number, RowSet>();
  for (const [index, code] of sections.uint32(`${name}/frequent`).entries()) {
    const its = bits.subarray(index * words, (index + 1) * words);
    lasting.set(code, { kind: "bits", length, bits: its, count: totals[code] ?? 0, isLasting: true });
  }
  function setOf(code: number): RowSet {
    const before = lasting.get(code);
    if (before !== undefined) return before;
    const rows = lists.subarray(starts[code], starts[code + 1]);
    if (rows.length < LASTING_ROWS_MIN) return { kind: "list", length, rows };
    const set: RowSet = { kind: "list", length, rows, isLasting: true };
    lasting.set(code, set);
    return set;
  }

  function addTo(its: Uint32Array, code: number): void {
    const end = starts[code + 1] ?? 0;
    for (let at = starts[code] ?? 0; at < end; at += 1) {
      const row = lists[at] ?? 0;
      its[row >>> WORD_SHIFT] = (its[row >>> WORD_SHIFT] ?? 0) | (1 << (row & WORD_MASK));
    }
    const set = lasting.get(code);
    if (set?.kind !== "bits") return;
    for (let at = 0; at < its.length; at += 1) its[at] = (its[at] ?? 0) | (set.bits[at] ?? 0);
  }

  return { totals, setOf, addTo };
}
