/**
 * Tells what changed in a past that was imported: the catalog is built just before and at each moment of it, by the path and the
 * rules of a publish, and what differs is written down as of that moment. It is history: no watch, feed or stream announces it.
 */
import type { Catalog } from "../catalog/catalog.ts";
import type { Change } from "../domain/change.ts";
import { offerId } from "../domain/offer.ts";
import type { Runtime } from "../kit/runtime.ts";
import type { Ledger, Lease, StoredListing } from "../ledger/ledger.ts";
import type { SourceThen } from "../ledger/moments.ts";
import type { UntoldMoment } from "../ledger/untold.ts";
import { changesBetween, type Origin } from "./changes.ts";
import { decisionsOf, type Decisions } from "./decisions.ts";
import type { LinkedOffer } from "./documents.ts";
import type { FormerModels } from "./former-ids.ts";
import { withoutOffers } from "./quiet.ts";
import { linkedOffers, shelvesOf } from "./revision.ts";
import type { Shelving } from "./shelves.ts";

export interface TellContext extends Pick<Shelving, "ledger" | "standings"> {
  readonly runtime: Runtime;
  readonly holder: string;
  isGone?(holder: string): boolean;
  /** Between two moments: what is not told by then waits for the next import. */
  readonly signal: AbortSignal;
  onMoment(at: number): void;
}

const LEASE = "past";
/** No moment takes longer. */
const LEASE_MS = 10 * 60_000;
const LEASE_POLL_MS = 200;

/** How many changes were told: none before the first revision. Whoever comes while another process tells waits for it. */
export async function tellPast(context: TellContext): Promise<number> {
  const { ledger, runtime, holder, signal } = context;
  if ((await ledger.past.untold()) === undefined || (await ledger.latestRevision()) === undefined) return 0;
  const take = () => ledger.takeLease(LEASE, holder, runtime.now(), LEASE_MS, context.isGone);
  let lease = await take();
  while (lease === undefined && !signal.aborted) {
    await runtime.sleep(LEASE_POLL_MS, signal).catch(() => undefined);
    lease = await take();
  }
  if (lease === undefined) return 0;
  try {
    const rules = await rulesOf(context);
    let told = 0;
    let last: Told | undefined;
    let moment = await ledger.past.untold();
    while (moment !== undefined && !signal.aborted) {
      context.onMoment(moment.at);
      last = await tellMoment(rules, moment, last, lease);
      told += last.changes;
      const isHeld = (await ledger.renewLease(lease, runtime.now(), LEASE_MS)) !== undefined;
      moment = isHeld ? await ledger.past.untold() : undefined;
    }
    return told;
  } finally {
    await ledger.releaseLease(lease);
  }
}

/** What every moment is built with: what is known, decided and called what today. */
interface Rules extends Pick<Shelving, "ledger" | "standings"> {
  readonly knownAt: number;
  readonly decisions: Decisions;
  readonly former: FormerModels;
}

async function rulesOf({ ledger, standings, runtime }: TellContext): Promise<Rules> {
  const latest = await ledger.latestRevision();
  return {
    ledger,
    standings,
    knownAt: runtime.now(),
    decisions: decisionsOf(await ledger.overrides()),
    former: await ledger.modelIds(latest?.number ?? 0),
  };
}

/** What was told last: the next moment begins where it ends, if nothing was read between them. */
interface Told {
  readonly at: number;
  readonly catalog: Catalog;
  readonly changes: number;
}

async function tellMoment(
  rules: Rules,
  moment: UntoldMoment,
  last: Told | undefined,
  lease: Lease,
): Promise<Told> {
  const { ledger, knownAt } = rules;
  const { at, sources } = moment;
  const told = new Set(sources.map(({ source }) => source));
  const earlier = await ledger.sourcesAt({ asOf: at - 1, knownAt });
  const read = await ledger.sourcesAt({ asOf: at, knownAt });
  // What others said at the same instant is no change of this moment: it is true on both sides of it.
  const others = new Set(
    read.flatMap(({ source, lastRead }) => (lastRead === at && !told.has(source) ? [source] : [])),
  );
  const isMet = last !== undefined && others.size === 0 && lastReadOf(earlier) === last.at;
  const before = isMet ? last.catalog : (await builtBefore(rules, at, { others, earlier, read })).catalog;
  const after = await built(rules, at, ledger.listingsAsOf(at, knownAt), read);
  const changes = await changesAt(rules, moment, before, after);
  await ledger.past.tell(moment, changes, lease);
  return { at, catalog: after.catalog, changes: changes.length };
}

interface Built {
  readonly catalog: Catalog;
  readonly offers: readonly LinkedOffer[];
}

async function built(
  { standings, decisions, former }: Rules,
  at: number,
  listings: AsyncIterable<StoredListing>,
  sources: readonly SourceThen[],
): Promise<Built> {
  const wholeSources = new Set(sources.flatMap(({ source, everWhole }) => (everWhole ? [source] : [])));
  const offers = await linkedOffers({ listings, standings, wholeSources, decisions });
  const { public: catalog } = await shelvesOf(offers, former, NOTHING_MOVES, 0, at, decisions);
  return { catalog, offers };
}

const NOTHING_MOVES = { counters: new Map(), hubModels: nobody };

async function* nobody(): AsyncGenerator<never> {}

/** The moment but for what these sources said at it. */
async function builtBefore(
  rules: Rules,
  at: number,
  {
    others,
    earlier,
    read,
  }: {
    readonly others: ReadonlySet<string>;
    readonly earlier: readonly SourceThen[];
    readonly read: readonly SourceThen[];
  },
): Promise<Built> {
  const { ledger, knownAt } = rules;
  const then = ledger.listingsAsOf(at - 1, knownAt);
  if (others.size === 0) return built(rules, at, then, earlier);
  const [gone, here] = [await Array.fromAsync(then), await Array.fromAsync(ledger.listingsAsOf(at, knownAt))];
  const mixed = [
    ...gone.filter(({ source }) => !others.has(source)),
    ...here.filter(({ source }) => others.has(source)),
  ];
  const sources = [
    ...earlier.filter(({ source }) => !others.has(source)),
    ...read.filter(({ source }) => others.has(source)),
  ];
  return built(rules, at, inOrder(mixed), sources);
}

/** As the ledger lists them: by the bytes of their keys. */
async function* inOrder(listings: readonly StoredListing[]): AsyncGenerator<StoredListing> {
  const parts = ({ gateway, provider, nativeId, source }: StoredListing) =>
    [gateway, provider, nativeId, source].map((part) => Buffer.from(part));
  const keyed = listings.map((listing) => ({ listing, key: parts(listing) }));
  keyed.sort((a, b) => {
    for (const [index, part] of a.key.entries()) {
      const order = Buffer.compare(part, b.key[index] ?? Buffer.alloc(0));
      if (order !== 0) return order;
    }
    return 0;
  });
  for (const { listing } of keyed) yield listing;
}

async function changesAt(
  { ledger, knownAt }: Rules,
  { at, sources }: UntoldMoment,
  before: Catalog,
  after: Built,
): Promise<readonly Change[]> {
  const causes = new Map(
    sources.flatMap(({ source, cause }) => (cause === undefined ? [] : [[source, cause] as const])),
  );
  const origins = new Map<string, Origin>(
    after.offers.flatMap(({ id, source, factsSince, cause, hasPast }) =>
      factsSince === at ? [[id, { cause: causes.get(source) ?? cause, isReturned: hasPast }] as const] : [],
    ),
  );
  for (const [id, cause] of await ledger.past.endedAt(at))
    if (!origins.has(id)) origins.set(id, { cause, isReturned: false });
  const changes = changesBetween(before, after.catalog, (id) => origins.get(id));
  const bounds = new Map(
    sources.flatMap(({ source, onlyBefore }) => (onlyBefore === undefined ? [] : [[source, onlyBefore]])),
  );
  return bounds.size === 0 ? changes : withoutOffers(changes, await toldAlready(ledger, at, knownAt, bounds));
}

/** The offers of which the present told itself what these sources said at this moment: all but those that the past left standing. */
async function toldAlready(
  ledger: Ledger,
  at: number,
  knownAt: number,
  bounds: ReadonlyMap<string, number>,
): Promise<ReadonlySet<string>> {
  const ofPast = new Set<string>();
  const stated = new Set<string>();
  for (const asOf of [at - 1, at])
    for await (const listing of ledger.listingsAsOf(asOf, knownAt)) {
      const bound = bounds.get(listing.source);
      if (bound === undefined) continue;
      const id = offerId(listing);
      stated.add(id);
      if (asOf < at && listing.factsSince < bound) ofPast.add(id);
    }
  return stated.difference(ofPast);
}

function lastReadOf(sources: readonly SourceThen[]): number {
  return Math.max(-Infinity, ...sources.map(({ lastRead }) => lastRead));
}
