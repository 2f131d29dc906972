/** The listings about one offer become one offer, field by field, by authority. Pure. */
import type { Cause } from "../domain/change.ts";
import type { Facts } from "../domain/listing.ts";
import type { OfferKey } from "../domain/offer.ts";
import { GROUPS, MONEY, states } from "./authority.ts";
import { inOrder, standing, type Claim } from "./claim.ts";

export interface MergedOffer extends OfferKey {
  readonly facts: Facts;
  readonly attested: "own" | "third-party";
  /** The source with the last word. */
  readonly source: string;
  /** Who states the prices, where that is another source. */
  readonly pricesSource?: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly isUnseen: boolean;
  readonly factsSince: number;
  /** True where one of its sources listed it before with other facts, or before it was removed. */
  readonly hasPast: boolean;
  readonly cause: Cause;
  readonly held: readonly string[];
}

/**
 * The offer that claims make, or nothing where only a third party claims it though the gateway's own list,
 * once read whole, does not. The order of the claims does not matter.
 */
export function mergeClaims(
  key: OfferKey,
  claims: readonly Claim[],
  ownListIsWhole: boolean,
): MergedOffer | undefined {
  const ranked = inOrder(claims);
  const [first] = ranked;
  if (first === undefined || (first.authority === "third-party" && ownListIsWhole)) return undefined;
  const stated = ranked.map((claim) => ({ source: claim.source, facts: standing(claim) }));
  const priced = stated.find(({ facts }) => states(facts, MONEY));
  const facts = stated.length === 1 ? (stated[0]?.facts ?? {}) : mergeFacts(stated.map((one) => one.facts));
  return {
    ...key,
    facts,
    attested: first.authority,
    source: first.source,
    ...(facts.prices === undefined || priced === undefined || priced.source === first.source
      ? {}
      : { pricesSource: priced.source }),
    firstSeen: Math.min(...claims.map(({ firstSeen }) => firstSeen)),
    lastSeen: first.lastSeen,
    isUnseen: first.isUnseen,
    factsSince: Math.max(...claims.map(({ factsSince }) => factsSince)),
    hasPast: claims.some(({ firstSeen, factsSince }) => firstSeen < factsSince),
    cause: first.cause,
    held: first.held,
  };
}

/** Of each group the first that states it, whole; of capabilities the first that states each. Unknown stays unknown. */
function mergeFacts(ranked: readonly Facts[]): Facts {
  const merged: { [field: string]: unknown } = {};
  for (const group of GROUPS) {
    const owner = ranked.find((facts) => states(facts, group)) ?? ranked[0];
    for (const field of group) if (owner?.[field] !== undefined) merged[field] = owner[field];
  }
  const capabilities = ranked.toReversed().map((facts) => facts.capabilities);
  if (capabilities.some((stated) => stated !== undefined))
    merged["capabilities"] = Object.assign({}, ...capabilities);
  return merged;
}
