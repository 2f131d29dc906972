/** From the ledger's listings to the content of one revision: merge, link, documents, in one order that never varies. */
import { offerId } from "../domain/offer.ts";
import { buildCatalog, type ModelEntry } from "../catalog/build.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { StoredListing } from "../ledger/ledger.ts";
import { isLabName, linkOffers } from "../match/link.ts";
import type { Claim } from "../merge/claim.ts";
import { mergeClaims, type MergedOffer } from "../merge/merge.ts";
import { linked, modelDocument, offerDocument, type LinkedOffer } from "./documents.ts";

/** What publishing needs to know of a source. */
export interface Standing {
  readonly authority: "own" | "third-party";
  readonly gateway: string;
}

export interface RevisionInput {
  /** Ordered by gateway, provider, native id and source. */
  readonly listings: AsyncIterable<StoredListing>;
  readonly standings: ReadonlyMap<string, Standing>;
  /** Sources whose list was once read whole. */
  readonly wholeSources: ReadonlySet<string>;
}

/** Every offer that is, with its model. */
export async function linkedOffers(input: RevisionInput): Promise<readonly LinkedOffer[]> {
  const wholeGateways = new Set(
    [...input.wholeSources].flatMap((source) => ownGateway(input.standings.get(source))),
  );
  const offers: MergedOffer[] = [];
  let group: StoredListing[] = [];
  const close = () => {
    const [first] = group;
    if (first === undefined) return;
    const claims = group.map((listing) => claimOf(listing, input.standings));
    const { gateway, provider, nativeId } = first;
    const merged = mergeClaims({ gateway, provider, nativeId }, claims, wholeGateways.has(gateway));
    if (merged !== undefined) offers.push(merged);
    group = [];
  };
  for await (const listing of input.listings) {
    if (group[0] !== undefined && offerId(group[0]) !== offerId(listing)) close();
    group.push(listing);
  }
  close();
  const links = linkOffers(offers);
  return offers.flatMap((offer, index) => {
    const link = links[index];
    return link === undefined ? [] : [linked(offer, link)];
  });
}

/** The two readers of a revision: everybody, and the operator, who also sees what only his own keys show. */
export interface Shelves {
  readonly public: Catalog;
  readonly operator: Catalog;
}

/** The catalogs of these offers: models with the most offers first. */
export function shelvesOf(offers: readonly LinkedOffer[], revision: number, createdAt: number): Shelves {
  const byModel = Map.groupBy(offers, ({ link }) => link.model);
  const all = [...byModel].map(([id, its]) => modelEntry(id, its));
  const operator = buildCatalog(all.toSorted(byOffers), revision, createdAt);
  if (!offers.some(isAccountOnly)) return { public: operator, operator };
  const shown = all.flatMap((entry) => {
    const its = byModel.get(entry.id) ?? [];
    if (!its.some(isAccountOnly)) return [entry];
    const rest = its.filter((offer) => !isAccountOnly(offer));
    return rest.length === 0 ? [] : [modelEntry(entry.id, rest)];
  });
  return { public: buildCatalog(shown.toSorted(byOffers), revision, createdAt), operator };
}

function isAccountOnly({ facts }: LinkedOffer): boolean {
  return facts.visibility === "account";
}

function byOffers(a: ModelEntry, b: ModelEntry): number {
  return b.offers.length - a.offers.length || (a.id < b.id ? -1 : 1);
}

function modelEntry(id: string, offers: readonly LinkedOffer[]): ModelEntry {
  const document = modelDocument(id, offers);
  const aliases = [...new Set(offers.flatMap(aliasesOf))].filter((alias) => alias !== id).toSorted();
  return {
    id,
    texts: [id, document.name, ...aliases],
    aliases,
    document: json(document),
    offers: offers.map((offer) => ({
      id: offer.id,
      gateway: offer.gateway,
      provider: offer.provider,
      ...(offer.isUnseen ? {} : { seenBy: offer.source }),
      document: json(offerDocument(offer)),
    })),
  };
}

function json(document: object): Uint8Array {
  return Buffer.from(JSON.stringify(document));
}

/** Further ids under which the model is known: those that look like a model's id. */
function aliasesOf({ nativeId, facts }: LinkedOffer): readonly string[] {
  return [nativeId, facts.canonicalId, facts.huggingFaceId].filter(
    (id) => id !== undefined && isLabName(id),
  ) as string[];
}

function claimOf(listing: StoredListing, standings: ReadonlyMap<string, Standing>): Claim {
  const { source, facts, firstSeen, lastSeen, factsSince, cause, isUnseen } = listing;
  return {
    source,
    authority: standings.get(source)?.authority ?? "own",
    facts,
    firstSeen,
    lastSeen,
    isUnseen,
    factsSince,
    cause,
    held: listing.held ?? [],
  };
}

function ownGateway(standing: Standing | undefined): readonly string[] {
  return standing?.authority === "own" ? [standing.gateway] : [];
}
