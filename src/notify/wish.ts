/** What of the changes a watch wishes for: what the ledger can be asked, and what only a look at each change tells. Pure. */
import type { Change, FieldChange } from "../domain/change.ts";
import { compareDecimals, multiply, parseDecimal, subtract, type Decimal } from "../domain/decimal.ts";
import type { Wish } from "../domain/watch.ts";
import type { ChangeQuery } from "../ledger/changes.ts";
import { meterOf, pricesIn } from "./story.ts";

export function queryOf({ q: _q, minChangePercent: _percent, ...query }: Wish): Omit<ChangeQuery, "limit"> {
  return query;
}

/** Of a change that the ledger gave for `queryOf`. */
export function isWished(change: Change, { q, minChangePercent }: Wish): boolean {
  return (q === undefined || hasWords(change, q)) && isLarge(change, minChangePercent);
}

function hasWords({ subjectId, gateway, model }: Change, q: string): boolean {
  const ids = [subjectId, gateway, model].join(" ").toLowerCase();
  const words = q.toLowerCase().split(/\s+/);
  return words.every((word) => ids.includes(word));
}

/** False only where all that changed are prices, and each moved by less. */
function isLarge({ kind, fields }: Change, percent: string | undefined): boolean {
  const least = percent === undefined ? undefined : parseDecimal(percent);
  if (least === undefined || kind !== "changed") return true;
  return fields.some((field) => movedBy(field, least));
}

function movedBy({ field, before, after }: FieldChange, least: Decimal): boolean {
  const [was, is] = [amountsIn(field, before), amountsIn(field, after)];
  if (was === undefined || is === undefined) return true;
  return [...new Set([...was.keys(), ...is.keys()])].some((name) =>
    isMove(was.get(name), is.get(name), least),
  );
}

/** Amounts of money by what they are for; nothing where the field holds none. */
function amountsIn(field: string, value: unknown): ReadonlyMap<string, string> | undefined {
  if (field === "prices") return new Map(pricesIn(value).map((price) => [meterOf(price), price.usd]));
  if (field !== "cheapest" || typeof value !== "object" || value === null) return undefined;
  // Which offer is the cheapest is no price.
  const amounts = Object.entries(value).filter(([name]) => name.endsWith("_per_million"));
  return new Map(amounts.flatMap(([name, usd]) => (typeof usd === "string" ? [[name, usd] as const] : [])));
}

/** A price that comes, goes, or leaves zero has moved by more than any share. */
function isMove(before: string | undefined, after: string | undefined, least: Decimal): boolean {
  if (before === after) return false;
  const [was, is] = [parseDecimal(before ?? ""), parseDecimal(after ?? "")];
  if (was === undefined || is === undefined || was.digits === 0n) return true;
  const step = subtract(is, was);
  const moved = { digits: step.digits < 0n ? -step.digits : step.digits, scale: step.scale - 2 };
  return compareDecimals(moved, multiply(was, least)) >= 0;
}
