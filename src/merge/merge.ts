/** Whose word wins: the listings about one offer become one offer, field by field, by authority. Pure. */
import type { Cause } from "../domain/change.ts";
import type { Facts } from "../domain/listing.ts";
import type { OfferKey } from "../domain/offer.ts";

/** What one source says about an offer, with its standing. */
export interface Claim {
  readonly source: string;
  readonly authority: "own" | "third-party";
  readonly facts: Facts;
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** True where the source's last run did not see the offer, for want of proof or because its removal is held. */
  readonly isUnseen: boolean;
  readonly factsSince: number;
  /** Why these facts are what they are. */
  readonly cause: Cause;
  readonly held: readonly string[];
}

export interface MergedOffer extends OfferKey {
  readonly facts: Facts;
  readonly attested: "own" | "third-party";
  /** The source with the last word. */
  readonly source: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly isUnseen: boolean;
  readonly factsSince: number;
  /** True where one of its sources listed it before with other facts, or before it was removed. */
  readonly hasPast: boolean;
  readonly cause: Cause;
  readonly held: readonly string[];
}

/** Fields that mean something only together: they come from one source, whole. */
const TOGETHER: readonly (readonly (keyof Facts)[])[] = [["prices", "billing"]];

/**
 * The offer that claims make, or nothing where only a third party claims it though the gateway's own list,
 * once read whole, does not.
 */
export function mergeClaims(
  key: OfferKey,
  claims: readonly Claim[],
  ownListIsWhole: boolean,
): MergedOffer | undefined {
  const [first, ...others] = claims.toSorted(byAuthority);
  if (first === undefined || (first.authority === "third-party" && ownListIsWhole)) return undefined;
  return {
    ...key,
    facts: others.reduce((facts, claim) => fillGaps(facts, claim.facts), first.facts),
    attested: first.authority,
    source: first.source,
    firstSeen: Math.min(...claims.map(({ firstSeen }) => firstSeen)),
    lastSeen: first.lastSeen,
    isUnseen: first.isUnseen,
    factsSince: Math.max(...claims.map(({ factsSince }) => factsSince)),
    hasPast: claims.some(({ firstSeen, factsSince }) => firstSeen < factsSince),
    cause: first.cause,
    held: first.held,
  };
}

/** The gateway's own list before a third party's; among equals, the one that says more about money, then by name. */
function byAuthority(a: Claim, b: Claim): number {
  if (a.authority !== b.authority) return a.authority === "own" ? -1 : 1;
  const byPrices = Number(b.facts.prices !== undefined) - Number(a.facts.prices !== undefined);
  return byPrices || (a.source < b.source ? -1 : a.source > b.source ? 1 : 0);
}

/** What `facts` leaves open, from a source of less authority. Unknown billing is open; a stated price never is. */
function fillGaps(facts: Facts, from: Facts): Facts {
  const filled: { [field: string]: unknown } = { ...from, ...facts };
  for (const group of TOGETHER) {
    const owner = isStated(facts) ? facts : from;
    for (const field of group) {
      if (owner[field] === undefined) delete filled[field];
      else filled[field] = owner[field];
    }
  }
  return filled;
}

function isStated({ prices, billing }: Facts): boolean {
  return prices !== undefined || (billing !== undefined && billing !== "unknown");
}
