/** Which of an offer's prices applies to a quantity: the one of its meter whose conditions hold, and of several the most particular. */
import { compareDecimals, parseDecimal, type Decimal } from "../domain/decimal.ts";
import type { Meter, Price, PriceCondition, Unit } from "../domain/price.ts";
import type { Quantity, Tier } from "./usage.ts";

export interface Circumstances {
  readonly minute: number;
  readonly tier?: Tier;
  readonly region?: string;
  readonly promptTokens?: Decimal;
}

/**
 * What a meter is paid as where it has no price of its own. A cached token without a price is an ordinary one, reasoning
 * is output, an image that is looked at is counted in tokens of input. Audio and pictures that are made cost
 * several times what text does: without a price of their own they have none.
 */
const PAID_AS: { readonly [meter in Meter]?: Meter } = {
  cache_read: "input",
  cache_write: "input",
  reasoning: "output",
  image_input: "input",
  audio_cache_read: "audio_input",
};

/** Units in which a count may be paid: seconds by the hour. */
const PAID_IN: { readonly [unit in Unit]?: readonly Unit[] } = { second: ["second", "hour"] };

/** The price, or in words what is lacking. */
export function applying(
  quantity: Quantity,
  prices: readonly Price[],
  circumstances: Circumstances,
): { readonly price: Price } | { readonly lacking: string } {
  const { tier } = circumstances;
  const price =
    along(quantity, prices, circumstances, tier) ??
    // What has one price in every tier (a search, a picture) states it once.
    (tier === undefined || isTiered(quantity, prices, tier)
      ? undefined
      : along(quantity, prices, circumstances, undefined));
  return price === undefined ? { lacking: lacking(quantity, prices, circumstances) } : { price };
}

/** Down from the meter itself to what it is paid as. */
function along(
  quantity: Quantity,
  prices: readonly Price[],
  circumstances: Circumstances,
  tier: Tier | undefined,
): Price | undefined {
  for (let meter: Meter | undefined = quantity.meter; meter !== undefined; meter = PAID_AS[meter]) {
    const holding = prices.filter(
      (price) =>
        price.meter === meter &&
        unitsOf(quantity).includes(price.unit) &&
        price.when?.tier === tier &&
        holds(price.when, quantity, circumstances),
    );
    const [best] = holding.toSorted(byParticularity);
    if (best !== undefined) return best;
  }
  return undefined;
}

/** True where tokens are priced in a tier: then every token is. */
function isTiered({ unit }: Quantity, prices: readonly Price[], tier: Tier): boolean {
  return prices.some((price) => price.unit === unit && price.when?.tier === tier);
}

function holds(when: PriceCondition = {}, quantity: Quantity, circumstances: Circumstances): boolean {
  const { promptTokensOver: over, utc, ttl, region } = when;
  const { promptTokens, minute } = circumstances;
  if (over !== undefined && (promptTokens === undefined || compareDecimals(promptTokens, whole(over)) <= 0))
    return false;
  if (utc !== undefined && !isWithin(minute, utc)) return false;
  if (ttl !== undefined && ttl !== (quantity.ttl ?? "5m")) return false;
  return region === undefined || region === circumstances.region;
}

/** Half-open; a window may wrap midnight, and one that ends where it begins is the whole day. */
function isWithin(minute: number, { from, to }: { readonly from: number; readonly to: number }): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** The longest step first, then the one with more conditions, then the dearer one. */
function byParticularity(a: Price, b: Price): number {
  return (
    (b.when?.promptTokensOver ?? 0) - (a.when?.promptTokensOver ?? 0) ||
    Object.keys(b.when ?? {}).length - Object.keys(a.when ?? {}).length ||
    compareDecimals(parseDecimal(b.usd) ?? whole(0), parseDecimal(a.usd) ?? whole(0))
  );
}

function lacking(quantity: Quantity, prices: readonly Price[], { tier }: Circumstances): string {
  const { meter, unit } = quantity;
  const ofMeter = prices.filter((price) => price.meter === meter);
  const regions = new Set(ofMeter.flatMap(({ when }) => when?.region ?? []));
  if (regions.size > 0) return `the price of ${meter} depends on the region: ${[...regions].join(", ")}`;
  const units = new Set(ofMeter.map((price) => price.unit));
  if (units.size > 0 && !units.has(unit))
    return `${meter} is priced per ${[...units].join(", ")}, not per ${unit}`;
  return `it states no price for ${meter} per ${unit}${tier === undefined ? "" : ` in the ${tier} tier`}`;
}

function unitsOf({ unit }: Quantity): readonly Unit[] {
  return PAID_IN[unit] ?? [unit];
}

function whole(count: number): Decimal {
  return { digits: BigInt(count), scale: 0 };
}
