/** The shelves of a revision: as saved, or made anew from the ledger where the files are missing, old or damaged. */
import { join } from "node:path";
import type { Catalog } from "../catalog/catalog.ts";
import { copyCatalog, loadCatalog, saveCatalog, savedMark } from "../catalog/saved.ts";
import type { Ledger, Revision, StoredListing } from "../ledger/ledger.ts";
import { decisionsOf, type Decisions } from "./decisions.ts";
import type { LinkedOffer } from "./documents.ts";
import { movingNow } from "./moving.ts";
import { linkedOffers, shelvesOf, type Shelves, type Standing } from "./revision.ts";

/** Where shelves are kept, and what they are made of. */
export interface Shelving {
  readonly ledger: Ledger;
  /** The directory of the saved catalogs. */
  readonly directory: string;
  readonly standings: ReadonlyMap<string, Standing>;
}

/** Everybody, or the operator, who also sees what only his own keys show. */
export type Audience = keyof Shelves;

/** Raise it when the same ledger makes other documents: the past is then built anew before it is compared. */
export const RULES = "5";

/**
 * The latest revision for one audience; nothing before the first. The one that is `out` is not read again, and neither
 * is what is `elsewhere` out for another audience, where both read the same.
 */
export async function currentShelf(
  shelving: Shelving,
  audience: Audience,
  out?: Catalog,
  elsewhere?: Catalog,
): Promise<Catalog | undefined> {
  const latest = await shelving.ledger.latestRevision();
  if (latest === undefined) return undefined;
  const file = fileOf(shelving, audience);
  const isSame = elsewhere?.revision === latest.number && hashesOf(latest)?.[audience] === elsewhere.hash;
  if (isSame && savedMark(file) === elsewhere.mark) return elsewhere;
  const isOut = out?.revision === latest.number && isOf(out, audience, latest);
  // The same revision may have been saved once more, with counters that moved.
  if (isOut && [undefined, out.mark].includes(savedMark(file))) return out;
  const saved = loadCatalog(file);
  // The same content may have been out before under another number.
  if (typeof saved !== "string" && isOf(saved, audience, latest))
    return { ...saved, revision: latest.number, createdAt: latest.createdAt };
  return isOut ? out : (await rebuilt(shelving, latest))[audience];
}

/** What the last revision said to everybody. */
export interface Previous {
  /** As our rules of today make it. */
  readonly today: Catalog;
  /** As it was published, where our rules were others then and the file is still there. */
  readonly published?: Catalog;
}

/** As saved, or as the ledger knew it then. */
export async function previousPublic(shelving: Shelving, latest: Revision): Promise<Previous> {
  const saved = loadCatalog(fileOf(shelving, "public"));
  const published = typeof saved === "string" || publicHashOf(latest) !== saved.hash ? undefined : saved;
  if (published !== undefined && hashesOf(latest) !== undefined) return { today: published };
  const { public: today } = await shelvesThen(shelving, latest);
  return { today, ...(published === undefined ? {} : { published }) };
}

/** Where both audiences read the same, the second file is a copy of the first. */
export function saveShelves(shelving: Shelving, shelves: Shelves): void {
  saveCatalog(fileOf(shelving, "public"), shelves.public);
  if (shelves.public.mark === shelves.operator.mark)
    copyCatalog(fileOf(shelving, "public"), fileOf(shelving, "operator"));
  else saveCatalog(fileOf(shelving, "operator"), shelves.operator);
}

/** This revision as it was saved; nothing where a file is missing, damaged or of another revision. */
export function savedShelves(shelving: Shelving, latest: Revision): Shelves | undefined {
  const hashes = hashesOf(latest);
  const everybody = loadCatalog(fileOf(shelving, "public"));
  if (typeof everybody === "string" || hashes?.public !== everybody.hash) return undefined;
  const operator = hashes.operator === everybody.hash ? everybody : loadCatalog(fileOf(shelving, "operator"));
  if (typeof operator === "string" || hashes.operator !== operator.hash) return undefined;
  return numbered({ public: everybody, operator }, latest);
}

/** Every offer that is, as the ledger holds it now. */
export async function offersNow(shelving: Shelving, decisions: Decisions): Promise<readonly LinkedOffer[]> {
  return offersOf(shelving, shelving.ledger.openListings(), decisions);
}

export function numbered(shelves: Shelves, { number: revision, createdAt }: Revision): Shelves {
  return {
    public: { ...shelves.public, revision, createdAt },
    operator: { ...shelves.operator, revision, createdAt },
  };
}

/** The hash of a revision: our rules, and what each audience reads. */
export function hashOf(shelves: Shelves): string {
  return `${RULES}-${shelves.public.hash}-${shelves.operator.hash}`;
}

function fileOf({ directory }: Shelving, audience: Audience): string {
  return join(directory, `${audience}.catalog`);
}

/** A revision of other rules is as good as its file says: what is out goes on being served until the next publish. */
function isOf(saved: Catalog, audience: Audience, latest: Revision): boolean {
  const hashes = hashesOf(latest);
  return hashes === undefined || hashes[audience] === saved.hash;
}

/** By whatever rules it was made. */
function publicHashOf({ hash }: Revision): string | undefined {
  return hash.split("-")[1];
}

function hashesOf({ hash }: Revision): { readonly [audience in Audience]: string } | undefined {
  const [rules, everybody = "", operator = ""] = hash.split("-");
  return rules === RULES ? { public: everybody, operator } : undefined;
}

/** Where the ledger's past does not make the revision any more, what the ledger holds now stands in for it. */
async function rebuilt(shelving: Shelving, latest: Revision): Promise<Shelves> {
  const past = await shelvesThen(shelving, latest);
  if (hashOf(past) === latest.hash) return past;
  const decisions = decisionsOf(await shelving.ledger.overrides());
  const offers = await offersNow(shelving, decisions);
  return numbered(await shelvesAt(shelving, offers, latest, decisions), latest);
}

/** A revision as the ledger's past makes it. */
async function shelvesThen(shelving: Shelving, revision: Revision): Promise<Shelves> {
  const { knownAt } = revision;
  const decisions = decisionsOf(await shelving.ledger.overrides(knownAt));
  const listings = shelving.ledger.listingsAsOf(knownAt, knownAt);
  return shelvesAt(shelving, await offersOf(shelving, listings, decisions), revision, decisions);
}

async function shelvesAt(
  shelving: Shelving,
  offers: readonly LinkedOffer[],
  { number, createdAt }: Revision,
  decisions: Decisions,
): Promise<Shelves> {
  const former = await shelving.ledger.modelIds(number);
  return shelvesOf(offers, former, await movingNow(shelving), number, createdAt, decisions);
}

async function offersOf(
  { ledger, standings }: Shelving,
  listings: AsyncIterable<StoredListing>,
  decisions: Decisions,
): Promise<readonly LinkedOffer[]> {
  const health = await ledger.health();
  const wholeSources = new Set(health.filter(({ everWhole }) => everWhole).map(({ source }) => source));
  return linkedOffers({ listings, standings, wholeSources, decisions });
}
