/** One offer and one model as every door shows them: the field's words. A field that is undefined is not in the JSON. */
import type { MODEL_FIELDS, OFFER_FIELDS } from "../catalog/documents.ts";
import type { Document } from "../catalog/fields.ts";
import { decimalText, compareDecimals, parseDecimal, shift, type Decimal } from "../domain/decimal.ts";
import type { HubModel } from "../domain/hub-model.ts";
import { licenseOf } from "../domain/license.ts";
import type { Facts } from "../domain/listing.ts";
import { offerId } from "../domain/offer.ts";
import { pinned, type Pin } from "../domain/pin.ts";
import { BILLINGS, perMillion, type Billing, type Price } from "../domain/price.ts";
import type { Link } from "../match/link.ts";
import { ownLabOf } from "../match/gateways.ts";
import type { ModelStanding } from "../merge/authority.ts";
import type { MergedOffer } from "../merge/merge.ts";
import { mergeModel, type Witness } from "../merge/model.ts";

/** Fields that an operator pinned: his word stands in them. */
export interface Pinned {
  readonly pinned?: readonly string[];
}

export interface LinkedOffer extends MergedOffer, Pinned {
  readonly id: string;
  readonly link: Link;
}

/** Fields in the order in which every door shows them. */
type ModelDocument = { readonly [field in (typeof MODEL_FIELDS)[number]]?: unknown };
type OfferDocument = { readonly [field in (typeof OFFER_FIELDS)[number]]?: unknown };

/** `last_seen` is not in it unless the offer was missing when its source was last read: freshness moves without a revision. */
export function offerDocument(offer: LinkedOffer): OfferDocument {
  const { facts } = offer;
  return {
    id: offer.id,
    object: "offer",
    gateway: offer.gateway,
    provider: offer.provider,
    native_id: offer.nativeId,
    model: offer.link.model,
    link: {
      rule: offer.link.rule,
      evidence: offer.link.evidence,
      candidates: offer.link.candidates,
      points_to: offer.link.pointsTo,
    },
    name: facts.name,
    status: facts.status,
    billing: facts.billing,
    attested: offer.attested,
    prices: facts.prices?.map(priceDocument),
    prices_source: offer.pricesSource,
    context_tokens: facts.contextTokens,
    output_tokens_max: facts.outputTokensMax,
    task: facts.task,
    input_modalities: facts.inputModalities,
    output_modalities: facts.outputModalities,
    capabilities: facts.capabilities,
    variant: facts.variant,
    quantization: facts.quantization,
    regions: facts.regions,
    provider_native_id: facts.providerNativeId,
    aliases: facts.aliases,
    deprecated_at: isoTime(facts.deprecatedAt),
    ends_at: isoTime(facts.endsAt),
    successor: facts.successor,
    tags: facts.tags,
    call: facts.call,
    visibility: facts.visibility,
    held: offer.held.length === 0 ? undefined : offer.held,
    pinned: offer.pinned,
    source: offer.source,
    first_seen: isoTime(offer.firstSeen),
    last_seen: offer.isUnseen ? isoTime(offer.lastSeen) : undefined,
  };
}

/** What the matcher knows of a model beside its offers. */
export interface Identity {
  readonly variantOf?: string;
  /** Further ids that lead to it, and to no other. */
  readonly aliases: readonly string[];
  /** What an operator pinned of it. */
  readonly pins?: readonly Pin[];
}

/** `offers` are those of this model, in their order. */
export function modelDocument(
  id: string,
  offers: readonly LinkedOffer[],
  { variantOf, aliases, pins }: Identity,
): ModelDocument {
  const stated = mergeModel(offers.map((offer) => witness(offer, id)));
  const facts = pins === undefined ? stated : pinned(stated, pins);
  const created = facts.createdAt ?? Math.min(...offers.map(({ firstSeen }) => firstSeen));
  return {
    id,
    object: "model",
    created: Math.floor(created / 1_000),
    owned_by: labOf(id) ?? facts.lab ?? "unknown",
    name: facts.name ?? id.slice(id.indexOf("/") + 1),
    description: facts.description,
    task: facts.task,
    input_modalities: facts.inputModalities,
    output_modalities: facts.outputModalities,
    context_tokens: facts.contextTokens,
    output_tokens_max: facts.outputTokensMax,
    capabilities: facts.capabilities,
    license: facts.license,
    open_weights: facts.openWeights,
    parameters: facts.parameters,
    knowledge_cutoff: facts.knowledgeCutoff,
    hugging_face_id: facts.huggingFaceId,
    variant_of: variantOf,
    aliases: aliases.length === 0 ? undefined : aliases,
    tags: tagsOf(offers),
    offers_count: offers.length,
    gateways: [...new Set(offers.map(({ gateway }) => gateway))].toSorted(),
    billings: billingsOf(offers),
    cheapest: cheapestOf(offers),
    pinned: pins?.map(({ field }) => field),
    updated_at: isoTime(Math.max(...offers.map(({ factsSince }) => factsSince))),
    huggingface_metrics: hubDocument(facts.hub),
  };
}

/** A model that the Hub lists and nobody serves. */
export function hubModelDocument(model: HubModel): ModelDocument {
  const { id, createdAt, lastModified } = model;
  const lab = id.includes("/") ? labOf(id) : undefined;
  return {
    id,
    object: "model",
    created: createdAt === undefined ? undefined : Math.floor(createdAt / 1_000),
    owned_by: lab ?? "unknown",
    name: id.slice(id.indexOf("/") + 1),
    task: model.pipelineTag,
    license: model.license === undefined ? undefined : licenseOf(model.license),
    open_weights: true,
    parameters: model.parameters,
    hugging_face_id: id,
    tags: model.tags,
    offers_count: 0,
    gateways: [],
    updated_at: isoTime(lastModified),
    huggingface_metrics: hubDocument(model),
  };
}

/** The counters are added where a catalog is built: they move without a revision. */
function hubDocument(hub: Facts["hub"]): Document | undefined {
  if (hub === undefined) return undefined;
  return {
    gated: hub.gated,
    private: hub.private,
    pipeline_tag: hub.pipelineTag,
    library_name: hub.libraryName,
  };
}

function tagsOf(offers: readonly LinkedOffer[]): readonly string[] | undefined {
  const tags = new Set(offers.flatMap(({ facts }) => facts.tags ?? []));
  return tags.size === 0 ? undefined : [...tags].toSorted();
}

/** In the order of `BILLINGS`; of an offer that does not say how it is paid for, nothing. */
function billingsOf(offers: readonly LinkedOffer[]): readonly Billing[] | undefined {
  const stated = new Set(offers.map(({ facts }) => facts.billing));
  const known = BILLINGS.filter((billing) => billing !== "unknown" && stated.has(billing));
  return known.length === 0 ? undefined : known;
}

function priceDocument(price: Price): Document {
  return {
    meter: price.meter,
    unit: price.unit,
    usd: price.usd,
    per_million: price.unit === "token" ? perMillion(price) : undefined,
    when: price.when,
  };
}

/** An offer as a witness of its model: the lab's own gateway, the Hub by its page, a gateway, or a price list of others. */
export function witness(offer: MergedOffer & { readonly id: string }, model: string): Witness {
  return { ...offer, model, standing: standingOf(offer, model) };
}

function standingOf({ attested, gateway, facts }: MergedOffer, model: string): ModelStanding {
  if (attested === "third-party") return "third-party";
  const lab = ownLabOf(gateway);
  if (lab !== undefined && lab === labOf(model)) return "lab";
  return facts.hub === undefined ? "gateway" : "hub";
}

/** The cheapest stated token prices that hold without a condition. An unknown price is never the cheapest. */
function cheapestOf(offers: readonly LinkedOffer[]): Document | undefined {
  let best:
    | { readonly offer: string; readonly input: Decimal; readonly output: Decimal | undefined }
    | undefined;
  for (const offer of offers) {
    if (offer.facts.billing !== "metered" && offer.facts.billing !== "free") continue;
    const input = plainPrice(offer.facts, "input");
    const output = plainPrice(offer.facts, "output");
    if (input === undefined) continue;
    if (best === undefined || isCheaper({ input, output }, best)) best = { offer: offer.id, input, output };
  }
  if (best === undefined) return undefined;
  return {
    offer: best.offer,
    input_per_million: decimalText(best.input),
    output_per_million: best.output === undefined ? undefined : decimalText(best.output),
  };
}

function isCheaper(
  a: { readonly input: Decimal; readonly output: Decimal | undefined },
  b: typeof a,
): boolean {
  const byInput = compareDecimals(a.input, b.input);
  if (byInput !== 0) return byInput < 0;
  if (a.output === undefined || b.output === undefined)
    return a.output !== undefined && b.output === undefined;
  return compareDecimals(a.output, b.output) < 0;
}

/** What is called free and states no price costs nothing. */
function plainPrice({ billing, prices }: Facts, meter: Price["meter"]): Decimal | undefined {
  if (prices === undefined) return billing === "free" ? parseDecimal("0") : undefined;
  const price = prices.find((one) => one.meter === meter && one.unit === "token" && one.when === undefined);
  const usd = price === undefined ? undefined : parseDecimal(price.usd);
  return usd === undefined ? undefined : shift(usd, 6);
}

function labOf(id: string): string | undefined {
  return id.startsWith("~") ? undefined : id.slice(0, id.indexOf("/"));
}

/** Most instants are those of a few runs: each is spelled once. */
const spelled = new Map<number, string>();
const SPELLED_MAX = 10_000;

function isoTime(ms: number | undefined): string | undefined {
  if (ms === undefined) return undefined;
  const known = spelled.get(ms);
  if (known !== undefined) return known;
  if (spelled.size >= SPELLED_MAX) spelled.clear();
  const text = new Date(ms).toISOString().replace(".000Z", "Z");
  spelled.set(ms, text);
  return text;
}

/** The id of a linked offer is that of its key. */
export function linked(offer: MergedOffer, link: Link): LinkedOffer {
  return { ...offer, id: offerId(offer), link };
}
