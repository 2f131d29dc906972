/** What of a price moved, component by component: from what to what, and by how much. Amounts stay exact text. */
import type { Price } from "../api/words.ts";
import { usdText } from "./figures.ts";
import { priceLines } from "./prices.ts";

export interface PriceMove {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** Absent where it came or went. */
  readonly way?: "cheaper" | "dearer";
  readonly percent?: string;
}

/** Of two lists of prices; nothing where the values are none. */
export function priceMoves(before: unknown, after: unknown): readonly PriceMove[] | undefined {
  const [was, is] = [pricesIn(before), pricesIn(after)];
  if (was === undefined || is === undefined || was.length + is.length === 0) return undefined;
  const [old, now] = [byComponent(was), byComponent(is)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((component) => {
    const [from, to] = [old.get(component), now.get(component)];
    if (from?.usd === to?.usd) return [];
    return [
      {
        what: nameOf(to ?? from),
        before: amountText(from),
        after: amountText(to),
        ...wayOf(from?.usd, to?.usd),
      },
    ];
  });
}

/** Of what a model costs where it is cheapest. */
export function cheapestMoves(before: unknown, after: unknown): readonly PriceMove[] | undefined {
  const [was, is] = [recordOf(before), recordOf(after)];
  return ["input", "output"].flatMap((meter) => {
    const [from, to] = [was[`${meter}_per_million`], is[`${meter}_per_million`]];
    if (from === to) return [];
    const [old, now] = [typeof from === "string" ? from : undefined, typeof to === "string" ? to : undefined];
    const text = (usd: string | undefined) =>
      usd === undefined ? "not stated" : `${usdText(usd)} a million`;
    return [{ what: `cheapest ${meter}`, before: text(old), after: text(now), ...wayOf(old, now) }];
  });
}

const PERCENT = new Intl.NumberFormat("en", { maximumFractionDigits: 1, signDisplay: "always" });

/** What moves by less was written by another float: as the topics `cheaper` and `dearer` have it. */
const ROUNDING = 0.001;

/** A share is shown rounded; the amounts beside it are not. */
function wayOf(from: string | undefined, to: string | undefined): Pick<PriceMove, "way" | "percent"> {
  if (from === undefined || to === undefined) return {};
  const [was, is] = [Number(from), Number(to)];
  if (was === is || Math.abs(is - was) < was * ROUNDING) return {};
  const way = is < was ? "cheaper" : "dearer";
  return was === 0 ? { way } : { way, percent: `${PERCENT.format((100 * (is - was)) / was)} %` };
}

function byComponent(prices: readonly Price[]): ReadonlyMap<string, Price> {
  return new Map(prices.map((price) => [JSON.stringify([price.meter, price.unit, price.when]), price]));
}

function nameOf(price: Price | undefined): string {
  if (price === undefined) return "";
  const [line] = priceLines({ prices: [price] });
  return [line?.what, line?.when].filter((part) => part !== undefined && part !== "").join(", ");
}

function amountText(price: Price | undefined): string {
  if (price === undefined) return "not stated";
  return priceLines({ prices: [price] })[0]?.price ?? "not stated";
}

/** An absent list states nothing; what is no list of prices is no price. */
function pricesIn(value: unknown): readonly Price[] | undefined {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) && value.every(isPrice) ? value : undefined;
}

export function isPrice(value: unknown): value is Price {
  return typeof value === "object" && value !== null && "meter" in value && "usd" in value && "unit" in value;
}

function recordOf(value: unknown): { readonly [name: string]: unknown } {
  // An object that JSON wrote has no other keys than its own.
  return typeof value === "object" && value !== null ? (value as { readonly [name: string]: unknown }) : {};
}
