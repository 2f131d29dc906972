/** What is different in a field now, in words: of prices those that moved, of a list what came and went. Pure. */
import { meterOf, pricesIn, type StatedPrice } from "./story.ts";

const VALUE_LENGTH_MAX = 60;

export interface Moved {
  readonly field: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** `how` is one of `8192 → 131072` and `+logprobs, −seed`. */
export interface MovedText {
  readonly what: string;
  readonly how: string;
}

/** One for each part of the field that moved; one that says so where none did. */
export function movedTexts({ field, before, after }: Moved): readonly MovedText[] {
  if (pricesIn(before).length > 0 || pricesIn(after).length > 0) return pricesMoved(field, before, after);
  if (isRecord(before) && isRecord(after)) return partsMoved(field, before, after);
  if (isWords(before) && isWords(after)) return [{ what: field, how: wordsMoved(before, after) }];
  return [{ what: field, how: `${valueText(before)} → ${valueText(after)}` }];
}

/** A meter, and under which condition. */
export function nameOf(price: Pick<StatedPrice, "meter" | "when"> | undefined): string {
  if (price === undefined) return "";
  return price.when === undefined ? price.meter : `${price.meter} ${JSON.stringify(price.when)}`;
}

function pricesMoved(field: string, before: unknown, after: unknown): readonly MovedText[] {
  const [old, now] = [byMeter(before), byMeter(after)];
  const moved = [...new Set([...old.keys(), ...now.keys()])].flatMap((meter) => {
    const [from, to] = [old.get(meter), now.get(meter)];
    if (from?.usd === to?.usd) return [];
    return [{ what: nameOf(to ?? from), how: `${priceText(from)} → ${priceText(to)}` }];
  });
  return moved.length === 0 ? [{ what: field, how: "as before" }] : moved;
}

function byMeter(value: unknown): ReadonlyMap<string, StatedPrice> {
  return new Map(pricesIn(value).map((price) => [meterOf(price), price]));
}

function priceText(price: StatedPrice | undefined): string {
  if (price === undefined) return "not stated";
  return price.per_million === undefined
    ? `$${price.usd} per ${price.unit}`
    : `$${price.per_million} per million`;
}

type Fields = { readonly [name: string]: unknown };

function partsMoved(field: string, before: Fields, after: Fields): readonly MovedText[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [from, to] = [before[name], after[name]];
    return JSON.stringify(from) === JSON.stringify(to)
      ? []
      : [{ what: `${field} ${name}`, how: `${valueText(from)} → ${valueText(to)}` }];
  });
}

function wordsMoved(before: readonly string[], after: readonly string[]): string {
  const came = after.filter((word) => !before.includes(word)).map((word) => `+${word}`);
  const went = before.filter((word) => !after.includes(word)).map((word) => `−${word}`);
  const moved = [...came, ...went];
  return moved.length === 0 ? "in another order" : cut(moved.join(", "));
}

function valueText(value: unknown): string {
  if (value === undefined || value === null) return "not stated";
  return cut(typeof value === "string" ? value : JSON.stringify(value));
}

function cut(text: string): string {
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX).toWellFormed()}…` : text;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}
