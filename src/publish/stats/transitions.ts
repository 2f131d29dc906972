/** An offer's way through time as far as it is counted: when it came, went, and was paid otherwise. Pure, but for what lasts. */
import type { Facts } from "../../domain/listing.ts";
import { perMillion, type Billing, type Meter } from "../../domain/price.ts";
import type { TimedVersion } from "../../ledger/timeline.ts";
import { MONEY, states } from "../../merge/authority.ts";
import type { Claim } from "../../merge/claim.ts";
import { mergeClaims } from "../../merge/merge.ts";
import { withPins, type Decisions } from "../decisions.ts";
import { keyOf } from "../provenance.ts";
import type { Standing } from "../revision.ts";
import type { Audience } from "../shelves.ts";

/** How an offer is paid: prices in US dollars for a million tokens. */
export interface Paid {
  readonly billing: Billing;
  readonly input?: string;
  readonly output?: string;
}

/** What is otherwise from an instant on. Without `before` it came, without `after` it went. */
export interface Transition {
  readonly at: number;
  readonly before?: Paid;
  readonly after?: Paid;
  readonly byUpstream: boolean;
}

export interface Rules {
  readonly standings: ReadonlyMap<string, Standing>;
  /** By gateway: from when on only its own list says what is there. */
  readonly wholeSince: ReadonlyMap<string, number>;
  readonly decisions: Decisions;
  readonly audience: Audience;
  /** Until when what this source left out at a time may last. */
  keptUntil(source: string, endedAt: number): Promise<number>;
}

/** `versions` are those of one offer, in the order of their sources and of time; none begins after `until`. */
export async function transitionsOf(
  versions: readonly TimedVersion[],
  rules: Rules,
  until: number,
): Promise<readonly Transition[]> {
  const [first] = versions;
  if (first === undefined) return [];
  const lasting = await lastingOf(versions, rules);
  const wholeAt = rules.wholeSince.get(first.gateway) ?? Infinity;
  const instants = new Set([
    ...versions.flatMap(({ since, until: end }) => (end === undefined ? [since] : [since, end])),
    ...lasting.values(),
    ...(versions.some(({ source }) => authorityOf(source, rules) === "third-party") ? [wholeAt] : []),
  ]);
  const transitions: Transition[] = [];
  let before: Paid | undefined;
  for (const at of [...instants].filter((instant) => instant <= until).toSorted((a, b) => a - b)) {
    const after = paidAt(at, versions, lasting, rules, at >= wholeAt);
    if (!isSame(before, after))
      transitions.push({
        at,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
        byUpstream: versions.some((version) => isUpstreams(version, at)),
      });
    before = after;
  }
  return transitions;
}

/** Until when each version's word lasts beyond its end: asked only where a source left prices out that it had stated. */
async function lastingOf(
  versions: readonly TimedVersion[],
  { keptUntil }: Rules,
): Promise<ReadonlyMap<TimedVersion, number>> {
  const lasting = new Map<TimedVersion, number>();
  for (const its of Map.groupBy(versions, ({ source }) => source).values()) {
    const isLeftOut =
      its.some(({ facts }) => !states(facts, MONEY)) && its.some(({ facts }) => states(facts, MONEY));
    if (!isLeftOut) continue;
    for (const version of its)
      if (version.until !== undefined) lasting.set(version, await keptUntil(version.source, version.until));
  }
  return lasting;
}

/** Nothing where it was not there, or not for this reader. */
function paidAt(
  at: number,
  versions: readonly TimedVersion[],
  lasting: ReadonlyMap<TimedVersion, number>,
  { standings, decisions, audience }: Rules,
  ownListIsWhole: boolean,
): Paid | undefined {
  const claims = versions
    .filter(({ since, until = Infinity }) => since <= at && at < until)
    .map(({ source, facts, since, cause }): Claim => {
      const earlier = earlierOf(source, at, lasting);
      const seen = { firstSeen: since, lastSeen: at, isUnseen: false, factsSince: since };
      const authority = standings.get(source)?.authority ?? "own";
      return {
        source,
        authority,
        facts: money(facts),
        ...(earlier.length === 0 ? {} : { earlier }),
        ...seen,
        cause,
        held: [],
      };
    });
  const [any] = versions;
  const merged = any === undefined ? undefined : mergeClaims(keyOf(any), claims, ownListIsWhole);
  if (merged === undefined) return undefined;
  const { facts } = withPins(merged, decisions);
  if (facts.visibility === "account" && audience === "public") return undefined;
  const [input, output] = [priceOf(facts, "input"), priceOf(facts, "output")];
  return {
    billing: facts.billing ?? "unknown",
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
  };
}

/** What the source said before and may have left out by chance, the newest first, back to where not the upstream ended it. */
function earlierOf(source: string, at: number, lasting: ReadonlyMap<TimedVersion, number>): readonly Facts[] {
  const ended = [...lasting]
    .filter(
      ([version, until]) => version.source === source && (version.until ?? Infinity) <= at && at < until,
    )
    .map(([version]) => version)
    .toSorted((a, b) => (b.until ?? 0) - (a.until ?? 0));
  const last = ended.findIndex(({ causeTo }) => causeTo !== "upstream");
  return ended.slice(0, last === -1 ? ended.length : last).map(({ facts }) => money(facts));
}

/** What is counted of what was stated. */
function money({ billing, prices, visibility }: Facts): Facts {
  return {
    ...(billing === undefined ? {} : { billing }),
    ...(prices === undefined ? {} : { prices }),
    ...(visibility === undefined ? {} : { visibility }),
  };
}

/** The stated price for tokens that holds without a condition, of what is paid by use. A price of 0 says nothing of a level. */
function priceOf({ billing, prices = [] }: Facts, meter: Meter): string | undefined {
  if (billing !== "metered") return undefined;
  const price = prices.find((one) => one.meter === meter && one.unit === "token" && one.when === undefined);
  const usd = price === undefined ? "0" : perMillion(price);
  return usd === "0" ? undefined : usd;
}

function isUpstreams({ since, until, cause, causeTo }: TimedVersion, at: number): boolean {
  return (since === at && cause === "upstream") || (until === at && causeTo === "upstream");
}

function authorityOf(source: string, { standings }: Rules): Standing["authority"] {
  return standings.get(source)?.authority ?? "own";
}

function isSame(a: Paid | undefined, b: Paid | undefined): boolean {
  return a?.billing === b?.billing && a?.input === b?.input && a?.output === b?.output;
}
