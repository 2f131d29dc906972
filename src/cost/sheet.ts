/** A usage object to be read key by key: counts are checked, and what was never asked for is told. */
import { parseDecimal, type Decimal } from "../domain/decimal.ts";
import { BadUsage } from "./usage.ts";

export interface Fields {
  readonly [key: string]: unknown;
}

/** Keys are paths: `prompt_tokens_details.cached_tokens`. */
export interface Sheet {
  /** The count under a key; 0 where it is absent or null. Throws `BadUsage` where it is no count. */
  count(path: string): Decimal;
  /** The first of these that is there. */
  first(...paths: readonly string[]): Decimal;
  /** Of a list of counts by modality, that of one. */
  modality(path: string, modality: string): Decimal;
  has(path: string): boolean;
  word(path: string): unknown;
  /** Keys that are understood and count for nothing of their own. */
  know(...paths: readonly string[]): void;
  /** The keys that hold a number above 0 and were never asked for. */
  unread(): readonly string[];
}

const ZERO: Decimal = { digits: 0n, scale: 0 };
const COUNT_MAX = 1e15;

export function sheetOf(fields: Fields): Sheet {
  const asked = new Set<string>();
  const at = (path: string): unknown => {
    asked.add(path);
    return path
      .split(".")
      .reduce<unknown>(
        (value, key) => (isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined),
        fields,
      );
  };
  const has = (path: string) => at(path) !== undefined && at(path) !== null;
  const count = (path: string) => (has(path) ? countIn(path, at(path)) : ZERO);
  return {
    count,
    has,
    word: at,
    first: (...paths) => {
      const counts = paths.map(count);
      return counts[paths.findIndex(has)] ?? ZERO;
    },
    modality: (path, modality) => {
      const list = at(path);
      const entry = Array.isArray(list)
        ? list.find((one) => isFields(one) && isOf(one, modality))
        : undefined;
      return isFields(entry) ? countIn(path, entry["token_count"] ?? entry["tokenCount"] ?? 0) : ZERO;
    },
    know: (...paths) => {
      for (const path of paths) asked.add(path);
    },
    unread: () => numbersIn(fields, "").filter((path) => !asked.has(path)),
  };
}

function isOf(entry: Fields, modality: string): boolean {
  return String(entry["modality"]).toUpperCase() === modality;
}

function countIn(path: string, value: unknown): Decimal {
  const count =
    typeof value === "number" && value >= 0 && value <= COUNT_MAX ? parseDecimal(String(value)) : undefined;
  if (count === undefined) throw new BadUsage(`${path} is no count: ${JSON.stringify(value)?.slice(0, 40)}`);
  return count;
}

function numbersIn(fields: Fields, prefix: string): readonly string[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    if (isFields(value)) return numbersIn(value, `${prefix}${key}.`);
    return typeof value === "number" && value > 0 ? [prefix + key] : [];
  });
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
