/** Which way money moved between two documents: what fell, what rose. What comes, goes or is not comparable did neither. Pure. */
import { compareDecimals, parseDecimal, shift, subtract } from "./decimal.ts";

export const PRICE_MOVES = ["cheaper", "dearer"] as const;
export type PriceMove = (typeof PRICE_MOVES)[number];

interface Moved {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * `cheaper` where a price component fell or what was paid for is free, `dearer` where one rose or what was free is paid
 * for; both where one fell and another rose. A component is compared with the same meter in the same unit under the same
 * conditions. Lists are written by floats: what moves by less than a thousandth was only rounded otherwise.
 */
export function priceMovesOf(fields: readonly Moved[]): readonly PriceMove[] {
  const found = new Set(fields.flatMap(movesOf));
  return PRICE_MOVES.filter((move) => found.has(move));
}

function movesOf({ field, before, after }: Moved): readonly PriceMove[] {
  if (field === "billing") {
    if (before === "metered" && after === "free") return ["cheaper"];
    return before === "free" && after === "metered" ? ["dearer"] : [];
  }
  const [was, is] = [amountsIn(field, before), amountsIn(field, after)];
  return [...was].flatMap(([name, usd]): readonly PriceMove[] => {
    const now = is.get(name);
    return now === undefined ? [] : wayFrom(usd, now);
  });
}

/** The power of ten of the part of a price below which a move is rounding. */
const ROUNDING_POWER = -3;

function wayFrom(before: string, after: string): readonly PriceMove[] {
  const [was, is] = [parseDecimal(before), parseDecimal(after)];
  if (was === undefined || is === undefined) return [];
  const step = subtract(is, was);
  const size = { digits: step.digits < 0n ? -step.digits : step.digits, scale: step.scale };
  if (size.digits === 0n || compareDecimals(size, shift(was, ROUNDING_POWER)) < 0) return [];
  return [step.digits < 0n ? "cheaper" : "dearer"];
}

/** US dollars by what they are for; of a model, what it costs where it is cheapest. */
function amountsIn(field: string, value: unknown): ReadonlyMap<string, string> {
  if (field === "prices" && Array.isArray(value))
    return new Map(
      value.map(recordOf).flatMap(({ meter, unit, when, usd }) => {
        const name = JSON.stringify([meter, unit, when]);
        return typeof usd === "string" ? [[name, usd] as const] : [];
      }),
    );
  if (field !== "cheapest") return new Map();
  const amounts = Object.entries(recordOf(value)).filter(([name]) => name.endsWith("_per_million"));
  return new Map(amounts.flatMap(([name, usd]) => (typeof usd === "string" ? [[name, usd] as const] : [])));
}

function recordOf(value: unknown): { readonly [name: string]: unknown } {
  // An object of our own documents has the keys that JSON gave it and no others.
  return typeof value === "object" && value !== null ? (value as { readonly [name: string]: unknown }) : {};
}
