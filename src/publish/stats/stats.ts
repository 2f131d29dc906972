/** How much each gateway listed over time, and at which prices: one pass over the versions that the ledger holds of that time. */
import { compareUsd } from "../../domain/decimal.ts";
import { offerId, type OfferKey } from "../../domain/offer.ts";
import { beginOf, edgesOf, type Stats, type StatsPoint, type StatsQuery } from "../../domain/stats.ts";
import type { DayReadings, TimedVersion } from "../../ledger/timeline.ts";
import { decisionsOf, decisionsToday, isHidden } from "../decisions.ts";
import type { Standing } from "../revision.ts";
import type { Audience, Shelving } from "../shelves.ts";
import { modelsOf, type Known } from "./models.ts";
import { createTally, type Tally } from "./tally.ts";
import { transitionsOf, type Rules, type Transition } from "./transitions.ts";

/** One offer's way through time. */
interface Way extends Known {
  readonly transitions: readonly Transition[];
  readonly sources: ReadonlySet<string>;
}

export async function statsOf(shelving: Shelving, query: StatsQuery, audience: Audience): Promise<Stats> {
  const edges = edgesOf(query);
  const [first] = edges;
  if (first === undefined) return { all: [], gateways: [] };
  const stretch = { since: first, until: query.until };
  const { ledger, standings } = shelving;
  const decisions = decisionsOf(await ledger.overrides(query.knownAt));
  const rules: Rules = {
    standings,
    wholeSince: gatewaysWholeSince(await ledger.wholeSince(), standings),
    decisions,
    audience,
    keptUntil: remembered((source, endedAt) => ledger.keptUntil(source, endedAt)),
  };
  const ways = await waysOf(ledger.versionsIn(stretch), rules, query.until);
  const models = await modelsOf(shelving, ways, decisions);
  const revision = await ledger.revisionAt(query.knownAt);
  const linked = ways.map(({ id }) => ({ id, link: { model: models.get(id) ?? id } }));
  const today = decisionsToday(decisions, linked, await ledger.modelIds(revision));
  const counted = ways.flatMap((way, index) => {
    const link = linked[index];
    if (link === undefined || isHidden(link, today)) return [];
    return isAsked(way, link.link.model, query) ? [{ ...way, model: link.link.model }] : [];
  });
  return pointsOf(counted, edges, await ledger.readingsIn(stretch), query, standings);
}

/** The offers of the time, each whole in memory only while its versions pass by. */
async function waysOf(
  versions: AsyncIterable<TimedVersion>,
  rules: Rules,
  until: number,
): Promise<readonly Way[]> {
  const ways: Way[] = [];
  let group: TimedVersion[] = [];
  const close = async () => {
    const [any] = group;
    const last = group.toSorted((a, b) => b.since - a.since)[0];
    if (any === undefined || last === undefined) return;
    const { gateway, provider, nativeId } = any;
    const transitions = await transitionsOf(group, rules, until);
    const sources = new Set(group.map(({ source }) => source));
    const { description: _description, ...facts } = last.facts;
    if (transitions.length > 0)
      ways.push({ id: offerId(any), gateway, provider, nativeId, facts, transitions, sources });
    group = [];
  };
  for await (const version of versions) {
    if (group[0] !== undefined && !isSameOffer(group[0], version)) await close();
    group.push(version);
  }
  await close();
  return ways;
}

function pointsOf(
  ways: readonly (Way & { readonly model: string })[],
  edges: readonly number[],
  readings: readonly DayReadings[],
  query: StatsQuery,
  standings: ReadonlyMap<string, Standing>,
): Stats {
  const stated = ways.flatMap(({ transitions }) =>
    transitions.flatMap(({ after }) => [after?.input, after?.output].flatMap((usd) => usd ?? [])),
  );
  const prices = [...new Set(stated)].toSorted(compareUsd);
  const rankOf = new Map(prices.map((usd, rank) => [usd, rank]));
  const series = (its: readonly Way[]) => {
    const points: StatsPoint[] = [];
    const read = readingsBy(readersOf(its, standings), readings, query);
    return { tally: createTally(prices, rankOf), points, read };
  };
  const gateways = new Map(
    [...Map.groupBy(ways, ({ gateway }) => gateway)].map(([gateway, its]) => [gateway, series(its)]),
  );
  const all = series(ways);
  const told = ways
    .flatMap(({ gateway, model, transitions }) =>
      transitions.map((transition) => ({ gateway, model, transition })),
    )
    .toSorted((a, b) => a.transition.at - b.transition.at);
  let next = 0;
  const tellUntil = (edge: number) => {
    for (let one = told[next]; one !== undefined && one.transition.at <= edge; one = told[next]) {
      all.tally.count(one.model, one.transition);
      gateways.get(one.gateway)?.tally.count(one.model, one.transition);
      next += 1;
    }
  };
  const everySeries = [all, ...gateways.values()];
  for (const [index, to] of edges.entries()) {
    tellUntil(to);
    const from = edges[index - 1];
    for (const { tally, points, read } of everySeries) {
      const point = taken(tally);
      // What stood before the first point is no move of it.
      if (from !== undefined && point !== undefined)
        points.push({ from, to, ...point, readings: read.get(from) ?? 0 });
    }
  }
  return {
    all: all.points,
    gateways: [...gateways]
      .map(([gateway, { points }]) => ({ gateway, points }))
      .toSorted((a, b) => (a.gateway < b.gateway ? -1 : 1)),
  };
}

function taken(tally: Tally) {
  return tally.isKnown() ? tally.take() : undefined;
}

/** Who reads these offers' lists: their gateways' own sources, or where there are none whoever speaks of them. */
function readersOf(ways: readonly Way[], standings: ReadonlyMap<string, Standing>): ReadonlySet<string> {
  const sources = new Set(ways.flatMap((way) => [...way.sources]));
  const own = [...sources].filter((source) => standings.get(source)?.authority !== "third-party");
  return own.length === 0 ? sources : new Set(own);
}

/** By the beginning of each interval. */
function readingsBy(
  sources: ReadonlySet<string>,
  readings: readonly DayReadings[],
  { interval }: StatsQuery,
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { source, day, readings: count } of readings) {
    const begin = beginOf(interval, day);
    if (sources.has(source)) counts.set(begin, (counts.get(begin) ?? 0) + count);
  }
  return counts;
}

function isAsked({ gateway }: OfferKey, model: string, { gateways, lab }: StatsQuery): boolean {
  return (gateways?.includes(gateway) ?? true) && (lab === undefined || model.startsWith(`${lab}/`));
}

/** A gateway's own list, once it was read whole, is the only word on what is there. */
function gatewaysWholeSince(
  sources: ReadonlyMap<string, number>,
  standings: ReadonlyMap<string, Standing>,
): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  for (const [source, at] of sources) {
    const standing = standings.get(source);
    if (standing?.authority !== "own") continue;
    since.set(standing.gateway, Math.min(at, since.get(standing.gateway) ?? Infinity));
  }
  return since;
}

function isSameOffer(a: OfferKey, b: OfferKey): boolean {
  return a.gateway === b.gateway && a.provider === b.provider && a.nativeId === b.nativeId;
}

/** Many offers of a source end with the same reading: each is asked for once. */
function remembered(ask: Rules["keptUntil"]): Rules["keptUntil"] {
  const known = new Map<string, Promise<number>>();
  return (source, endedAt) => {
    const key = `${source} ${endedAt}`;
    const answer = known.get(key) ?? ask(source, endedAt);
    known.set(key, answer);
    return answer;
  };
}
