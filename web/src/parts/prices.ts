/** An offer's prices as lines to read: what is counted, for how much, and when. Exact text all the way. */
import type { Offer, Price } from "../api/words.ts";
import { tokensText, usdText } from "./figures.ts";

export interface PriceLine {
  readonly what: string;
  readonly price: string;
  readonly when: string;
}

export function priceLines({ prices = [] }: Pick<Offer, "prices">): readonly PriceLine[] {
  return prices.map((price) => ({
    what: price.meter.replaceAll("_", " "),
    price:
      price.per_million === undefined
        ? `${usdText(price.usd)} a ${price.unit}`
        : `${usdText(price.per_million)} a million`,
    when: whenText(price.when),
  }));
}

/** By the plain input price; what states none stands last. */
export function cheapestFirst(a: Offer, b: Offer): number {
  return inputPrice(a) - inputPrice(b) || (a.id < b.id ? -1 : 1);
}

/** Only for comparing, never for showing. */
function inputPrice({ prices = [], billing }: Offer): number {
  const plain = prices.find(
    ({ meter, unit, when }) => meter === "input" && unit === "token" && when === undefined,
  );
  if (plain !== undefined) return Number(plain.usd);
  return billing === "free" ? 0 : Infinity;
}

function whenText(when: Price["when"]): string {
  if (when === undefined) return "";
  const { promptTokensOver: over, utc, tier, ttl, region } = when;
  return [
    ...(over === undefined ? [] : [`over ${tokensText(over)} prompt tokens`]),
    ...(utc === undefined ? [] : [`${clock(utc.from)}–${clock(utc.to)} UTC`]),
    ...(tier === undefined ? [] : [tier]),
    ...(ttl === undefined ? [] : [`kept ${ttl}`]),
    ...(region === undefined ? [] : [`in ${region}`]),
  ].join(", ");
}

function clock(minutes: number): string {
  const hours = String(Math.floor(minutes / 60)).padStart(2, "0");
  return `${hours}:${String(minutes % 60).padStart(2, "0")}`;
}
