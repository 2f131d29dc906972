/** The fields of documents as the reference reads them: by hand, and every number as a whole one. */
import type { Document } from "../../src/catalog/fields.ts";

export const MODEL_WORDS =
  "lab task input output license variant_of library tag open_weights gated private".split(" ");
export const OFFER_WORDS = [
  "gateway",
  "provider",
  "capability",
  "status",
  "billing",
  "quantization",
  "points_to",
  "visibility",
] as const;
export const MODEL_NUMBERS = "created updated downloads likes parameters offers".split(" ");
export const OFFER_NUMBERS = ["context", "output_tokens", "input_price", "output_price"];

export function wordsOf(name: string, model: Document, offer: Document): readonly string[] {
  const hub = (model["huggingface_metrics"] ?? {}) as Document;
  const gated = hub["gated"];
  const by: { readonly [name: string]: unknown } = {
    lab: model["owned_by"] === "unknown" ? undefined : model["owned_by"],
    task: model["task"],
    input: model["input_modalities"],
    output: model["output_modalities"],
    license: model["license"],
    variant_of: model["variant_of"],
    library: hub["library_name"],
    tag: model["tags"],
    open_weights: model["open_weights"],
    gated: typeof gated === "string" ? [gated, "true"] : gated,
    private: hub["private"],
    gateway: offer["gateway"],
    provider: offer["provider"],
    status: offer["status"],
    billing: offer["billing"] === "unknown" ? undefined : offer["billing"],
    quantization: offer["quantization"],
    points_to: ((offer["link"] ?? {}) as Document)["points_to"],
    visibility: offer["visibility"] ?? "public",
    capability: Object.keys(offer["capabilities"] ?? {}).filter(
      (each) => (offer["capabilities"] as Document)[each] === true,
    ),
  };
  const value = by[name];
  return value === undefined
    ? []
    : Array.isArray(value)
      ? value.map(String)
      : [typeof value === "string" ? value : JSON.stringify(value)];
}

export function textsIn(value: unknown): readonly string[] {
  return typeof value === "string" ? [value] : [];
}

/** Every number as a whole one: prices count 10^-40 dollars, so that no two of them are taken for equal. */
export function numberOf(name: string, model: Document, offer: Document): bigint | undefined {
  const hub = (model["huggingface_metrics"] ?? {}) as Document;
  const updated = model["updated_at"];
  const by: { readonly [name: string]: unknown } = {
    created: model["created"] === undefined ? undefined : Number(model["created"]) * 1_000,
    updated: typeof updated === "string" ? Date.parse(updated) : undefined,
    downloads: hub["downloads"],
    likes: hub["likes"],
    parameters: model["parameters"],
    offers: model["offers_count"],
    context: offer["context_tokens"],
    output_tokens: offer["output_tokens_max"],
    input_price: priceOf(offer, "input"),
    output_price: priceOf(offer, "output"),
  };
  const value = by[name];
  return value === undefined ? undefined : scaled(name, value as number | string);
}

const PRICE_DIGITS = 40;

export function scaled(name: string, value: number | string): bigint {
  if (!name.endsWith("price")) return BigInt(value);
  const [whole = "", fraction = ""] = String(value).split(".");
  return BigInt(whole + fraction.padEnd(PRICE_DIGITS, "0"));
}

function priceOf({ billing, prices }: Document, meter: string): string | undefined {
  if (billing !== "metered" && billing !== "free") return undefined;
  if (prices === undefined) return billing === "free" ? "0" : undefined;
  const plain = (prices as readonly Document[]).find(
    (price) => price["meter"] === meter && price["unit"] === "token" && price["when"] === undefined,
  );
  return plain === undefined ? undefined : String(plain["per_million"]);
}

export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
