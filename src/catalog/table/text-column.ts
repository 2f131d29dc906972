/** What a text finds, as it is built: the words of each row, and the rows of each word and of each short fragment. */
import { fold, wordsOf } from "./fold.ts";
import { growingUint32, type Texts } from "./growing.ts";
import type { Put } from "./image.ts";
import { WORD_MASK, WORD_SHIFT, wordsFor } from "./bits.ts";
import { putPostings, type RowCodes } from "./postings.ts";
import { sortedByBytes } from "./sorting.ts";
import { putVocabulary } from "./vocabulary.ts";

export interface TextColumnBuilder {
  /** One row's texts: its id and names, folded, and what it may share with others. */
  add(id: string, names: readonly string[] | undefined, shared: readonly string[] | undefined): void;
  put(put: Put, name: string, arrivals: Uint32Array): void;
}

/** Texts that many rows share are split once; so many are remembered. */
const REMEMBERED_MAX = 200_000;
/** Fragments of two bytes have their rows ready where their words have more than one row in so many … */
const READY_SHARE = 8;
/** … and those whose words have the most rows only. */
const READY_MAX = 96;
const BYTE_MAX = 0xff;
const PAIR_MAX = 0xffff;
/** Marks a fragment that a word begins with. */
export const BEGINNING = 0x1_0000;
/** Longer characters have several bytes: one byte of them is no fragment. */
const ASCII_MAX = 0x7f;

export function buildTextColumn(): TextColumnBuilder {
  const known = new Map<string, number>();
  const remembered = new Map<string, readonly number[]>();
  const added = growingUint32();
  const ends = growingUint32();
  /** The last row that had a word, from 1. */
  let seen = new Uint32Array(1_024);
  let row = 0;

  const numberOf = (word: string): number => {
    const number = known.get(word);
    if (number !== undefined) return number;
    known.set(word, known.size);
    if (known.size > seen.length) {
      const larger = new Uint32Array(seen.length * 2);
      larger.set(seen);
      seen = larger;
    }
    return known.size - 1;
  };
  const addWord = (number: number) => {
    if (seen[number] === row) return;
    seen[number] = row;
    added.push(number);
  };
  const numbersOf = (text: string): readonly number[] => {
    const before = remembered.get(text);
    if (before !== undefined) return before;
    const numbers = [...new Set(wordsOf(fold(text)))].map(numberOf);
    if (remembered.size < REMEMBERED_MAX) remembered.set(text, numbers);
    return numbers;
  };

  return {
    add: (id, names = [], shared = []) => {
      row += 1;
      for (const word of wordsOf(id)) addWord(numberOf(word));
      for (const name of names) for (const word of wordsOf(name)) addWord(numberOf(word));
      for (const text of shared) for (const number of numbersOf(text)) addWord(number);
      ends.push(added.length);
    },
    put: (put, name, arrivals) => {
      const sorted = sortedByBytes([...known.keys()]);
      const places = new Uint32Array(sorted.length);
      for (const [place, word] of sorted.entries()) places[known.get(word) ?? 0] = place;
      const texts = putVocabulary(put, `${name}/vocabulary`, sorted);
      const rows = inRowOrder(added.view(), ends.view(), places, arrivals);
      const totals = putPostings(put, `${name}/words`, arrivals.length, sorted.length, rows);
      putShort(put, `${name}/short`, shortFragments(texts, totals, arrivals.length), rows);
    },
  };
}

type RowWords = RowCodes & { readonly starts: Uint32Array; readonly codes: Uint32Array };

function inRowOrder(
  added: Uint32Array,
  ends: Uint32Array,
  places: Uint32Array,
  arrivals: Uint32Array,
): RowWords {
  const codes = new Uint32Array(added.length);
  const starts = new Uint32Array(arrivals.length + 1);
  let used = 0;
  for (let row = 0; row < arrivals.length; row += 1) {
    const arrival = arrivals[row] ?? 0;
    const end = ends[arrival] ?? 0;
    for (let at = arrival === 0 ? 0 : (ends[arrival - 1] ?? 0); at < end; at += 1) {
      codes[used] = places[added[at] ?? 0] ?? 0;
      used += 1;
    }
    starts[row + 1] = used;
  }
  return { codes, starts };
}

/** Fragments whose rows are kept ready. */
interface ShortFragments {
  /** One byte, or two as one number, with or without `BEGINNING`: ascending. */
  readonly keys: Uint32Array;
  /** The fragments of each word, as numbers of keys. */
  readonly codes: Uint32Array;
  readonly starts: Uint32Array;
}

/** All of one byte, and those of two bytes that many rows have. */
function shortFragments(texts: Texts, totals: Uint32Array, length: number): ShortFragments {
  const rows = new Map<number, number>();
  eachFragment(texts, (key, word) => {
    rows.set(key, (rows.get(key) ?? 0) + (totals[word] ?? 0));
  });
  const single = [...rows.keys()].filter((key) => (key & PAIR_MAX) <= ASCII_MAX);
  const ready = [...rows]
    .filter(([key, total]) => (key & PAIR_MAX) > BYTE_MAX && total * READY_SHARE > length)
    .toSorted(([a, its], [b, others]) => others - its || a - b)
    .slice(0, READY_MAX)
    .map(([key]) => key);
  const keys = Uint32Array.from([...single, ...ready]).toSorted();
  const codeOf = new Map([...keys].map((key, code) => [key, code]));
  const codes = growingUint32();
  const starts = new Uint32Array(texts.starts.length);
  eachFragment(texts, (key, word) => {
    const code = codeOf.get(key);
    if (code !== undefined) codes.push(code);
    starts[word + 1] = codes.length;
  });
  // A word without any of them ends where the one before it ends.
  for (let word = 1; word < starts.length; word += 1)
    starts[word] = Math.max(starts[word] ?? 0, starts[word - 1] ?? 0);
  return { keys, codes: codes.view(), starts };
}

/** Every byte and every two bytes of each word, and those that it begins with, once for each word, in the order of words. */
function eachFragment({ bytes, starts }: Texts, visit: (key: number, word: number) => void): void {
  const seen = new Uint32Array(BEGINNING * 2);
  const once = (key: number, word: number) => {
    if (seen[key] === word + 1) return;
    seen[key] = word + 1;
    visit(key, word);
  };
  for (let word = 0; word + 1 < starts.length; word += 1) {
    const begin = starts[word] ?? 0;
    const end = starts[word + 1] ?? 0;
    for (let at = begin; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      const pair = at + 1 < end ? (byte << 8) | (bytes[at + 1] ?? 0) : byte;
      once(byte, word);
      once(pair, word);
      if (at === begin) once(BEGINNING | byte, word);
      if (at === begin) once(BEGINNING | pair, word);
    }
  }
}

/** For each fragment the bits of its rows. */
function putShort(put: Put, name: string, short: ShortFragments, rows: RowWords): void {
  const length = rows.starts.length - 1;
  const words = wordsFor(length);
  const bits = new Uint32Array(short.keys.length * words);
  for (let row = 0; row < length; row += 1) {
    const bit = 1 << (row & WORD_MASK);
    const column = row >>> WORD_SHIFT;
    for (let at = rows.starts[row] ?? 0; at < (rows.starts[row + 1] ?? 0); at += 1) {
      const word = rows.codes[at] ?? 0;
      for (let of = short.starts[word] ?? 0; of < (short.starts[word + 1] ?? 0); of += 1) {
        const place = (short.codes[of] ?? 0) * words + column;
        bits[place] = (bits[place] ?? 0) | bit;
      }
    }
  }
  put(`${name}/keys`, short.keys);
  put(`${name}/bits`, bits);
}
