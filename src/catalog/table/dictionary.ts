/** Different texts in the order of their bytes, found by halving: no string is made of any that is not answered. */
import { growingTexts, textAt, type Texts } from "./growing.ts";
import type { Put, Sections } from "./image.ts";
import { compareWith } from "./sorting.ts";

export interface Dictionary {
  readonly length: number;
  readonly texts: Texts;
  at(index: number): string;
  indexOf(text: string): number | undefined;
  /** The first whose bytes are not before these. */
  firstFrom(bytes: Uint8Array): number;
}

/** Of different texts that are sorted by bytes. */
export function putDictionary(put: Put, name: string, sorted: readonly string[]): void {
  const texts = growingTexts();
  for (const text of sorted) texts.push(text);
  putTexts(put, name, texts.view());
}

export function putTexts(put: Put, name: string, { bytes, starts }: Texts): void {
  put(`${name}/bytes`, bytes.slice());
  put(`${name}/starts`, starts.slice());
}

export function openTexts(sections: Sections, name: string): Texts {
  return { bytes: sections.bytes(`${name}/bytes`), starts: sections.uint32(`${name}/starts`) };
}

export function openDictionary(sections: Sections, name: string): Dictionary {
  const texts = openTexts(sections, name);
  const length = texts.starts.length - 1;
  const firstFrom = (bytes: Uint8Array) => lowerText(texts, length, (index) => index, bytes);
  return {
    length,
    texts,
    at: (index) => textAt(texts, index),
    indexOf: (text) => {
      const bytes = Buffer.from(text);
      const index = firstFrom(bytes);
      return index < length && compareWith(texts, index, bytes) === 0 ? index : undefined;
    },
    firstFrom,
  };
}

/** The first place, of so many that are sorted, whose text's bytes are not before these. */
export function lowerText(
  texts: Texts,
  length: number,
  indexAt: (place: number) => number,
  bytes: Uint8Array,
): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareWith(texts, indexAt(middle), bytes) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
