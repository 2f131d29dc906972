/** Prices as people compare them: dollars for a million tokens, or the word for why there is no number. */
import type { ModelDocument, OfferDocument, PriceDocument } from "./documents.ts";

/** The two cells of an offer: what goes in, what comes out. */
export function offerPrices(
  offer: Pick<OfferDocument, "billing" | "prices">,
): readonly [input: string, output: string] {
  const word = billingWord(offer.billing);
  if (word !== undefined) return [word, word];
  const plain = (offer.prices ?? []).filter((price) => price.when === undefined);
  const input = plain.find((price) => price.meter === "input");
  const output = plain.find((price) => price.meter === "output");
  // A price by the image, the second or the request stands alone.
  const other = plain[0] ?? offer.prices?.[0];
  if (input === undefined && output === undefined)
    return [other === undefined ? "unknown" : priceText(other), ""];
  return [
    input === undefined ? "unknown" : priceText(input),
    output === undefined ? "unknown" : priceText(output),
  ];
}

/**
 * The two cells of a model: those of its cheapest offer. Where no offer has a price for tokens, `offersOf` is asked
 * for the offers, and the first word among them is taken in this order.
 */
export function modelPrices(
  model: ModelDocument,
  offersOf: () => readonly OfferDocument[],
): readonly [input: string, output: string] {
  const { cheapest } = model;
  if (cheapest === undefined) {
    const offers = offersOf().toSorted((a, b) => rank(a) - rank(b));
    return offers[0] === undefined ? ["unknown", "unknown"] : offerPrices(offers[0]);
  }
  const { input_per_million: input, output_per_million: output } = cheapest;
  return input === "0" && output === "0" ? ["free", "free"] : [dollars(input), dollars(output)];
}

const WORDS = ["free", "metered", "subscription", "dynamic", "unknown"] as const;

function rank({ billing = "unknown" }: OfferDocument): number {
  return WORDS.indexOf(billing);
}

/** `$0.05` for a million tokens, `$0.04 per image` for anything else. */
export function priceText(
  price: Pick<PriceDocument, "unit" | "usd"> & { readonly per_million?: string | undefined },
): string {
  if (price.unit === "token" && price.per_million !== undefined) return dollars(price.per_million);
  return `${dollars(price.usd)} per ${price.unit}`;
}

export function dollars(amount: string | undefined): string {
  if (amount === undefined) return "unknown";
  const [whole = "", cents = ""] = amount.split(".");
  return `$${whole}.${cents.padEnd(2, "0")}`;
}

function billingWord(billing: OfferDocument["billing"]): string | undefined {
  return billing === "metered" ? undefined : (billing ?? "unknown");
}
