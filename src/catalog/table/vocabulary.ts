/** The different words of a table's texts, and which of them hold a fragment: by the parts of two and three bytes that it has. */
import { lowerText, openTexts, putTexts } from "./dictionary.ts";
import { growingTexts, type Texts } from "./growing.ts";
import type { Put, Sections } from "./image.ts";

/** Parts share places, of which there are as many as there are bytes, up to this. */
const PLACES_MAX = 65_536;
const PAIR = 2;
const TRIPLE = 3;

export interface Vocabulary {
  readonly length: number;
  /** The words that hold these bytes, of which there are two at least; ascending. */
  holding(fragment: Uint8Array): Uint32Array;
  /** The words that begin with these bytes: from the first up to the last, which is excluded. */
  beginning(fragment: Uint8Array): { readonly from: number; readonly to: number };
}

/** Of words that are sorted by bytes. */
export function putVocabulary(put: Put, name: string, sorted: readonly string[]): Texts {
  const growing = growingTexts();
  for (const word of sorted) growing.push(word);
  const texts = growing.view();
  putTexts(put, name, texts);
  for (const size of [PAIR, TRIPLE]) {
    const { starts, words } = parts(texts, size);
    put(`${name}/${size}/starts`, starts);
    put(`${name}/${size}/words`, words);
  }
  return texts;
}

export function openVocabulary(sections: Sections, name: string): Vocabulary {
  const texts = openTexts(sections, name);
  const length = texts.starts.length - 1;
  const opened = (size: number) => ({
    starts: sections.uint32(`${name}/${size}/starts`),
    words: sections.uint32(`${name}/${size}/words`),
  });
  const pairs = opened(PAIR);
  const triples = opened(TRIPLE);
  const first = (bytes: Uint8Array) => lowerText(texts, length, (index) => index, bytes);
  return {
    length,
    holding: (fragment) => {
      const size = Math.min(TRIPLE, fragment.length);
      const { starts, words } = size === PAIR ? pairs : triples;
      const place = (at: number) => placeOf(fragment, at, size, starts.length - 1);
      let rarest = place(0);
      for (let at = 1; at + size <= fragment.length; at += 1)
        if (sizeOf(starts, place(at)) < sizeOf(starts, rarest)) rarest = place(at);
      return words
        .subarray(starts[rarest], starts[rarest + 1])
        .filter((word) => holds(texts, word, fragment));
    },
    beginning: (fragment) => {
      const from = first(fragment);
      // No byte of UTF-8 is this high.
      const to = first(Buffer.concat([fragment, Buffer.of(0xff)]));
      return { from, to };
    },
  };
}

/** For each place the words that have a part there, once each. */
function parts(texts: Texts, size: number): { readonly starts: Uint32Array; readonly words: Uint32Array } {
  const places = placesFor(texts.bytes.length);
  const starts = new Uint32Array(places + 1);
  eachPart(texts, size, places, (place) => {
    starts[place + 1] = (starts[place + 1] ?? 0) + 1;
  });
  for (let place = 1; place <= places; place += 1)
    starts[place] = (starts[place] ?? 0) + (starts[place - 1] ?? 0);
  const words = new Uint32Array(starts[places] ?? 0);
  const next = starts.slice();
  eachPart(texts, size, places, (place, word) => {
    const to = next[place] ?? 0;
    words[to] = word;
    next[place] = to + 1;
  });
  return { starts, words };
}

function eachPart(
  { bytes, starts }: Texts,
  size: number,
  places: number,
  visit: (place: number, word: number) => void,
): void {
  /** The last word that was seen at each place, from 1. */
  const seen = new Uint32Array(places);
  for (let word = 0; word + 1 < starts.length; word += 1) {
    const end = starts[word + 1] ?? 0;
    for (let at = starts[word] ?? 0; at + size <= end; at += 1) {
      const place = placeOf(bytes, at, size, places);
      if (seen[place] === word + 1) continue;
      seen[place] = word + 1;
      visit(place, word);
    }
  }
}

/** A power of two. */
function placesFor(bytes: number): number {
  return Math.min(PLACES_MAX, 2 ** Math.ceil(Math.log2(Math.max(2, bytes))));
}

const SPREAD = 0x9e37_79b1;

function placeOf(bytes: Uint8Array, at: number, size: number, places: number): number {
  const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  const part = size === PAIR ? pair : (pair << 8) | (bytes[at + 2] ?? 0);
  return (Math.imul(part, SPREAD) >>> 16) & (places - 1);
}

function sizeOf(starts: Uint32Array, place: number): number {
  return (starts[place + 1] ?? 0) - (starts[place] ?? 0);
}

function holds({ bytes, starts }: Texts, word: number, fragment: Uint8Array): boolean {
  const last = (starts[word + 1] ?? 0) - fragment.length;
  const first = fragment[0];
  for (let from = starts[word] ?? 0; from <= last; from += 1) {
    if (bytes[from] !== first) continue;
    let at = 1;
    while (at < fragment.length && bytes[from + at] === fragment[at]) at += 1;
    if (at === fragment.length) return true;
  }
  return false;
}
