/** What is held back until it is confirmed: mass removals, and prices that jump as if their unit had changed. Pure. */
import type { Facts } from "../domain/listing.ts";
import { compareDecimals, parseDecimal, shift } from "../domain/decimal.ts";
import { conditionKey, type Price } from "../domain/price.ts";

/** Up to so many removals, or this share of a source's offers, are everyday life. */
const REMOVALS_MIN = 3;
const REMOVALS_SHARE = 0.02;
/** More than this share of a list, however short, is not. */
const SMALL_LIST_SHARE = 0.5;

/** True where so many of a source's open offers missing at once must be confirmed before they are believed. */
export function isMassRemoval(missing: number, open: number): boolean {
  return missing > Math.max(REMOVALS_MIN, open * REMOVALS_SHARE) || missing > open * SMALL_LIST_SHARE;
}

/** Prices that moved by this factor or more may have changed their unit. */
const JUMP_FACTOR_LOG10 = 1;
const JUMPS_MIN = 3;
const JUMPS_SHARE = 0.01;
/** A source with no more prices than this is small: half of them is then enough. */
const SMALL_PRICES_MAX = 6;

/** True where so many of a source's prices jumping at once look like a change of unit. */
export function isUnitChange(jumps: number, pricesTotal: number): boolean {
  if (jumps >= JUMPS_MIN && jumps > pricesTotal * JUMPS_SHARE) return true;
  return pricesTotal <= SMALL_PRICES_MAX && jumps > 0 && jumps >= pricesTotal / 2;
}

/** How many prices moved by ten times or more, or between free and paid, from one statement of an offer to the next. */
export function countJumps(before: Facts, after: Facts): number {
  const old = new Map((before.prices ?? []).map((price) => [priceKey(price), price]));
  const jumps = (after.prices ?? []).filter((price) => {
    const was = old.get(priceKey(price));
    return was !== undefined && isJump(was.usd, price.usd);
  }).length;
  const billingTurned = jumps === 0 && isFreeTurn(before.billing, after.billing);
  return billingTurned ? 1 : jumps;
}

function isJump(before: string, after: string): boolean {
  const was = parseDecimal(before);
  const is = parseDecimal(after);
  if (was === undefined || is === undefined) return true;
  if (was.digits === 0n || is.digits === 0n) return was.digits !== is.digits;
  return (
    compareDecimals(is, shift(was, JUMP_FACTOR_LOG10)) >= 0 ||
    compareDecimals(was, shift(is, JUMP_FACTOR_LOG10)) >= 0
  );
}

function isFreeTurn(before: Facts["billing"], after: Facts["billing"]): boolean {
  return (before === "free" && after === "metered") || (before === "metered" && after === "free");
}

function priceKey(price: Price): string {
  return `${price.meter}|${price.unit}|${conditionKey(price.when)}`;
}
