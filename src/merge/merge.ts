/** The listings about one offer become one offer, field by field, by authority. Pure. */
import type { Cause } from "../domain/change.ts";
import type { SourcedFinding } from "../domain/finding.ts";
import type { Facts } from "../domain/listing.ts";
import type { OfferKey } from "../domain/offer.ts";
import { GROUPS, MONEY, states } from "./authority.ts";
import { conflictsOf } from "./conflicts.ts";
import { sayingsOf, type Claim } from "./claim.ts";

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
  /** Where its sources contradict each other. */
  readonly conflicts: readonly SourcedFinding[];
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
  const sayings = sayingsOf(claims);
  const [first] = sayings.map(({ claim }) => claim);
  if (first === undefined || (first.authority === "third-party" && ownListIsWhole)) return undefined;
  const facts = sayings.length === 1 ? first.facts : mergeFacts(sayings.map((one) => one.facts));
  const priced = sayings.find((one) => states(one.facts, MONEY))?.claim.source;
  return {
    ...key,
    facts,
    attested: first.authority,
    source: first.source,
    ...(facts.prices === undefined || priced === undefined || priced === first.source
      ? {}
      : { pricesSource: priced }),
    firstSeen: Math.min(...claims.map(({ firstSeen }) => firstSeen)),
    lastSeen: first.lastSeen,
    isUnseen: first.isUnseen,
    factsSince: Math.max(...claims.map(({ factsSince }) => factsSince)),
    hasPast: claims.some(({ firstSeen, factsSince }) => firstSeen < factsSince),
    cause: first.cause,
    held: first.held,
    conflicts: conflictsOf(key, sayings),
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
