/** One offer and one model as every door shows them: the field's words. A field that is undefined is not in the JSON. */
import { decimalText, compareDecimals, parseDecimal, shift, type Decimal } from "../domain/decimal.ts";
import type { Facts } from "../domain/listing.ts";
import { offerId } from "../domain/offer.ts";
import { perMillion, type Price } from "../domain/price.ts";
import type { Link } from "../match/link.ts";
import type { MergedOffer } from "../merge/merge.ts";

export interface LinkedOffer extends MergedOffer {
  readonly id: string;
  readonly link: Link;
}

type Document = { readonly [field: string]: unknown };

/** `last_seen` is not in it unless the offer was missing when its source was last read: freshness moves without a revision. */
export function offerDocument(offer: LinkedOffer): Document {
  const { facts } = offer;
  return {
    id: offer.id,
    object: "offer",
    gateway: offer.gateway,
    provider: offer.provider,
    native_id: offer.nativeId,
    model: offer.link.model,
    link: { rule: offer.link.rule, evidence: offer.link.evidence },
    name: facts.name,
    status: facts.status,
    billing: facts.billing,
    attested: offer.attested,
    prices: facts.prices?.map(priceDocument),
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
    source: offer.source,
    first_seen: isoTime(offer.firstSeen),
    last_seen: offer.isUnseen ? isoTime(offer.lastSeen) : undefined,
  };
}

/** `offers` are those of this model, in their order. */
export function modelDocument(
  id: string,
  offers: readonly LinkedOffer[],
): Document & { readonly name: string } {
  const ranked = offers.toSorted(byWordOnModels);
  const word = <Name extends keyof Facts>(name: Name) =>
    ranked.find(({ facts }) => facts[name] !== undefined)?.facts[name];
  const created = word("createdAt") ?? Math.min(...offers.map(({ firstSeen }) => firstSeen));
  return {
    id,
    object: "model",
    created: Math.floor(created / 1_000),
    owned_by: labOf(id) ?? word("lab") ?? "unknown",
    name: word("name") ?? id.slice(id.indexOf("/") + 1),
    description: word("description"),
    task: word("task"),
    input_modalities: word("inputModalities"),
    output_modalities: word("outputModalities"),
    context_tokens: largest(offers.map(({ facts }) => facts.contextTokens)),
    output_tokens_max: largest(offers.map(({ facts }) => facts.outputTokensMax)),
    capabilities: capabilitiesOf(offers),
    license: word("license"),
    open_weights: word("openWeights"),
    parameters: word("parameters"),
    knowledge_cutoff: word("knowledgeCutoff"),
    hugging_face_id: word("huggingFaceId"),
    offers_count: offers.length,
    gateways: [...new Set(offers.map(({ gateway }) => gateway))].toSorted(),
    cheapest: cheapestOf(offers),
    updated_at: isoTime(Math.max(...offers.map(({ factsSince }) => factsSince))),
    huggingface_metrics: hubDocument(word("hub")),
  };
}

/** Last in its document: its counters lie beside the catalog, and are added where a document is answered. */
function hubDocument(hub: Facts["hub"]): Document | undefined {
  if (hub === undefined) return undefined;
  return {
    gated: hub.gated,
    private: hub.private,
    pipeline_tag: hub.pipelineTag,
    library_name: hub.libraryName,
  };
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

/** Who knows more about a model as such: a list that states its Hugging Face id, then one of a third party last. */
function byWordOnModels(a: LinkedOffer, b: LinkedOffer): number {
  const standing = (offer: LinkedOffer) =>
    offer.attested === "third-party" ? 2 : offer.facts.huggingFaceId === undefined ? 1 : 0;
  return standing(a) - standing(b) || (a.id < b.id ? -1 : 1);
}

/** Yes where an offer can; no where some state that they cannot and none states that it can; otherwise unstated. */
function capabilitiesOf(offers: readonly LinkedOffer[]): Document | undefined {
  const stated: { [capability: string]: boolean } = {};
  for (const { facts } of offers) {
    for (const [capability, value] of Object.entries(facts.capabilities ?? {}))
      stated[capability] = value || (stated[capability] ?? false);
  }
  const names = Object.keys(stated).toSorted();
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, stated[name]]));
}

/** The cheapest stated token prices that hold without a condition. An unknown price is never the cheapest. */
function cheapestOf(offers: readonly LinkedOffer[]): Document | undefined {
  let best:
    | { readonly offer: string; readonly input: Decimal; readonly output: Decimal | undefined }
    | undefined;
  for (const offer of offers) {
    if (offer.facts.billing !== "metered" && offer.facts.billing !== "free") continue;
    const input = plainPrice(offer.facts.prices, "input");
    const output = plainPrice(offer.facts.prices, "output");
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

function plainPrice(prices: readonly Price[] | undefined, meter: Price["meter"]): Decimal | undefined {
  const price = prices?.find((one) => one.meter === meter && one.unit === "token" && one.when === undefined);
  const usd = price === undefined ? undefined : parseDecimal(price.usd);
  return usd === undefined ? undefined : shift(usd, 6);
}

function labOf(id: string): string | undefined {
  return id.startsWith("~") ? undefined : id.slice(0, id.indexOf("/"));
}

function largest(counts: readonly (number | undefined)[]): number | undefined {
  const stated = counts.filter((count) => count !== undefined);
  return stated.length === 0 ? undefined : Math.max(...stated);
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
