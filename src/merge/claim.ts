/** A claim: what one source says about an offer, with its standing. Claims have one order, whoever was read first. */
import type { Cause } from "../domain/change.ts";
import type { Facts } from "../domain/listing.ts";
import { AUTHORITY, GROUPS, states } from "./authority.ts";

export interface Claim {
  readonly source: string;
  readonly authority: "own" | "third-party";
  /** As the source states them now. */
  readonly facts: Facts;
  /** What it stated before and may have left out only for a moment, the newest first. */
  readonly earlier?: readonly Facts[];
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** True where the source's last run did not see the offer, for want of proof or because its removal is held. */
  readonly isUnseen: boolean;
  readonly factsSince: number;
  /** Why these facts are what they are. */
  readonly cause: Cause;
  readonly held: readonly string[];
}

/** Lists of third parties, those that were found to be right more often first; any other comes after them, by name. */
const THIRD_PARTIES: readonly string[] = ["models-dev", "genai-prices"];

/** The gateway's own list before a third party's; among its own lists, the one that says more about money, then by name. */
function inOrder<One extends Claim>(claims: readonly One[]): readonly One[] {
  return claims.length < 2 ? claims : claims.toSorted(byAuthority);
}

/** What a source says now, or what is kept of what it said before. */
export interface Saying<One extends Claim = Claim> {
  readonly claim: One;
  readonly facts: Facts;
  readonly isKept: boolean;
}

/**
 * All that is said of an offer, what stands first going first: what the gateway's own lists say now, what is kept of
 * theirs, and then the same of third parties.
 */
export function sayingsOf<One extends Claim>(claims: readonly One[]): readonly Saying<One>[] {
  const ranked = inOrder(claims);
  return (["own", "third-party"] as const).flatMap((authority) => {
    const ofThem = ranked.filter((claim) => claim.authority === authority);
    return [
      ...ofThem.map((claim) => ({ claim, facts: claim.facts, isKept: false })),
      ...ofThem.flatMap((claim) =>
        claim.earlier === undefined ? [] : [{ claim, facts: keptOf(claim), isKept: true }],
      ),
    ];
  });
}

/** What only the earlier statements say, group by group, the newest of them first; of capabilities each for itself. */
function keptOf({ facts, earlier = [] }: Claim): Facts {
  const kept: { [field: string]: unknown } = {};
  for (const group of GROUPS) {
    if (group.some((field) => AUTHORITY[field].lasts !== true) || states(facts, group)) continue;
    const last = earlier.find((before) => states(before, group));
    for (const field of group) if (last?.[field] !== undefined) kept[field] = last[field];
  }
  const known = { ...facts.capabilities };
  const abilities = Object.entries(Object.assign({}, ...earlier.toReversed().map((one) => one.capabilities)));
  const more = abilities.filter(([capability]) => !Object.hasOwn(known, capability));
  return more.length === 0 ? kept : { ...kept, capabilities: Object.fromEntries(more) };
}

function byAuthority(a: Claim, b: Claim): number {
  if (a.authority !== b.authority) return a.authority === "own" ? -1 : 1;
  const byPlace = a.authority === "own" ? priced(b) - priced(a) : place(a) - place(b);
  return byPlace || (a.source < b.source ? -1 : a.source > b.source ? 1 : 0);
}

function priced({ facts }: Claim): number {
  return facts.prices === undefined ? 0 : 1;
}

function place({ source }: Claim): number {
  const known = THIRD_PARTIES.indexOf(source);
  return known === -1 ? THIRD_PARTIES.length : known;
}
