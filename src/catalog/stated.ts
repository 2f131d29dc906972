/** What a document states, read off it: words, flags, numbers, prices. What is of another shape is not stated. Pure. */

/** A model or an offer as every door shows it: a field that is unknown is absent. */
export type Document = { readonly [field: string]: unknown };

export function words(value: unknown): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return Array.isArray(value) ? value.filter((word) => typeof word === "string" && word !== "") : [];
}

export function flag(value: unknown): readonly string[] {
  return typeof value === "boolean" ? [String(value)] : [];
}

export function number(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function record(value: unknown): Document {
  // An object that JSON wrote has no other keys than its own.
  return typeof value === "object" && value !== null ? (value as Document) : {};
}

/**
 * US dollars for a million tokens, exactly, as they hold without a condition. What is called free and states no price
 * costs nothing; whatever else states none is unknown.
 */
export function price({ billing, prices }: Document, meter: "input" | "output"): string | undefined {
  if (billing !== "metered" && billing !== "free") return undefined;
  if (prices === undefined) return billing === "free" ? "0" : undefined;
  const stated = (Array.isArray(prices) ? prices : [])
    .map(record)
    .find((each) => each["meter"] === meter && each["unit"] === "token" && each["when"] === undefined);
  const perMillion = stated?.["per_million"];
  return typeof perMillion === "string" ? perMillion : undefined;
}
