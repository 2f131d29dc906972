/** What a source said, as text: numbers, lists and lists of prices as people read them. */
import { countText } from "../../parts/figures.ts";
import { isPrice } from "../../parts/price-moves.ts";
import { priceLines } from "../../parts/prices.ts";

const TEXT_LENGTH_MAX = 240;

export function valueText(field: string, value: unknown): string {
  const text = textOf(field, value);
  return text.length > TEXT_LENGTH_MAX ? `${text.slice(0, TEXT_LENGTH_MAX).toWellFormed()} …` : text;
}

function textOf(field: string, value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "number")
    return field === "created" ? new Date(value * 1_000).toISOString().slice(0, 10) : countText(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return listText(value);
  return Object.entries(value)
    .map(([name, each]) => {
      const plain = name.replaceAll("_", " ");
      return typeof each === "boolean" ? `${each ? "" : "no "}${plain}` : `${plain}: ${String(each)}`;
    })
    .join(", ");
}

function listText(list: readonly unknown[]): string {
  if (!list.every(isPrice)) return list.map(String).join(", ");
  return priceLines({ prices: list })
    .map(({ what, price, when }) => [what, price, when].filter((part) => part !== "").join(" "))
    .join(", ");
}
