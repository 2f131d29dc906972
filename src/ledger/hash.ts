/** Content hashes: what tells whether two texts or two bodies are the same. */
import { hash } from "node:crypto";
import { factsText, type Facts } from "../domain/listing.ts";

/** 128 bits: two different contents with one hash will not be met. */
const HASH_LENGTH = 32;

/** Facts as they are stored, with their hash. */
export interface StoredFacts {
  readonly text: string;
  readonly hash: string;
}

/** Facts never change once made, so this is worked out once: reconciling and writing both need it. */
const known = new WeakMap<Facts, StoredFacts>();

export function storedFacts(facts: Facts): StoredFacts {
  const before = known.get(facts);
  if (before !== undefined) return before;
  const text = factsText(facts);
  const stored = { text, hash: contentHash(text) };
  known.set(facts, stored);
  return stored;
}

/** The hash of a listing's facts: equal facts, in any order of fields and prices, have equal hashes. */
export function factsHash(facts: Facts): string {
  return storedFacts(facts).hash;
}

export function contentHash(content: string | Uint8Array): string {
  return hash("sha256", content, "hex").slice(0, HASH_LENGTH);
}
