/** From the ledger's listings to the content of one revision: merge, link, documents, in one order that never varies. */
import { offerId } from "../domain/offer.ts";
import { beginCatalog, type Counters, type ModelEntry } from "../catalog/build.ts";
import type { Catalog } from "../catalog/catalog.ts";
import type { HubModel } from "../domain/hub-model.ts";
import type { StoredListing } from "../ledger/ledger.ts";
import { linkOffers } from "../match/link.ts";
import type { Claim } from "../merge/claim.ts";
import { mergeClaims, type MergedOffer } from "../merge/merge.ts";
import {
  hubModelDocument,
  linked,
  modelDocument,
  offerDocument,
  type Identity,
  type LinkedOffer,
  type Pinned,
} from "./documents.ts";
import { decisionsToday, isHidden, NO_DECISIONS, withPins, type Decisions } from "./decisions.ts";
import type { FormerModels } from "./former-ids.ts";
import { identities } from "./identity.ts";

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
  readonly decisions?: Decisions;
}

/** Every offer that is, with its model. */
export async function linkedOffers(input: RevisionInput): Promise<readonly LinkedOffer[]> {
  const wholeGateways = new Set(
    [...input.wholeSources].flatMap((source) => ownGateway(input.standings.get(source))),
  );
  const { decisions = NO_DECISIONS } = input;
  const offers: (MergedOffer & Pinned)[] = [];
  let group: StoredListing[] = [];
  const close = () => {
    const [first] = group;
    if (first === undefined) return;
    const claims = group.map((listing) => claimOf(listing, input.standings));
    const { gateway, provider, nativeId } = first;
    const merged = mergeClaims({ gateway, provider, nativeId }, claims, wholeGateways.has(gateway));
    if (merged !== undefined) offers.push(withPins(merged, decisions));
    group = [];
  };
  for await (const listing of input.listings) {
    if (group[0] !== undefined && offerId(group[0]) !== offerId(listing)) close();
    group.push(listing);
  }
  close();
  const links = linkOffers(offers, decisions.aliases);
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

/** What moves beside the offers: it is shown and sorted by, and makes no revision. */
export interface Moving {
  /** By the model's Hub id. */
  readonly counters: ReadonlyMap<string, Counters>;
  /** The Hub's models, served or not, in chunks: read once for each catalog. */
  hubModels(): AsyncIterable<readonly HubModel[]>;
}

/** The catalogs of these offers, which were those other models before. */
export async function shelvesOf(
  offers: readonly LinkedOffer[],
  former: FormerModels,
  moving: Moving,
  revision: number,
  createdAt: number,
  decided: Decisions = NO_DECISIONS,
): Promise<Shelves> {
  const decisions = decisionsToday(decided, offers, former);
  const build = async (shown: readonly LinkedOffer[]) => {
    const known = identities(shown, former);
    const models = Map.groupBy(shown, ({ link }) => link.model);
    const entries = [...models].map(([id, its]) =>
      modelEntry(id, its, decidedOf(id, its, known.get(id), decisions), moving),
    );
    const building = beginCatalog(entries);
    for await (const chunk of moving.hubModels()) {
      const listed = chunk.filter(({ id }) => !decisions.hidden.has(id));
      building.addUnserved(listed.map(hubEntry));
    }
    return building.finish(revision, createdAt);
  };
  const visible = offers.filter((offer) => !isHidden(offer, decisions));
  const operator = await build(visible);
  const shown = visible.filter((offer) => !isAccountOnly(offer));
  return shown.length === visible.length
    ? { public: operator, operator }
    : { public: await build(shown), operator };
}

/** With what an operator decided of the model itself: what stands in its fields, and ids that nobody else has. */
function decidedOf(
  id: string,
  offers: readonly LinkedOffer[],
  { aliases, ...identity }: Identity = { aliases: [] },
  decisions: Decisions,
): Identity {
  const pins = decisions.pins.get(id);
  const named = decisions.aliases.flatMap(({ of, model }) => (model === id && of !== id ? [of] : []));
  const his = named.filter((of) => !offers.some((offer) => offer.id === of));
  return {
    ...identity,
    aliases: [...new Set([...aliases, ...his])].toSorted(),
    ...(pins === undefined ? {} : { pins }),
  };
}

function isAccountOnly({ facts }: LinkedOffer): boolean {
  return facts.visibility === "account";
}

function modelEntry(
  id: string,
  offers: readonly LinkedOffer[],
  identity: Identity,
  { counters }: Moving,
): ModelEntry {
  const document = modelDocument(id, offers, identity);
  const counted = counters.get(id);
  return {
    id,
    aliases: identity.aliases,
    ...(counted === undefined ? {} : { counters: counted }),
    document,
    offers: offers.map((offer) => ({
      id: offer.id,
      ...(offer.isUnseen ? {} : { seenBy: offer.source }),
      document: offerDocument(offer),
    })),
  };
}

/** A model as the Hub lists it: nobody has said that he serves it. */
function hubEntry(model: HubModel): ModelEntry {
  const { id, aliases = [], downloads, likes } = model;
  return {
    id,
    aliases,
    counters: {
      ...(downloads === undefined ? {} : { downloads }),
      ...(likes === undefined ? {} : { likes }),
    },
    document: hubModelDocument(model),
    offers: [],
  };
}

export function claimOf(listing: StoredListing, standings: ReadonlyMap<string, Standing>): Claim {
  const { source, facts, earlier, firstSeen, lastSeen, factsSince, cause, isUnseen } = listing;
  return {
    ...(earlier === undefined ? {} : { earlier }),
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
