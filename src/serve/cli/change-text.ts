/** A change in words: which fields, from what to what. */
import type { ChangeDocument, PriceDocument } from "./documents.ts";
import { priceText } from "./price-text.ts";

const VALUE_LENGTH_MAX = 60;

export function changeText(change: Pick<ChangeDocument, "kind" | "fields">): string {
  if (change.kind === "added" || change.kind === "removed") return "";
  return change.fields
    .map(({ field, before, after }) => `${field}: ${valueText(before)} → ${valueText(after)}`)
    .join("; ");
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return "not stated";
  if (isPriceList(value)) return value.map((price) => `${price.meter} ${priceText(price)}`).join(", ");
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX)}…` : text;
}

function isPriceList(value: unknown): value is readonly PriceDocument[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (each: unknown) => typeof each === "object" && each !== null && "meter" in each && "usd" in each,
    )
  );
}
