/** Where two sources contradict each other about one offer, beyond what rounding explains. Both words are kept; the merge stands. Pure. */
import type { SourcedFinding } from "../domain/finding.ts";
import { canonicalJson, type Facts } from "../domain/listing.ts";
import { offerId, type OfferKey } from "../domain/offer.ts";
import { conditionKey, perMillion, type Price } from "../domain/price.ts";
import { AUTHORITY, fieldsOf } from "./authority.ts";
import type { Saying } from "./claim.ts";

/** 131,072 and 128,000 are one length in two spellings, and so are 1,000,000 and 1,048,576. */
const COUNT_TOLERANCE = 0.05;
/** Below it two prices differ by how they were rounded. */
const PRICE_TOLERANCE = 0.001;
/** What one message lists. */
const DIFFERENCES_MAX = 6;

/** `sayings` in their order. One finding for each source that contradicts a word which goes before its own; where one source speaks there is none. */
export function conflictsOf(key: OfferKey, sayings: readonly Saying[]): readonly SourcedFinding[] {
  const ranked = sayings
    .filter(({ isKept }) => !isKept)
    .map(({ claim: { source }, facts }) => ({ source, facts }));
  if (ranked.length < 2) return [];
  return ranked.flatMap((claim, index): readonly SourcedFinding[] => {
    const differences = differencesFrom(ranked.slice(0, index), claim);
    if (differences.length === 0) return [];
    const shown = differences
      .slice(0, DIFFERENCES_MAX)
      .map(({ what, said, by, against }) => `${what}: ${by} says ${said}, ${claim.source} ${against}`);
    const rest = differences.length - shown.length;
    const message = `${shown.join("; ")}${rest > 0 ? `; and ${rest} more` : ""}`;
    return [{ kind: "conflict", source: claim.source, subject: offerId(key), message }];
  });
}

interface Said {
  readonly source: string;
  readonly facts: Facts;
}

interface Difference {
  readonly what: string;
  readonly by: string;
  readonly said: string;
  readonly against: string;
}

function differencesFrom(before: readonly Said[], { facts }: Said): readonly Difference[] {
  return fieldsOf(AUTHORITY).flatMap((field): readonly Difference[] => {
    const first = before.find((one) => one.facts[field] !== undefined);
    if (first === undefined || facts[field] === undefined) return [];
    return differencesIn(field, first.facts, facts).map((difference) => ({
      ...difference,
      by: first.source,
    }));
  });
}

type Plain = Omit<Difference, "by">;

function differencesIn(field: keyof Facts, one: Facts, other: Facts): readonly Plain[] {
  const { differs } = AUTHORITY[field];
  if (differs === undefined) return [];
  if (differs === "price") return priceDifferences(one.prices ?? [], other.prices ?? []);
  if (field === "capabilities") return capabilityDifferences(one, other);
  const [said, against] = [canonicalJson(one[field]), canonicalJson(other[field])];
  const isApart =
    differs === "count" ? apart(Number(said), Number(against)) > COUNT_TOLERANCE : said !== against;
  return isApart ? [{ what: snakeCase(field), said, against }] : [];
}

/** Prices of one meter under one condition; what only one of them states is no contradiction. */
function priceDifferences(stands: readonly Price[], other: readonly Price[]): readonly Plain[] {
  const prices = new Map(other.map((price) => [priceKey(price), price]));
  return stands.flatMap((price) => {
    const rival = prices.get(priceKey(price));
    if (rival === undefined || apart(Number(price.usd), Number(rival.usd)) <= PRICE_TOLERANCE) return [];
    const condition = conditionKey(price.when).replaceAll(/^\/+|\/+$/g, "");
    return [
      {
        what: condition === "" ? price.meter : `${price.meter} (${condition})`,
        said: amountOf(price),
        against: amountOf(rival),
      },
    ];
  });
}

function capabilityDifferences(stands: Facts, other: Facts): readonly Plain[] {
  const rivals = new Map(Object.entries(other.capabilities ?? {}));
  return Object.entries(stands.capabilities ?? {}).flatMap(([capability, can]) => {
    const rival = rivals.get(capability);
    return rival === undefined || rival === can
      ? []
      : [{ what: capability, said: can ? "yes" : "no", against: rival ? "yes" : "no" }];
  });
}

/** How far two amounts are apart, as a part of the larger one. */
function apart(a: number, b: number): number {
  const larger = Math.max(Math.abs(a), Math.abs(b));
  return larger === 0 ? 0 : Math.abs(a - b) / larger;
}

function priceKey({ meter, unit, when }: Price): string {
  return `${meter}|${unit}|${conditionKey(when)}`;
}

function amountOf(price: Price): string {
  return price.unit === "token"
    ? `$${perMillion(price)} per million tokens`
    : `$${price.usd} per ${price.unit}`;
}

function snakeCase(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
