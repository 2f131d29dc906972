/** The offers at which a usage is costed: one model's, or all that fit a question; and how they are ranked. */
import type { Catalog, Shelf } from "../../../catalog/catalog.ts";
import { readDocument } from "../../../catalog/documents.ts";
import { findOffers, modelRow } from "../../../catalog/find.ts";
import { OFFER_FILTERS } from "../../../catalog/parameters.ts";
import { OfferQuery } from "../../../catalog/query.ts";
import { rowsOf } from "../../../catalog/table/row-set.ts";
import type { Costed, PricedOffer, Reason } from "../../../cost/cost.ts";
import { compareDecimals, parseDecimal } from "../../../domain/decimal.ts";
import type { Call } from "../../../domain/offer.ts";
import type { Billing, Price } from "../../../domain/price.ts";
import type { Application } from "../../application.ts";
import { oneModel } from "./model.ts";
import { readQuestion, refuseUnknown } from "./question.ts";
import { currentShelf } from "./revision.ts";
import { refuseUnknownWords } from "./vocabulary.ts";

/** What stands for a usage where none is stated: three tokens in for one out, as the field compares. */
export const DEFAULT_MIX = { input: "3M", output: "1M" } as const;

/** The model is asked for beside them. */
const FILTERS = OFFER_FILTERS.flatMap(({ name }) => (name === "model" ? [] : [name]));

/** An offer, as far as its cost is concerned. */
export interface Offer {
  readonly id: string;
  readonly gateway: string;
  readonly provider: string;
  readonly model?: string;
  readonly attested?: string;
  readonly prices_source?: string;
  readonly status?: string;
  readonly billing?: Billing;
  readonly prices?: readonly Price[];
  readonly variant?: string;
  readonly context_tokens?: number;
  readonly call?: Call;
}

export interface OffersAsked {
  readonly shelf: Shelf;
  /** The model's own id, where one was named. */
  readonly model?: string;
  readonly offers: readonly Offer[];
}

/** Throws `NoSuchModel`, `BadQuestion` for a filter that is none, and `NotReady` before the first revision. */
export function offersAsked(
  application: Application,
  { model, offers }: { readonly model?: string | undefined; readonly offers?: Filters | undefined },
): OffersAsked {
  const shelf = currentShelf(application);
  const named = model === undefined ? {} : { model: oneModel(application, model).id };
  if (offers === undefined && named.model !== undefined)
    return { shelf, ...named, offers: offersOfModel(shelf.catalog, named.model) };
  const stated = new Map(Object.entries(offers ?? {}).map(([name, value]) => [name, String(value)]));
  refuseUnknown("filter", [...stated.keys()], FILTERS);
  const query: OfferQuery = { ...readQuestion(OfferQuery, stated), ...named };
  refuseUnknownWords(application, shelf.catalog, "offer", query);
  const rows = rowsOf(findOffers(shelf.catalog, query).rows);
  return { shelf, ...named, offers: Array.from(rows, (row) => offerAt(shelf.catalog, row)) };
}

export type Filters = { readonly [parameter: string]: string | number | boolean };

function offersOfModel(catalog: Catalog, id: string): readonly Offer[] {
  const row = modelRow(catalog, id);
  if (row === undefined) return [];
  const { from, to } = catalog.offering.childrenOf(row);
  return Array.from({ length: to - from }, (_, index) => offerAt(catalog, from + index));
}

/** By row; read out of its document once for each catalog, because a question may be about all of them. */
const known = new WeakMap<Catalog, (Offer | undefined)[]>();

function offerAt(catalog: Catalog, row: number): Offer {
  const read = known.get(catalog) ?? [];
  known.set(catalog, read);
  const before = read[row];
  if (before !== undefined) return before;
  const offer = offerOf(readDocument(catalog.offers.documentAt(row)) as unknown as Offer);
  read[row] = offer;
  return offer;
}

/** Without what a cost has no use for: all of them are kept. The document is our own, and has these fields. */
function offerOf({
  id,
  gateway,
  provider,
  model,
  attested,
  prices_source,
  status,
  billing,
  prices,
  variant,
  context_tokens,
  call,
}: Offer): Offer {
  const offer = { id, gateway, provider, model, attested, prices_source, status };
  return withoutUnknown({ ...offer, billing, prices, variant, context_tokens, call });
}

function withoutUnknown(offer: { readonly [field in keyof Offer]: Offer[field] | undefined }): Offer {
  // What is left out is what an offer need not have.
  return Object.fromEntries(
    Object.entries(offer).filter(([, value]) => value !== undefined),
  ) as unknown as Offer;
}

/** The same offers as they were at an earlier time; those that were not there then are not in it. */
export async function offersAt(
  { provenance }: Application,
  offers: readonly Offer[],
  at: number,
  now: number,
): Promise<readonly Offer[]> {
  const then = await provenance.offersAt(
    offers.map(({ id }) => id),
    at,
    now,
  );
  return then.map(({ id, gateway, provider, attested, pricesSource, facts }) =>
    withoutUnknown({
      id,
      gateway,
      provider,
      attested,
      prices_source: pricesSource,
      status: facts.status,
      billing: facts.billing,
      prices: facts.prices,
      variant: facts.variant,
      context_tokens: facts.contextTokens,
      call: facts.call,
    }),
  );
}

export function pricedOf({ context_tokens: contextTokens, billing, prices, variant }: Offer): PricedOffer {
  return {
    ...(billing === undefined ? {} : { billing }),
    ...(prices === undefined ? {} : { prices }),
    ...(variant === undefined ? {} : { variant }),
    ...(contextTokens === undefined ? {} : { contextTokens }),
  };
}

/** The cheapest first; equals by id. */
export function ranked<One extends { readonly offer: Offer; readonly costed: { readonly usd: string } }>(
  priced: readonly One[],
): readonly One[] {
  return priced
    .map((one) => ({ one, usd: parseDecimal(one.costed.usd) ?? { digits: 0n, scale: 0 } }))
    .toSorted((a, b) => compareDecimals(a.usd, b.usd) || (a.one.offer.id < b.one.offer.id ? -1 : 1))
    .map(({ one }) => one);
}

export function countedReasons(
  unpriced: readonly { readonly costed: Extract<Costed, { readonly reason: Reason }> }[],
): { readonly [reason in Reason]?: number } {
  const counts: { [reason in Reason]?: number } = {};
  for (const { costed } of unpriced) counts[costed.reason] = (counts[costed.reason] ?? 0) + 1;
  return counts;
}
