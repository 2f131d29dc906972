/** Content hashes: what tells whether two texts or two bodies are the same. */
import { hash } from "node:crypto";
import { factsText, type Facts } from "../domain/listing.ts";

/** 128 bits: two different contents with one hash will not be met. */
const HASH_LENGTH = 32;

/** Facts never change once made, so their text is worked out once: hashing and writing need the same one. */
const texts = new WeakMap<Facts, string>();

/** The hash of a listing's facts: equal facts, in any order of fields and prices, have equal hashes. */
export function factsHash(facts: Facts): string {
  return contentHash(storedText(facts));
}

/** The facts as they are hashed and stored. */
export function storedText(facts: Facts): string {
  const known = texts.get(facts);
  if (known !== undefined) return known;
  const text = factsText(facts);
  texts.set(facts, text);
  return text;
}

export function contentHash(content: string | Uint8Array): string {
  return hash("sha256", content, "hex").slice(0, HASH_LENGTH);
}
