/** A question as sets of rows: one for each thing that it asks, so that a facet can leave out its own. */
import { compareUsd } from "../domain/decimal.ts";
import type { Catalog } from "./catalog.ts";
import {
  NUMBER_FIELDS,
  UNKNOWN,
  WORD_FIELDS,
  numberNamesOf,
  wordNamesOf,
  type NumberName,
  type WordField,
  type WordName,
} from "./fields.ts";
import { QUALITY_DOWNLOADS_OVER, QUALITY_LIKES_OVER } from "./parameters.ts";
import { rangesAsked, wordsAsked, type Query, type Range, type Words } from "./query.ts";
import { andAll, minus, or, type RowSet } from "./table/row-set.ts";
import type { Table, WordColumn } from "./table/table.ts";

/** What one parameter, or two that bound one number, leave over. */
export interface Constraint {
  readonly name: WordName | NumberName | "q" | "quality";
  readonly rows: RowSet;
}

/** What a question asks of the rows of a table that hold the fields of these documents. */
export function constraintsOn(
  catalog: Catalog,
  table: Table,
  query: Query,
  subjects: readonly ("model" | "offer")[],
): readonly Constraint[] {
  const words = wordNamesOf(...subjects);
  const numbers = numberNamesOf(...subjects);
  const thresholds = query.quality?.includes("high") === true ? ["downloads", "likes"] : [];
  return [
    ...wordsAsked(query)
      .filter(([name]) => words.includes(name))
      .map(([name, asked]) => ({ name, rows: rowsWithWords(catalog, table, name, asked) })),
    ...rangesAsked(query)
      .filter(([name]) => numbers.includes(name) && !thresholds.includes(name))
      .map(([name, range]) => ({ name, rows: rowsBetween(catalog, table, name, range) })),
    ...(query.quality === undefined || !subjects.includes("model")
      ? []
      : [{ name: "quality" as const, rows: rowsOfQuality(table, query) }]),
  ];
}

/** `unknown` stands for rows that state nothing. */
function rowsWithWords(catalog: Catalog, table: Table, name: WordName, { any, none }: Words): RowSet {
  const field: WordField = WORD_FIELDS[name];
  const column = table.words(name);
  const rowsOf = (word: string) =>
    word === UNKNOWN ? column.absent : column.rowsOfAny(spellingsOf(catalog, name, word));
  const asked = any.map(rowsOf);
  const wanted =
    any.length === 0 ? table.all : field.all === true ? andAll(table.length, asked) : or(table.length, asked);
  return none.map(rowsOf).reduce(minus, wanted);
}

/** Beyond so many values a word must be spelled exactly. */
const FOLDED_VALUES_MAX = 20_000;
const foldings = new WeakMap<WordColumn, ReadonlyMap<string, readonly string[]>>();

/** The value that is spelled so, or means the same; where the catalog has none, those that differ in case alone. */
export function spellingsOf(catalog: Catalog, name: WordName, word: string): readonly string[] {
  const field: WordField = WORD_FIELDS[name];
  const column = vocabularyOf(catalog, name);
  if (column.hasValue(word)) return [word];
  const meaning = field.meaning?.(word);
  if (meaning !== undefined && column.hasValue(meaning)) return [meaning];
  if (column.values.length > FOLDED_VALUES_MAX) return [];
  const known = foldings.get(column) ?? Map.groupBy(column.values, (value) => value.toLowerCase());
  foldings.set(column, known);
  return known.get(word.toLowerCase()) ?? [];
}

/** The column that knows every word of a field. */
export function vocabularyOf({ models, offers }: Catalog, name: WordName): WordColumn {
  return (WORD_FIELDS[name].of === "model" ? models : offers).words(name);
}

function rowsBetween(catalog: Catalog, table: Table, name: NumberName, { from, to }: Range): RowSet {
  const column = table.numbers(name);
  switch (NUMBER_FIELDS[name].unit) {
    case "usd":
      return column.between({
        ...(from === undefined ? {} : { min: priceRank(catalog, String(from)) }),
        ...(to === undefined ? {} : { max: priceRank(catalog, String(to), "above") - 1 }),
      });
    case "instant":
      return column.between({
        ...(from === undefined ? {} : { min: Number(from) }),
        // Before it, and not at it: instants are whole milliseconds.
        ...(to === undefined ? {} : { max: Number(to) - 1 }),
      });
    case "count":
      return column.between({
        ...(from === undefined ? {} : { min: Number(from) }),
        ...(to === undefined ? {} : { max: Number(to) }),
      });
  }
}

/** The place of the first price that is at least, or above, this one: compared as decimals, exactly. */
export function priceRank(
  { prices }: Catalog,
  usd: string,
  which: "at-least" | "above" = "at-least",
): number {
  let low = 0;
  let high = prices.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const order = compareUsd(prices[middle] ?? "", usd);
    if (order < 0 || (order === 0 && which === "above")) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** More than the thresholds, or as much as the question says instead; what is known to be private is of no quality. */
function rowsOfQuality(table: Table, query: Query): RowSet {
  const { min_downloads: downloads = QUALITY_DOWNLOADS_OVER + 1, min_likes: likes = QUALITY_LIKES_OVER + 1 } =
    query;
  const sets: RowSet[] = [];
  if (query.quality?.includes("high") === true) {
    const enough = andAll(table.length, [
      table.numbers("downloads").between(bounds(downloads, query.max_downloads)),
      table.numbers("likes").between(bounds(likes, query.max_likes)),
    ]);
    sets.push(minus(enough, table.words("private").rowsOf("true")));
  }
  if (query.quality?.includes("unknown") === true)
    sets.push(table.numbers("downloads").absent, table.numbers("likes").absent);
  return or(table.length, sets);
}

function bounds(min: number, max: number | undefined): { readonly min: number; readonly max?: number } {
  return max === undefined ? { min } : { min, max };
}
