/** Numbers over time against an oracle: every point is recounted from the catalog of its moment, every move from what was said. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compareUsd } from "../../src/domain/decimal.ts";
import type { Facts } from "../../src/domain/listing.ts";
import { INTERVALS, type Interval, type Stats, type StatsPoint } from "../../src/domain/stats.ts";
import type { Moment } from "../../src/ledger/span.ts";
import { statsOf } from "../../src/publish/stats/stats.ts";
import { shelfThen } from "../../src/publish/then.ts";
import { seeded } from "../ledger/making.ts";
import { metered, MINUTE_MS, model, openHouse, type House, type Said } from "./ledgers.ts";

const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const STEPS = 40;
const WINDOWS = 5;
const SEEDS = [31, 32, 33, 34];
const IDS = ["lab/a", "lab/b", "lab/c", "other/d", "other/e"];
const SOURCES = ["groq", "together", "genai-prices"] as const;

let house: House;

beforeEach(async () => {
  house = await openHouse();
  kept.clear();
});
afterEach(() => house.close());

interface Asked {
  readonly interval?: Interval;
  readonly since?: number;
  readonly until?: number;
  readonly gateways?: readonly string[];
  readonly lab?: string;
  readonly audience?: "public" | "operator";
}

async function stats({
  interval = "day",
  since,
  until,
  audience = "public",
  ...asked
}: Asked = {}): Promise<Stats> {
  const now = house.runtime.now();
  const moment = await house.ledger.snapped({ asOf: until ?? now, knownAt: now });
  if (moment === undefined) throw new Error("nothing was read");
  const { asOf, knownAt } = moment;
  return statsOf(house.publishing, { interval, since: since ?? 0, until: asOf, knownAt, ...asked }, audience);
}

interface Offer {
  readonly id: string;
  readonly gateway: string;
  readonly model: string;
  readonly billing?: string;
  readonly prices?: readonly { readonly meter: string; readonly per_million?: string }[];
}

/** By the reading before the moment that is asked about, once nothing is decided or said any more. */
const kept = new Map<string, Promise<readonly Offer[]>>();

/** The offers of a moment, as everybody would have read them. */
async function offersAt(asOf: number): Promise<readonly Offer[]> {
  const moment = await house.ledger.snapped({ asOf, knownAt: house.runtime.now() });
  if (moment === undefined) return [];
  const key = `${moment.asOf} ${moment.knownAt}`;
  const offers = kept.get(key) ?? readThen(moment);
  kept.set(key, offers);
  return offers;
}

async function readThen(moment: Moment): Promise<readonly Offer[]> {
  const { offers } = (await shelfThen(house.publishing, moment, "public")).catalog;
  return Array.from({ length: offers.length }, (_, row) =>
    JSON.parse(Buffer.from(offers.documentAt(row)).toString()),
  );
}

function priceOf({ billing, prices = [] }: Offer, meter: string): string | undefined {
  const usd = prices.find((price) => price.meter === meter)?.per_million;
  return billing === "metered" && usd !== "0" ? usd : undefined;
}

/** By sorting all of them. */
function levelOf(offers: readonly Offer[], meter: string) {
  const prices = offers.flatMap((offer) => priceOf(offer, meter) ?? []).toSorted(compareUsd);
  const at = (share: number) => prices[Math.ceil(prices.length * share) - 1];
  return prices.length === 0
    ? undefined
    : { offers: prices.length, p25: at(0.25), median: at(0.5), p75: at(0.75) };
}

function recounted(offers: readonly Offer[]) {
  const billing = { metered: 0, free: 0, subscription: 0, dynamic: 0, unknown: 0 };
  for (const offer of offers) billing[(offer.billing ?? "unknown") as keyof typeof billing] += 1;
  return {
    models: new Set(offers.map((offer) => offer.model)).size,
    offers: offers.length,
    billing,
    input: levelOf(offers, "input"),
    output: levelOf(offers, "output"),
  };
}

/** One reading: when, whose, whether its first, and of which offers it said something else than before. */
interface Event {
  readonly at: number;
  readonly source: string;
  readonly isFirst: boolean;
  readonly otherwise: ReadonlySet<string>;
}

/** What moved from one reading to the next, by who said so. */
async function movesOf(events: readonly Event[], from: number, to: number, fits: (offer: Offer) => boolean) {
  const moves = { appeared: 0, vanished: 0, adjusted: 0, cheaper: 0, dearer: 0 };
  for (const { at, isFirst, otherwise } of events) {
    if (at <= from || at > to) continue;
    const [before, after] = [await offersAt(at - 1), await offersAt(at)].map(
      (offers) => new Map(offers.filter(fits).map((offer) => [offer.id, offer])),
    );
    for (const id of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
      const [was, is] = [before?.get(id), after?.get(id)];
      const isSaid = !isFirst && otherwise.has(id);
      if (was === undefined || is === undefined) {
        const by = is === undefined ? -1 : 1;
        if (!isSaid) moves.adjusted += by;
        else if (by === 1) moves.appeared += 1;
        else moves.vanished += 1;
        continue;
      }
      if (!isSaid) continue;
      const signs = ["input", "output"].flatMap((meter) => {
        const [price, priceNow] = [priceOf(was, meter), priceOf(is, meter)];
        return price === undefined || priceNow === undefined ? [] : [compareUsd(priceNow, price)];
      });
      if (signs.some((sign) => sign < 0)) moves.cheaper += 1;
      if (signs.some((sign) => sign > 0)) moves.dearer += 1;
    }
  }
  return moves;
}

/** Any word about an offer: priced, free, by subscription, with its price left out, for the operator alone; or none. */
function anyWord(random: (below: number) => number, id: string): Said | undefined {
  const prices = (): Facts => ({
    prices: [
      { meter: "input", unit: "token", usd: `0.00000${random(4)}` },
      { meter: "output", unit: "token", usd: `0.0000${1 + random(3)}` },
    ],
  });
  switch (random(9)) {
    case 0:
    case 1:
      return undefined;
    case 2:
      return model(id, { billing: "free" });
    case 3:
      return model(id, { billing: "subscription" });
    case 4:
    case 5:
      return model(id, { contextTokens: 1_000 * (1 + random(3)) });
    case 6:
      return metered(id, "0", { ...prices(), ...(random(3) === 0 ? { visibility: "account" } : {}) });
    default:
      return metered(id, "0", prices());
  }
}

/** Most of a list is as it was. */
function anyList(random: (below: number) => number, before: readonly Said[]): readonly Said[] {
  return IDS.flatMap((id) => {
    const was = before.find(({ nativeId }) => nativeId === id);
    return (random(3) > 0 ? was : anyWord(random, id)) ?? [];
  });
}

/** A random history, with the account of it that the oracle goes by. */
async function anyHistory(random: (below: number) => number): Promise<readonly Event[]> {
  const events: Event[] = [];
  const said = new Map<string, Map<string, string>>();
  const lists = new Map<string, readonly Said[]>();
  for (let step = 0; step < STEPS; step += 1) {
    const source = SOURCES[random(SOURCES.length)] ?? "groq";
    // A third party speaks of another's offers.
    const gateway = source === "genai-prices" ? "groq" : source;
    const list = anyList(random, lists.get(source) ?? []).map((one) => ({ ...one, gateway }));
    lists.set(source, list);
    const isWhole = random(3) > 0;
    house.runtime.advance(random(30) * HOUR_MS);
    // What our own rules end is no news of the upstream's.
    const cause = random(4) === 0 ? "rules" : "upstream";
    await house.says(source, list, { isWhole, cause });
    const before = said.get(source);
    const now = new Map(
      list.map(({ nativeId, facts }) => [`${gateway}/unstated/${nativeId}`, JSON.stringify(facts)]),
    );
    if (!isWhole) for (const [id, facts] of before ?? []) if (!now.has(id)) now.set(id, facts);
    const ids = new Set([...(before?.keys() ?? []), ...now.keys()]);
    const otherwise = new Set(
      [...ids].filter((id) => before?.get(id) !== now.get(id) && (cause === "upstream" || now.has(id))),
    );
    events.push({ at: house.runtime.now(), source, isFirst: before === undefined, otherwise });
    said.set(source, now);
    await house.publish();
  }
  return events;
}

async function decide(kind: "hide" | "pin", target: string, value = ""): Promise<void> {
  await house.ledger.addOverride({ kind, target, value, createdAt: house.runtime.now() });
  await house.publish();
}

/** The moments at which everything is counted, and what there is between two of them. */
async function check(
  points: readonly StatsPoint[],
  events: readonly Event[],
  fits: (offer: Offer) => boolean,
  sources: readonly string[],
) {
  for (const { from, to, ...point } of points) {
    const moves = await movesOf(events, from, to, fits);
    const its = events.filter(({ at, source }) => at > from && at <= to && sources.includes(source));
    expect(point, `until ${new Date(to).toISOString()}`).toEqual({
      ...recounted((await offersAt(to)).filter(fits)),
      ...moves,
      readings: its.length,
    });
  }
}

describe("numbers over time", () => {
  test.each(SEEDS)("are those of each moment, for random histories (seed %i)", async (seed) => {
    const random = seeded(seed);
    const events = await anyHistory(random);
    await decide("hide", "groq/unstated/lab/a");
    await decide("pin", "together/unstated/lab/b", "input_price=7");
    const [first = 0, last = 0] = [events[0]?.at, events.at(-1)?.at];
    for (let window = 0; window < WINDOWS; window += 1) {
      const interval = INTERVALS[random(INTERVALS.length)] ?? "day";
      const since = first + random(20) * DAY_MS;
      const until = last - random(3) * DAY_MS;
      const { all, gateways } = await stats({ interval, since, until });
      await check(all, events, () => true, ["groq", "together"]);
      for (const { gateway, points } of gateways)
        await check(points, events, (offer) => offer.gateway === gateway, [gateway]);
    }
    const ofLab = await stats({ lab: "other", gateways: ["groq"], since: first });
    const isOfLab = ({ gateway, model: of }: Offer) => gateway === "groq" && of.startsWith("other/");
    expect(ofLab.all.length).toBeGreaterThan(8);
    await check(ofLab.all, events, isOfLab, ["groq"]);
  });
});
