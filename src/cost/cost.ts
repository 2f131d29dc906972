/** What a usage costs at one offer: exact dollars, part by part, or why it cannot be said. Pure. */
import {
  add,
  compareDecimals,
  decimalText,
  divide,
  multiply,
  parseDecimal,
  type Decimal,
} from "../domain/decimal.ts";
import type { Billing, Meter, Price, Unit } from "../domain/price.ts";
import { applying, type Circumstances } from "./applying.ts";
import { TIERS, type Quantity, type Tier, type Usage } from "./usage.ts";

/** What an offer says of money, and how long a prompt it takes. */
export interface PricedOffer {
  readonly billing?: Billing;
  readonly prices?: readonly Price[];
  /** A way of serving that its id carries: an offer may be for batches alone. */
  readonly variant?: string;
  readonly contextTokens?: number;
}

/** When and how it is used. */
export interface Occasion {
  /** The time of day as minutes since midnight UTC: some prices are lower at night. */
  readonly minute: number;
  readonly tier?: Tier;
  readonly region?: string;
}

/** One part of a cost: so many units at the price that applied. */
export interface Component {
  readonly meter: Meter;
  readonly unit: Unit;
  readonly count: string;
  readonly price: Price;
  readonly usd: string;
}

/** Why an offer has no cost. */
export const REASONS = {
  unknown: "its price is not known",
  dynamic: "its price depends on what it routes a request to",
  subscription: "it is paid by subscription, whatever is used",
  "missing-price": "it states no price for a part of the usage",
  "missing-count": "it prices something that the usage does not count",
  "other-tier": "it is not sold that way",
  "too-long": "it does not take prompts of this length",
} as const;
export type Reason = keyof typeof REASONS;

export type Costed =
  | { readonly usd: string; readonly components: readonly Component[] }
  | { readonly reason: Reason; readonly detail: string };

/** What `usage` costs at `offer`. Unknown is never 0: what cannot be said has a reason. */
export function costOf(usage: Usage, offer: PricedOffer, occasion: Occasion): Costed {
  const refusal = refusalOf(usage, offer, occasion);
  if (refusal !== undefined) return refusal;
  const { prices = [] } = offer;
  if (offer.billing === "free" && prices.length === 0) return { usd: "0", components: [] };
  const components: Component[] = [];
  for (const quantity of countedBy(usage, prices)) {
    if (quantity.count.digits === 0n) continue;
    const found = applying(quantity, prices, circumstances(usage, offer, occasion));
    if ("lacking" in found) {
      if (offer.billing === "free") continue;
      return { reason: "missing-price", detail: found.lacking };
    }
    components.push(componentOf(quantity, found.price));
  }
  const total = components.reduce((sum, { usd }) => add(sum, exact(usd)), ZERO);
  return { usd: decimalText(total), components };
}

const ZERO: Decimal = { digits: 0n, scale: 0 };

function refusalOf(usage: Usage, offer: PricedOffer, { tier }: Occasion): Costed | undefined {
  const { billing = "unknown", prices = [], variant } = offer;
  if (billing === "dynamic" || billing === "subscription")
    return { reason: billing, detail: REASONS[billing] };
  const isPriced = billing === "unknown" ? prices.some(({ usd }) => usd !== "0") : prices.length > 0;
  // A list of zeros is free only where somebody says so.
  if (billing !== "free" && !isPriced) return { reason: "unknown", detail: REASONS.unknown };
  const sold = TIERS.find((one) => one === variant);
  if (sold !== undefined && sold !== tier)
    return { reason: "other-tier", detail: `it is for ${sold} requests alone` };
  if (tier !== undefined && sold !== tier && !prices.some(({ when }) => when?.tier === tier))
    return { reason: "other-tier", detail: `it states no ${tier} price` };
  const { contextTokens: context } = offer;
  if (context !== undefined && usage.promptTokens !== undefined) {
    const length = usage.promptTokens;
    if (compareDecimals(length, { digits: BigInt(context), scale: 0 }) > 0)
      return {
        reason: "too-long",
        detail: `it takes ${context} tokens, and a prompt has ${decimalText(length)}`,
      };
  }
  if (usage.requests === undefined && prices.some(({ meter, usd }) => meter === "request" && usd !== "0"))
    return { reason: "missing-count", detail: "each request costs something: state how many there are" };
  return undefined;
}

/** Every request counts where requests have a price. */
function countedBy({ quantities, requests }: Usage, prices: readonly Price[]): readonly Quantity[] {
  if (requests === undefined || !prices.some(({ meter }) => meter === "request")) return quantities;
  return [...quantities, { meter: "request", unit: "request", count: requests }];
}

/** An offer that is for batches alone states its prices without saying so once more. */
function circumstances({ promptTokens }: Usage, { variant }: PricedOffer, occasion: Occasion): Circumstances {
  const { tier, ...rest } = occasion;
  return {
    ...rest,
    ...(tier === undefined || variant === tier ? {} : { tier }),
    ...(promptTokens === undefined ? {} : { promptTokens }),
  };
}

function componentOf({ meter, unit, count }: Quantity, price: Price): Component {
  const amount = multiply(count, exact(price.usd));
  const usd = unit === "second" && price.unit === "hour" ? divide(amount, SECONDS_OF_AN_HOUR) : amount;
  return { meter, unit, count: decimalText(count), price, usd: decimalText(usd) };
}

const SECONDS_OF_AN_HOUR = 3_600n;

/** A price is an exact decimal by construction; a cost is made of them. */
function exact(usd: string): Decimal {
  const value = parseDecimal(usd);
  if (value === undefined) throw new Error(`not an amount: ${usd}`);
  return value;
}
