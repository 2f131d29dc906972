/** Ledger → catalog: one revision, the changes from the one before, and the files that a restart reads. */
import { join } from "node:path";
import type { Catalog } from "../catalog/catalog.ts";
import { loadCatalog, saveCatalog } from "../catalog/saved.ts";
import type { Runtime } from "../kit/runtime.ts";
import type { Ledger, Revision, StoredListing } from "../ledger/ledger.ts";
import { changesBetween, type Origin } from "./changes.ts";
import type { LinkedOffer } from "./documents.ts";
import { linkedOffers, shelvesOf, type Shelves, type Standing } from "./revision.ts";

export interface PublishContext {
  readonly ledger: Ledger;
  readonly runtime: Runtime;
  /** The directory of the saved catalogs. */
  readonly directory: string;
  readonly standings: ReadonlyMap<string, Standing>;
  readonly holder: string;
  /** True where a holder is a process that is known to have died. */
  isGone?(holder: string): boolean;
}

export interface Published extends Shelves {
  readonly revision: Revision;
  /** False where the content is the same as before: no revision was minted. */
  readonly isNew: boolean;
  readonly changes: number;
}

/** Raise it when the same ledger makes other documents: the past is then built anew before it is compared. */
const RULES = "1";
const LEASE = "publish";
const LEASE_MS = 120_000;
const LEASE_POLL_MS = 100;

/** Publishes what the ledger holds now. Two publishers wait for each other. */
export async function publish(context: PublishContext): Promise<Published> {
  const { ledger, runtime, holder } = context;
  const take = () => ledger.takeLease(LEASE, holder, runtime.now(), LEASE_MS, context.isGone);
  let lease = await take();
  while (lease === undefined) {
    await runtime.sleep(LEASE_POLL_MS);
    lease = await take();
  }
  try {
    const createdAt = runtime.now();
    const latest = await ledger.latestRevision();
    const offers = await offersNow(context);
    const number = (latest?.number ?? 0) + 1;
    const built = shelvesOf(offers, number, createdAt);
    const hash = hashOf(built);
    if (latest?.hash === hash) {
      const shelves = numbered(built, latest);
      saveShelves(context.directory, shelves);
      return { ...shelves, revision: latest, isNew: false, changes: 0 };
    }
    const before = await previousPublic(context, latest);
    const origins = originsOf(offers);
    const changes = before === undefined ? [] : changesBetween(before, built.public, (id) => origins.get(id));
    const [lastRun] = await ledger.runs({ limit: 1 });
    const revision = await ledger.commitRevision(
      {
        hash,
        createdAt,
        knownAt: createdAt,
        runId: lastRun?.id ?? 0,
        models: built.public.columns.modelIds.length,
        offers: built.public.columns.offerIds.length,
      },
      changes,
      lease,
    );
    const shelves = numbered(built, revision);
    saveShelves(context.directory, shelves);
    return { ...shelves, revision, isNew: true, changes: changes.length };
  } finally {
    await ledger.releaseLease(lease);
  }
}

/**
 * The latest revision: as saved, or, where the files are missing, old or damaged, made anew from what the ledger
 * knew then. Where the ledger's past does not make it any more, what the ledger holds now stands in for it.
 */
export async function currentShelves(context: PublishContext): Promise<Shelves | undefined> {
  const saved = loadShelves(context.directory);
  const latest = await context.ledger.latestRevision();
  if (latest === undefined) return undefined;
  if (saved !== undefined && (hashOf(saved) === latest.hash || !latest.hash.startsWith(`${RULES}-`)))
    return saved;
  const past = await shelvesThen(context, latest);
  if (hashOf(past) === latest.hash) return past;
  return numbered(shelvesOf(await offersNow(context), latest.number, latest.createdAt), latest);
}

/** The saved shelves, as far as they are whole. */
export function loadShelves(directory: string): Shelves | undefined {
  const everybody = loadCatalog(join(directory, "public.catalog"));
  const operator = loadCatalog(join(directory, "operator.catalog"));
  return typeof everybody === "string" || typeof operator === "string"
    ? undefined
    : { public: everybody, operator };
}

function saveShelves(directory: string, shelves: Shelves): void {
  saveCatalog(join(directory, "public.catalog"), shelves.public);
  saveCatalog(join(directory, "operator.catalog"), shelves.operator);
}

async function offersNow(context: PublishContext): Promise<readonly LinkedOffer[]> {
  return offersOf(context, context.ledger.openListings());
}

async function offersOf(
  { ledger, standings }: PublishContext,
  listings: AsyncIterable<StoredListing>,
): Promise<readonly LinkedOffer[]> {
  const health = await ledger.health();
  const wholeSources = new Set(health.filter(({ everWhole }) => everWhole).map(({ source }) => source));
  return linkedOffers({ listings, standings, wholeSources });
}

/** What the last revision said to everybody: as saved, or as the ledger knew it then. */
async function previousPublic(
  context: PublishContext,
  latest: Revision | undefined,
): Promise<Catalog | undefined> {
  if (latest === undefined) return undefined;
  const saved = loadShelves(context.directory);
  if (saved !== undefined && hashOf(saved) === latest.hash) return saved.public;
  return (await shelvesThen(context, latest)).public;
}

/** A revision as the ledger's past makes it. */
async function shelvesThen(
  context: PublishContext,
  { number, createdAt, knownAt }: Revision,
): Promise<Shelves> {
  const listings = context.ledger.listingsAsOf(knownAt, knownAt);
  return shelvesOf(await offersOf(context, listings), number, createdAt);
}

function numbered(shelves: Shelves, { number: revision, createdAt }: Revision): Shelves {
  return {
    public: { ...shelves.public, revision, createdAt },
    operator: { ...shelves.operator, revision, createdAt },
  };
}

function hashOf(shelves: Shelves): string {
  return `${RULES}-${shelves.public.hash}-${shelves.operator.hash}`;
}

/** An offer that is new to the catalog and known to the ledger from before has returned. */
function originsOf(offers: readonly LinkedOffer[]): ReadonlyMap<string, Origin> {
  return new Map(offers.map((offer) => [offer.id, { cause: offer.cause, isReturned: offer.hasPast }]));
}
