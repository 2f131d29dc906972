/** What stands beside a page: how many fit by gateway, by lab, by price. Each is counted without its own filter. */
import type { Catalog } from "./catalog.ts";
import { priceRank } from "./constraints.ts";
import { NUMBER_FIELDS, WORD_FIELDS, type NumberName, type WordField, type WordName } from "./fields.ts";
import { HUB_GATEWAY, bestOf, type Found, type Left } from "./find.ts";
import { bucketsOf, type Facet } from "./parameters.ts";
import { and, countOf } from "./table/row-set.ts";
import type { ValueCount } from "./table/table.ts";

export interface WordFacet {
  /** Most first, then by value. */
  readonly values: readonly ValueCount[];
  /** True where there are further values. */
  readonly has_more: boolean;
  /** How many state nothing. */
  readonly unknown: number;
}

export interface NumberFacet {
  /** From each lower edge up to the next; the last one has no end. Prices are exact decimals. */
  readonly buckets: readonly {
    readonly from: number | string;
    readonly to?: number | string;
    readonly count: number;
  }[];
  readonly unknown: number;
}

export interface Facets {
  readonly facets: { readonly [name in Facet]?: WordFacet | NumberFacet };
  /** Those that would have taken too long. */
  readonly leftOut: readonly Facet[];
}

/** How many values a facet shows. */
export const FACET_VALUES_MAX = 100;
/** How many rows all facets of one answer may walk over: about a tenth of a second. */
const FACET_ROWS_MAX = 20_000_000;
/** A row of a column that holds several words is walked over so many times, as a rule. */
const WORDS_OF_A_ROW = 8;

/** The same question to the same catalog leaves the same ones out: by how many rows they walk, not by the clock. */
export function countFacets(catalog: Catalog, found: Found, names: readonly Facet[]): Facets {
  const facets: { [name in Facet]?: WordFacet | NumberFacet } = {};
  const leftOut: Facet[] = [];
  let walked = 0;
  for (const name of names) {
    const left = found.without(name);
    const cost = countOf(left.rows) * (isMany(name) ? WORDS_OF_A_ROW : 1);
    if (walked + cost > FACET_ROWS_MAX) leftOut.push(name);
    else {
      walked += cost;
      facets[name] = isWord(name)
        ? wordFacet(catalog, found, name, left)
        : numberFacet(catalog, found, name, left);
    }
  }
  return { facets, leftOut };
}

function wordFacet(catalog: Catalog, found: Found, name: WordName, left: Left): WordFacet {
  const limit = FACET_VALUES_MAX + 1;
  const byOffers = found.table === catalog.models && WORD_FIELDS[name].of === "offer";
  if (!byOffers || left.offers === undefined) {
    const column = found.table.words(name);
    return shown(column.counts(left.rows, limit), countOf(and(left.rows, column.absent)));
  }
  const offers = left.offers();
  const silent = and(offers, catalog.offers.words(name).absent);
  const counts = catalog.offering.counts(offers, name, limit);
  const alone = name === "gateway" && left.unserved !== undefined ? countOf(left.unserved) : 0;
  return shown(
    alone === 0 ? counts : withMore(counts, HUB_GATEWAY, alone),
    countOf(catalog.offering.parents(silent)),
  );
}

function shown(counts: readonly ValueCount[], unknown: number): WordFacet {
  return { values: counts.slice(0, FACET_VALUES_MAX), has_more: counts.length > FACET_VALUES_MAX, unknown };
}

function withMore(counts: readonly ValueCount[], value: string, more: number): readonly ValueCount[] {
  const before = counts.find((each) => each.value === value)?.count ?? 0;
  const others = counts.filter((each) => each.value !== value);
  return [...others, { value, count: before + more }].toSorted(
    (a, b) => b.count - a.count || (a.value < b.value ? -1 : 1),
  );
}

function numberFacet(catalog: Catalog, found: Found, name: NumberName, left: Left): NumberFacet {
  const edges = bucketsOf(name) ?? [];
  const isUsd = NUMBER_FIELDS[name].unit === "usd";
  const places = edges.map((edge) => (isUsd ? priceRank(catalog, edge) : Number(edge)));
  const byOffers = found.table === catalog.models && NUMBER_FIELDS[name].of === "offer";
  const column =
    byOffers && left.offers !== undefined
      ? catalog.offering.best(left.offers(), name, bestOf(name))
      : found.table.numbers(name);
  const [below = 0, ...counts] = column.histogram(left.rows, places);
  const written = edges.map((edge) => (isUsd ? edge : Number(edge)));
  const known = counts.reduce((sum, count) => sum + count, below);
  return {
    buckets: written.map((from, index) => {
      const to = written[index + 1];
      return { from, ...(to === undefined ? {} : { to }), count: counts[index] ?? 0 };
    }),
    unknown: countOf(left.rows) - known,
  };
}

function isWord(name: Facet): name is WordName {
  return Object.hasOwn(WORD_FIELDS, name);
}

function isMany(name: Facet): boolean {
  if (!isWord(name)) return false;
  const field: WordField = WORD_FIELDS[name];
  return field.many === true;
}
