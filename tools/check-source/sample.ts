/** Three prices for a human eye, which sees a wrong unit at once: the cheapest, one from the middle, the dearest. */
import type { Listing } from "../../src/domain/listing.ts";
import { offerId } from "../../src/domain/offer.ts";
import { allZero, perMillion, type Price } from "../../src/domain/price.ts";
import { priceText } from "../../src/serve/cli/price-text.ts";

export interface Sample {
  readonly offer: string;
  /** `input $0.15 · output $0.60`: dollars for a million tokens, or for one of what else is counted. */
  readonly prices: string;
}

export function samplePrices(listings: readonly Listing[]): readonly Sample[] {
  const priced = listings
    .filter(({ facts }) => facts.prices !== undefined && !allZero(facts.prices))
    .toSorted((a, b) => firstUsd(a) - firstUsd(b));
  const places = new Set([0, Math.floor((priced.length - 1) / 2), priced.length - 1]);
  return [...places].flatMap((place) => {
    const listing = priced[place];
    return listing === undefined ? [] : [{ offer: offerId(listing), prices: pricesText(listing) }];
  });
}

function pricesText({ facts }: Listing): string {
  const [plain, conditional] = [true, false].map((isPlain) =>
    (facts.prices ?? []).filter(({ when }) => (when === undefined) === isPlain),
  );
  const texts = (plain ?? []).map((price) => `${price.meter} ${textOf(price)}`);
  const more = conditional?.length ?? 0;
  return [...texts, ...(more === 0 ? [] : [`${more} under conditions`])].join(" · ");
}

function textOf(price: Price): string {
  return priceText({ ...price, per_million: perMillion(price) });
}

/** Only for sorting, where a float is exact enough. Tokens before everything else. */
function firstUsd({ facts }: Listing): number {
  const [price] = facts.prices ?? [];
  return price === undefined ? 0 : Number(price.usd) + (price.unit === "token" ? 0 : 1e9);
}
