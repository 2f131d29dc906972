/** Claims about one offer, in as few words as tests need. */
import type { Facts } from "../../src/domain/listing.ts";
import type { Price } from "../../src/domain/price.ts";
import type { Claim } from "../../src/merge/claim.ts";
import { mergeClaims, type MergedOffer } from "../../src/merge/merge.ts";

export const KEY = { gateway: "groq", provider: "groq", nativeId: "a/b" };

export function claim(source: string, facts: Facts, authority: Claim["authority"] = "own"): Claim {
  return {
    source,
    authority,
    facts,
    firstSeen: 1,
    lastSeen: 9,
    isUnseen: false,
    factsSince: 1,
    cause: "upstream",
    held: [],
  };
}

export function input(usd: string): Price {
  return { meter: "input", unit: "token", usd };
}

/** The offer that these claims make; there is one. */
export function merged(...claims: readonly Claim[]): MergedOffer {
  const offer = mergeClaims(KEY, claims, false);
  if (offer === undefined) throw new Error("nobody claims anything");
  return offer;
}
