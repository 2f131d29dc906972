/** How right a source's prices are: of a third party's beside the gateways' own lists nearest its date, of an own list's beside what is served. */
import type { Accuracy, PriceDifference } from "../domain/accuracy.ts";
import { offerId } from "../domain/offer.ts";
import { perMillion, type Meter, type Price } from "../domain/price.ts";
import type { Ledger, StoredListing } from "../ledger/ledger.ts";
import type { StoredVersion } from "../ledger/recall.ts";
import { mergeClaims } from "../merge/merge.ts";
import { claimOf, type Standing } from "./revision.ts";

/** A price that is off by more than this would be noticed on a bill. */
const WRONG_ABOVE = 0.02;
const SHOWN_MAX = 1_000;
const VERSIONS_MAX = 500_000;

export async function accuracyOf(
  {
    ledger,
    standings,
  }: {
    readonly ledger: Pick<Ledger, "openListings" | "health" | "versionsOf">;
    readonly standings: ReadonlyMap<string, Standing>;
  },
  source: string,
  now: number,
): Promise<Accuracy> {
  const authority = standings.get(source)?.authority ?? "own";
  const said = await saidOf(ledger.openListings(), source);
  const claims = [...said.values()].flatMap((its) => its.find((one) => one.source === source) ?? []);
  const versions = Map.groupBy(await ledger.versionsOf(claims, now, VERSIONS_MAX), offerId);
  const health = await ledger.health();
  const readAt = new Map(health.map(({ source: id, lastApplied }) => [id, lastApplied?.observedAt]));
  const whole = new Set(
    health.flatMap(({ source: id, everWhole }) => (everWhole ? ownGatewayOf(standings.get(id)) : [])),
  );
  const counts = { compared: 0, unlisted: 0, unpriced: 0, unread: 0 };
  const differences = claims.flatMap((claim): readonly PriceDifference[] => {
    const id = offerId(claim);
    const priced = tokenPrices(claim.facts.prices);
    if (priced.size === 0) return [];
    const own = (versions.get(id) ?? []).filter(
      (version) => version.source !== source && standings.get(version.source)?.authority === "own",
    );
    const reference =
      authority === "own"
        ? servedNow(said.get(id) ?? [], standings, claim.lastSeen)
        : nearest(own, claim.lastSeen, readAt);
    if (reference === undefined) counts[whole.has(claim.gateway) ? "unlisted" : "unread"] += 1;
    else if (tokenPrices(reference.prices).size === 0) counts.unpriced += 1;
    else counts.compared += 1;
    return reference === undefined ? [] : differencesOf(id, priced, reference, own);
  });
  const at = claims[0]?.lastSeen;
  return { source, authority, ...(at === undefined ? {} : { at }), ...counts, ...summed(differences) };
}

function summed(differences: readonly PriceDifference[]) {
  const offersOf = (list: readonly PriceDifference[]) => new Set(list.map(({ offer }) => offer)).size;
  const wrong = differences.filter(({ isWrong }) => isWrong);
  const neverTrue = wrong.filter(({ wasOnceTrue }) => !wasOnceTrue);
  return {
    differing: offersOf(differences),
    wrong: offersOf(wrong),
    onceTrue: offersOf(wrong) - offersOf(neverTrue),
    differences: differences.toSorted((a, b) => (b.off ?? 0) - (a.off ?? 0)).slice(0, SHOWN_MAX),
  };
}

/** By offer id, all that is said now of the offers of this source. They come in the order of their keys. */
async function saidOf(
  listings: AsyncIterable<StoredListing>,
  source: string,
): Promise<ReadonlyMap<string, readonly StoredListing[]>> {
  const said = new Map<string, readonly StoredListing[]>();
  let group: StoredListing[] = [];
  const close = () => {
    if (group[0] !== undefined && group.some((one) => one.source === source))
      said.set(offerId(group[0]), group);
    group = [];
  };
  for await (const listing of listings) {
    if (group[0] !== undefined && offerId(group[0]) !== offerId(listing)) close();
    group.push(listing);
  }
  close();
  return said;
}

function servedNow(
  said: readonly StoredListing[],
  standings: ReadonlyMap<string, Standing>,
  at: number,
): Reference | undefined {
  const [key] = said;
  if (key === undefined) return undefined;
  const claims = said.map((one) => claimOf(one, standings));
  const merged = mergeClaims(key, claims, false);
  return merged === undefined
    ? undefined
    : { prices: merged.facts.prices, name: merged.pricesSource ?? merged.source, at };
}

function ownGatewayOf(standing: Standing | undefined): readonly string[] {
  return standing?.authority === "own" ? [standing.gateway] : [];
}

interface Reference {
  readonly prices: readonly Price[] | undefined;
  readonly name: string;
  readonly at: number;
}

/** What the gateway's own list said at that time; where it was not read yet, what it said first after it. */
function nearest(
  own: readonly StoredVersion[],
  at: number,
  readAt: ReadonlyMap<string, number | undefined>,
): Reference | undefined {
  const then = own.findLast(({ since, until }) => since <= at && (until === undefined || until > at));
  const after = own.find(({ since }) => since > at);
  const version = then ?? after ?? own.findLast(({ until }) => until !== undefined && until <= at);
  if (version === undefined) return undefined;
  const { source: name, since, until } = version;
  const seenUntil = until ?? readAt.get(name) ?? since;
  return { prices: version.facts.prices, name, at: Math.max(since, Math.min(at, seenUntil)) };
}

function differencesOf(
  offer: string,
  priced: ReadonlyMap<Meter, Price>,
  reference: Reference,
  own: readonly StoredVersion[],
): readonly PriceDifference[] {
  const stated = tokenPrices(reference.prices);
  return [...priced].flatMap(([meter, says]) => {
    const is = stated.get(meter);
    if (is === undefined || is.usd === says.usd) return [];
    const [claimed, real] = [Number(says.usd), Number(is.usd)];
    const off = real === 0 ? undefined : Math.abs(claimed - real) / real;
    return [
      {
        offer,
        meter,
        says: perMillion(says),
        is: perMillion(is),
        ...(off === undefined ? {} : { off }),
        isWrong: off === undefined || off > WRONG_ABOVE,
        wasOnceTrue: own.some(({ facts }) => tokenPrices(facts.prices).get(meter)?.usd === says.usd),
        reference: reference.name,
        referenceAt: reference.at,
      },
    ];
  });
}

/** What a token costs without a condition, in and out. */
function tokenPrices(prices: readonly Price[] = []): ReadonlyMap<Meter, Price> {
  const plain = prices.filter(
    ({ meter, unit, when }) =>
      unit === "token" && when === undefined && (meter === "input" || meter === "output"),
  );
  return new Map(plain.map((price) => [price.meter, price]));
}
