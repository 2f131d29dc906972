/** The ids of a table: each row's, the row of each, and the rows whose folded id or name is a text. */
import { lowerBound } from "./bits.ts";
import { lowerText, openTexts, putTexts } from "./dictionary.ts";
import { fold, tailOf } from "./fold.ts";
import { textAt, textsAt, type Texts } from "./growing.ts";
import type { Put, Sections } from "./image.ts";
import type { IdOrder } from "./select.ts";
import { compareWith, inverse } from "./sorting.ts";

export interface Ids extends IdOrder {
  at(row: number): string;
  rowOf(id: string): number | undefined;
  /** The rows whose folded id is this, and those whose id ends with this name, ascending. */
  folded(text: string): { readonly ids: readonly number[]; readonly names: readonly number[] };
}

/** `byId` is the rows in the order of their ids. */
export function putIds(put: Put, name: string, ids: Texts, arrivals: Uint32Array, byId: Uint32Array): void {
  const texts = textsAt(ids, arrivals);
  const length = arrivals.length;
  putTexts(put, name, texts);
  put(`${name}/order`, byId);
  put(`${name}/places`, inverse(byId));
  // Sorted as one number each: hash first, then row.
  const keys = new BigUint64Array(length * 2);
  const halves = new Uint32Array(keys.buffer);
  let used = 0;
  const add = (text: string, row: number) => {
    halves[used * 2] = row;
    halves[used * 2 + 1] = hashOf(text);
    used += 1;
  };
  for (let row = 0; row < length; row += 1) {
    const folded = fold(textAt(texts, row));
    const tail = tailOf(folded);
    add(folded, row);
    if (tail.length < folded.length) add(tail, row);
  }
  keys.subarray(0, used).sort();
  put(
    `${name}/hashes`,
    halves.subarray(0, used * 2).filter((_, at) => at % 2 === 1),
  );
  put(
    `${name}/hashed`,
    halves.subarray(0, used * 2).filter((_, at) => at % 2 === 0),
  );
}

export function openIds(sections: Sections, name: string): Ids {
  const texts = openTexts(sections, name);
  const order = sections.uint32(`${name}/order`);
  const hashes = sections.uint32(`${name}/hashes`);
  const hashed = sections.uint32(`${name}/hashed`);
  const at = (row: number) => textAt(texts, row);
  return {
    at,
    rowOf: (id) => {
      const bytes = Buffer.from(id);
      const row = order[lowerText(texts, order.length, (place) => order[place] ?? 0, bytes)];
      return row !== undefined && compareWith(texts, row, bytes) === 0 ? row : undefined;
    },
    folded: (text) => {
      const ids: number[] = [];
      const names: number[] = [];
      const hash = hashOf(text);
      for (let from = lowerBound(hashes, hash); hashes[from] === hash; from += 1) {
        const row = hashed[from] ?? 0;
        const folded = fold(at(row));
        if (folded === text) ids.push(row);
        else if (tailOf(folded) === text) names.push(row);
      }
      return { ids, names };
    },
    order,
    places: sections.uint32(`${name}/places`),
  };
}

const HASH_BASIS = 0x811c_9dc5;
const HASH_PRIME = 0x0100_0193;

/** FNV-1a over the string's units. */
function hashOf(text: string): number {
  let hash = HASH_BASIS;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), HASH_PRIME);
  return hash >>> 0;
}
