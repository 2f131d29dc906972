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
export function inOrder(claims: readonly Claim[]): readonly Claim[] {
  return claims.length < 2 ? claims : claims.toSorted(byAuthority);
}

/** What a claim stands for: what the source states, and what it stated before where that may last. */
export function standing({ facts, earlier = [] }: Claim): Facts {
  return earlier.reduce((known, before) => lasting(known, before), facts);
}

/** `facts` with what only `before` states, group by group; of capabilities each one for itself. */
function lasting(facts: Facts, before: Facts): Facts {
  const known: { [field: string]: unknown } = { ...facts };
  for (const group of GROUPS) {
    if (group.some((field) => AUTHORITY[field].lasts !== true)) continue;
    if (states(facts, group) || !states(before, group)) continue;
    for (const field of group) if (before[field] !== undefined) known[field] = before[field];
  }
  if (before.capabilities !== undefined && facts.capabilities !== undefined)
    known["capabilities"] = { ...before.capabilities, ...facts.capabilities };
  return known;
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
