/** A column of numbers as it is built: different values in order, each row's place among them, and the order of the rows. */
import { WORD_MASK, WORD_SHIFT, wordsFor } from "./bits.ts";
import { codesUpTo, growingFloat64, growingTexts, type Codes, type Texts } from "./growing.ts";
import type { Put } from "./image.ts";
import { compareTexts, orderOfTexts, stableByCode, startsOf } from "./sorting.ts";
import { fold } from "./fold.ts";

/** So many parts a column's order is cut into, each with the bits of all rows before it. */
const CUTS = 16;
/** Shorter tables are not cut. */
const CUT_ROWS_MIN = 4_096;

/** By arrival: which of the different values, ascending; `values.length` where there is none. */
export interface NumberCodes {
  readonly values: Float64Array;
  readonly codes: Codes;
}

export interface NumberColumnBuilder {
  add(value: number | string | undefined): void;
  coded(): NumberCodes;
}

export function buildNumberColumn(column: string): NumberColumnBuilder {
  const added = growingFloat64();
  return {
    add: (value) => {
      if (value === Infinity || value === -Infinity || typeof value === "string")
        throw new Error(`${value} is no finite number, in column ${column}`);
      // There is one zero.
      added.push(value === undefined ? Number.NaN : value + 0);
    },
    coded: () => codedNumbers(added.view()),
  };
}

/** Strings that rows are ordered by: their value is their place. */
export function buildStringColumn(): NumberColumnBuilder {
  const texts = growingTexts();
  const has = growingFloat64();
  return {
    add: (value) => {
      has.push(value === undefined ? 0 : 1);
      texts.push(typeof value === "string" ? fold(value) : "");
    },
    coded: () => codedTexts(texts.view(), has.view()),
  };
}

/** `byId` is the table's rows in the order of their ids. */
export function putNumberColumn(
  put: Put,
  name: string,
  { values, codes }: NumberCodes,
  arrivals: Uint32Array,
  byId: Uint32Array,
): void {
  const its = codesUpTo(values.length, arrivals.length);
  for (let row = 0; row < its.length; row += 1) its[row] = codes[arrivals[row] ?? 0] ?? 0;
  const order = stableByCode(byId, its, values.length);
  const starts = startsOf(its, values.length);
  const cuts = cutsOf(starts, order.length);
  put(`${name}/values`, values);
  put(`${name}/codes`, its);
  put(`${name}/starts`, starts);
  put(`${name}/order`, order);
  put(`${name}/cuts`, cuts);
  put(`${name}/before`, bitsBefore(cuts, order));
}

/** Places in the order where a value begins, as evenly as values allow: no cut parts rows of one value. */
function cutsOf(starts: Uint32Array, length: number): Uint32Array {
  if (length < CUT_ROWS_MIN) return new Uint32Array(0);
  const cuts: number[] = [];
  let part = 1;
  for (let code = 0; code + 1 < starts.length; code += 1) {
    const place = starts[code] ?? 0;
    if (place * CUTS < length * part) continue;
    cuts.push(place);
    part = Math.floor((place * CUTS) / length) + 1;
  }
  return Uint32Array.from(cuts);
}

/** For each cut the bits of the rows before it. */
function bitsBefore(cuts: Uint32Array, order: Uint32Array): Uint32Array {
  const words = wordsFor(order.length);
  const all = new Uint32Array(cuts.length * words);
  let from = 0;
  for (const [index, cut] of cuts.entries()) {
    const first = index * words;
    if (index > 0) all.copyWithin(first, first - words, first);
    for (let place = from; place < cut; place += 1) {
      const row = order[place] ?? 0;
      const word = first + (row >>> WORD_SHIFT);
      all[word] = (all[word] ?? 0) | (1 << (row & WORD_MASK));
    }
    from = cut;
  }
  return all;
}

function codedNumbers(added: Float64Array): NumberCodes {
  const sorted = added.filter((value) => !Number.isNaN(value)).toSorted();
  let different = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    if (at > 0 && sorted[at] === sorted[different - 1]) continue;
    sorted[different] = sorted[at] ?? 0;
    different += 1;
  }
  const values = sorted.slice(0, different);
  const codes = codesUpTo(different, added.length);
  for (let at = 0; at < added.length; at += 1) {
    const value = added[at] ?? 0;
    codes[at] = Number.isNaN(value) ? different : lowerNumber(values, value);
  }
  return { values, codes };
}

function codedTexts(texts: Texts, has: Float64Array): NumberCodes {
  const order = orderOfTexts(texts);
  const places = new Uint32Array(order.length);
  let different = 0;
  let before: number | undefined;
  for (let at = 0; at < order.length; at += 1) {
    const index = order[at] ?? 0;
    if (has[index] === 0) continue;
    if (before !== undefined && compareTexts(texts, before, index) !== 0) different += 1;
    before = index;
    places[index] = different;
  }
  const count = before === undefined ? 0 : different + 1;
  const codes = codesUpTo(count, has.length);
  for (let at = 0; at < has.length; at += 1) codes[at] = has[at] === 0 ? count : (places[at] ?? 0);
  return { values: Float64Array.from({ length: count }, (_, index) => index), codes };
}

/** The first index whose value is at least this. */
export function lowerNumber(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first index whose value is more than this. */
export function upperNumber(values: Float64Array, value: number): number {
  const at = lowerNumber(values, value);
  return values[at] === value ? at + 1 : at;
}
