/** What a use of an offer costs: a meter, a unit, exact dollars for one unit, and the conditions under which it holds. */
import {
  compareDecimals,
  decimalOfNumber,
  decimalText,
  multiply,
  parseDecimal,
  roundSignificant,
  shift,
  type Decimal,
} from "./decimal.ts";

/** What is counted. */
export const METERS = [
  "input",
  "output",
  "cache_read",
  "cache_write",
  "reasoning",
  "image",
  "image_input",
  "image_output",
  "audio_input",
  "audio_output",
  "audio_cache_read",
  "video",
  "request",
  "search",
  "compute",
] as const;
export type Meter = (typeof METERS)[number];

/** In what it is counted. */
export const UNITS = [
  "token",
  "image",
  "second",
  "character",
  "request",
  "search",
  "megapixel",
  "hour",
  "page",
] as const;
export type Unit = (typeof UNITS)[number];

/** Under which conditions a price holds; all that are stated must hold together. */
export interface PriceCondition {
  /** The price holds for prompts of strictly more tokens than this. */
  readonly promptTokensOver?: number;
  /** Minutes since midnight UTC, half-open; `from` above `to` wraps midnight. */
  readonly utc?: { readonly from: number; readonly to: number };
  readonly tier?: "batch" | "flex" | "priority";
  /** How long a written cache entry lives. */
  readonly ttl?: "5m" | "1h";
  readonly region?: string;
}

export interface Price {
  readonly meter: Meter;
  readonly unit: Unit;
  /** Exact decimal dollars for ONE unit, in plain notation. */
  readonly usd: string;
  readonly when?: PriceCondition;
}

/** How a caller pays. Unknown is never 0 and never free. */
export const BILLINGS = ["metered", "free", "subscription", "dynamic", "unknown"] as const;
export type Billing = (typeof BILLINGS)[number];

/** What a wire may state as an amount. */
export type Amount = string | number | null | undefined;

/** An amount with its unit; `dynamic` where the upstream says that it depends (`-1`). */
export type Rate = { readonly unit: Unit; readonly usd: string } | "dynamic" | undefined;

/** Dearer than this for one token is a unit mistake, not a price. */
const USD_PER_UNIT_MAX: Decimal = { digits: 1_000_000n, scale: 0 };
const ZERO: Decimal = { digits: 0n, scale: 0 };
/** What is left of a factor with eight digits once it is multiplied. */
const SIGNIFICANT_DIGITS_OF_A_FACTOR = 6;

/** A stated amount that is no price: the item that holds it is rejected. */
export class NotAPrice extends Error {
  constructor(amount: string) {
    super(`not a price: ${JSON.stringify(amount)}`);
    this.name = "NotAPrice";
  }
}

/** True where `amount` can be read as an amount of money: an exact decimal, `-1` (dynamic), or nothing at all. */
export function isAmount(amount: Amount): boolean {
  if (amount === undefined || amount === null) return true;
  const stated = decimalOf(amount);
  return stated !== undefined && (compareDecimals(stated, ZERO) >= 0 || isMinusOne(stated));
}

// The constructors: their names carry the unit of what the wire states, and nothing else makes a rate.
/** Wire: US dollars for one token (OpenRouter, Groq, Cerebras public). */
export const usdPerToken = (amount: Amount): Rate => rate("token", amount, 0);
/** Wire: US dollars for a million tokens (Together, Chutes, DeepInfra, Nebius public). */
export const usdPerMillionTokens = (amount: Amount): Rate => rate("token", amount, -6);
/** Wire: US dollars for a thousand tokens. */
export const usdPerThousandTokens = (amount: Amount): Rate => rate("token", amount, -3);
/** Wire: US cents for one token (DeepInfra's `/models/list`, Portkey's pricing API). */
export const centsPerToken = (amount: Amount): Rate => rate("token", amount, -2);
/** Wire: US cents for one character (DeepInfra's `/models/list`, as the next three). */
export const centsPerCharacter = (amount: Amount): Rate => rate("character", amount, -2);
/** Wire: US cents for one second of media or of compute. */
export const centsPerSecond = (amount: Amount): Rate => rate("second", amount, -2);
/** Wire: US cents for one image. */
export const centsPerImage = (amount: Amount): Rate => rate("image", amount, -2);
/** Wire: a multiple of another price; the factor is rounded itself, `0.15555556` for 7/45, and so is what comes of it. */
export function multipleOf(price: Rate, factor: Amount): Rate {
  if (price === undefined || price === "dynamic" || factor === undefined || factor === null) return undefined;
  const [usd, times] = [parseDecimal(price.usd), decimalOf(factor)];
  if (usd === undefined || times === undefined || times.digits < 0n) throw new NotAPrice(String(factor));
  return rate(
    price.unit,
    decimalText(roundSignificant(multiply(usd, times), SIGNIFICANT_DIGITS_OF_A_FACTOR)),
    0,
  );
}
/** Wire: US cents for a thousand tokens. */
export const centsPerThousandTokens = (amount: Amount): Rate => rate("token", amount, -5);
/** Wire: integer US cents for 100 million tokens (xAI). */
export const centsPer100MTokens = (amount: Amount): Rate => rate("token", amount, -10);
/** Wire: integer ten-thousandths of a US dollar for a million tokens (Novita). */
export const tenThousandthsPerMillionTokens = (amount: Amount): Rate => rate("token", amount, -10);
/** Wire: US dollars for a million characters (speech models at Together). */
export const usdPerMillionCharacters = (amount: Amount): Rate => rate("character", amount, -6);
/** Wire: US dollars for one character. */
export const usdPerCharacter = (amount: Amount): Rate => rate("character", amount, 0);
/** Wire: US dollars for one image. */
export const usdPerImage = (amount: Amount): Rate => rate("image", amount, 0);
/** Wire: US dollars for one request. */
export const usdPerRequest = (amount: Amount): Rate => rate("request", amount, 0);
/** Wire: US dollars for a thousand requests. */
export const usdPerThousandRequests = (amount: Amount): Rate => rate("request", amount, -3);
/** Wire: US dollars for one search. */
export const usdPerSearch = (amount: Amount): Rate => rate("search", amount, 0);
/** Wire: US dollars for a thousand searches. */
export const usdPerThousandSearches = (amount: Amount): Rate => rate("search", amount, -3);
/** Wire: US dollars for a thousand pages. */
export const usdPerThousandPages = (amount: Amount): Rate => rate("page", amount, -3);
/** Wire: US dollars for one second of media or of compute. */
export const usdPerSecond = (amount: Amount): Rate => rate("second", amount, 0);
/** Wire: US dollars for one hour. */
export const usdPerHour = (amount: Amount): Rate => rate("hour", amount, 0);
/** Wire: integer 1e-10 US dollars for one image (xAI). */
export const tenBillionthsPerImage = (amount: Amount): Rate => rate("image", amount, -10);
/** Wire: integer 1e-10 US dollars for one search (xAI). */
export const tenBillionthsPerSearch = (amount: Amount): Rate => rate("search", amount, -10);

/** The prices that a set of rates states, by meter; what is absent or dynamic is left out. */
export function prices(rates: { readonly [meter in Meter]?: Rate }, when?: PriceCondition): readonly Price[] {
  return METERS.flatMap((meter) => {
    const one = rates[meter];
    if (one === undefined || one === "dynamic") return [];
    return [{ meter, unit: one.unit, usd: one.usd, ...(when === undefined ? {} : { when }) }];
  });
}

/** True where every price is zero; an empty list is not free, it is unstated. */
export function allZero(list: readonly Price[]): boolean {
  return list.length > 0 && list.every((price) => price.usd === "0");
}

/** The prices, but for a list of zeros: most upstreams spell "not priced here" that way, and unknown is not free. */
export function unlessAllZero(list: readonly Price[]): readonly Price[] {
  return allZero(list) ? [] : list;
}

/** The same price for a million units: how the field compares tokens. */
export function perMillion(price: Price): string {
  const usd = parseDecimal(price.usd);
  if (usd === undefined) throw new NotAPrice(price.usd);
  return decimalText(shift(usd, 6));
}

/** A stable order, so that the same prices in any order are the same list. */
export function sortPrices(list: readonly Price[]): readonly Price[] {
  if (list.length < 2) return list;
  const ranked = list.map((price) => ({ price, rank: priceRank(price) }));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
  return ranked.map(({ price }) => price);
}

const METER_RANKS = new Map(METERS.map((meter, index) => [meter, String(index).padStart(2, "0")]));

function priceRank({ meter, when, unit }: Price): string {
  return `${METER_RANKS.get(meter)}|${conditionKey(when)}|${unit}`;
}

/** One text for one condition: what tells two prices of one meter apart. */
export function conditionKey(when: PriceCondition | undefined): string {
  if (when === undefined) return "";
  const window = when.utc === undefined ? "" : `${when.utc.from}-${when.utc.to}`;
  const over = when.promptTokensOver === undefined ? "" : String(when.promptTokensOver).padStart(12, "0");
  return [over, window, when.tier ?? "", when.ttl ?? "", when.region ?? ""].join("/");
}

function rate(unit: Unit, amount: Amount, power: number): Rate {
  if (amount === undefined || amount === null) return undefined;
  const stated = decimalOf(amount);
  if (stated === undefined) throw new NotAPrice(String(amount));
  if (isMinusOne(stated)) return "dynamic";
  const usd = shift(stated, power);
  if (compareDecimals(usd, ZERO) < 0 || compareDecimals(usd, USD_PER_UNIT_MAX) > 0)
    throw new NotAPrice(String(amount));
  return { unit, usd: decimalText(usd) };
}

function decimalOf(amount: string | number): Decimal | undefined {
  return typeof amount === "number" ? decimalOfNumber(amount) : parseDecimal(amount);
}

function isMinusOne(stated: Decimal): boolean {
  return stated.digits === -1n && stated.scale === 0;
}
