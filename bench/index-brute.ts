/** The same answers by looking at every row: nothing of the index but how a text is folded and split. */
import { fold, tailOf, wordsOf } from "../src/catalog/table/fold.ts";
import type { ValueCount } from "../src/catalog/table/table.ts";
import { MODELS, rowOf, type Row } from "./index-rows.ts";
import { FACET_VALUES, type Filter, type Question, type Reply } from "./index-questions.ts";

interface Found {
  readonly rows: number[];
  readonly fits: number[];
  readonly best: number[];
  readonly facets: readonly Map<string, number>[];
  readonly histogram: number[];
}

/** One walk over all rows, in which every question looks at each of them. */
export function answersBySearching(models: number, questions: readonly Question[]): readonly Reply[] {
  const ids: string[] = [];
  const columns = new Map(MODELS.numbers.map((column) => [column, new Float64Array(models)]));
  const names: string[] = [];
  const found = questions.map((question): Found => ({
    rows: [],
    fits: [],
    best: [],
    facets: (question.facets ?? []).map(() => new Map<string, number>()),
    histogram: Array.from({ length: (question.histogram?.edges.length ?? -1) + 1 }, () => 0),
  }));
  const asked = questions.map(({ text = "" }) => ({ folded: fold(text).trim(), words: wordsOf(fold(text)) }));
  for (let number = 0; number < models; number += 1) {
    const row = rowOf(number, models);
    ids.push(row.id);
    names.push(fold(row.strings?.["name"] ?? ""));
    for (const [column, values] of columns) values[number] = row.numbers[column] ?? Number.NaN;
    const words = [row.id, ...row.texts].flatMap((text) => wordsOf(fold(text)));
    for (const [at, question] of questions.entries()) {
      const its = found[at];
      const text = asked[at];
      if (its !== undefined && text !== undefined) look(row, number, words, question, text, its);
    }
  }
  const byId = Uint32Array.from(ids.keys()).toSorted((a, b) => ((ids[a] ?? "") < (ids[b] ?? "") ? -1 : 1));
  const places = new Uint32Array(models);
  for (const [place, number] of byId.entries()) places[number] = place;
  return questions.map((question, at) => reply(question, found[at], { ids, names, columns, places }));
}

interface Asked {
  readonly folded: string;
  readonly words: readonly string[];
}

function look(
  row: Row,
  number: number,
  words: readonly string[],
  question: Question,
  text: Asked,
  its: Found,
): void {
  if (!fits(row, question)) return;
  if (text.words.some((word) => !words.some((each) => each.includes(word)))) return;
  const offers =
    question.offer === undefined
      ? undefined
      : row.offers.filter((offer) => fits(offer, question.offer ?? {}));
  if (offers?.length === 0) return;
  its.rows.push(number);
  its.fits.push(text.words.length === 0 || question.sort !== undefined ? 0 : fitOf(row, words, text));
  const prices = offers
    ?.map(({ numbers }) => numbers[question.sort?.column ?? ""])
    .filter((price) => price !== undefined);
  its.best.push(Math.min(...(prices ?? [])));
  for (const [index, column] of (question.facets ?? []).entries())
    for (const value of wordsAt(row, column))
      its.facets[index]?.set(value, (its.facets[index].get(value) ?? 0) + 1);
  const { histogram } = question;
  const value = histogram === undefined ? undefined : row.numbers[histogram.column];
  if (value === undefined) return;
  const part = histogram?.edges.filter((edge) => edge <= value).length ?? 0;
  its.histogram[part] = (its.histogram[part] ?? 0) + 1;
}

function fits(
  row: Pick<Row, "words" | "numbers">,
  { any = {}, all = {}, none = {}, range = {} }: Filter,
): boolean {
  const has = (column: string, value: string) => wordsAt(row, column).includes(value);
  return (
    Object.entries(any).every(([column, values]) => values.some((value) => has(column, value))) &&
    Object.entries(all).every(([column, values]) => values.every((value) => has(column, value))) &&
    Object.entries(none).every(([column, values]) => !values.some((value) => has(column, value))) &&
    Object.entries(range).every(([column, { min = -Infinity, max = Infinity }]) => {
      const value = row.numbers[column];
      return value !== undefined && value >= min && value <= max;
    })
  );
}

function fitOf(row: Row, words: readonly string[], { folded, words: asked }: Asked): number {
  if (fold(row.id) === folded) return 0;
  if (tailOf(fold(row.id)) === folded) return 1;
  return asked.every((word) => words.some((each) => each.startsWith(word))) ? 2 : 3;
}

function wordsAt({ words }: Pick<Row, "words">, column: string): readonly string[] {
  const value = words[column];
  return value === undefined ? [] : typeof value === "string" ? [value] : value;
}

interface Everything {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  readonly columns: ReadonlyMap<string, Float64Array>;
  readonly places: Uint32Array;
}

function reply(question: Question, its: Found | undefined, all: Everything): Reply {
  if (its === undefined) throw new Error("a question was not looked at");
  const { sort, offset, limit } = question;
  const down = (column: string) => (a: number, b: number) =>
    ordered(all.columns.get(column)?.[a], all.columns.get(column)?.[b], -1);
  const byId = (a: number, b: number) => (all.places[a] ?? 0) - (all.places[b] ?? 0);
  const [downloads, offers] = [down("downloads"), down("offers")];
  const entries = its.rows.map((row, at) => ({
    row,
    fit: its.fits[at] ?? 0,
    best: its.best[at] ?? Infinity,
  }));
  const sign = sort?.direction === "down" ? -1 : 1;
  entries.sort((a, b) => {
    if (sort === undefined)
      return a.fit - b.fit || downloads(a.row, b.row) || offers(a.row, b.row) || byId(a.row, b.row);
    if (sort.ofOffer === true) return ordered(finite(a.best), finite(b.best), sign) || byId(a.row, b.row);
    if (sort.column === "name")
      return compare(all.names[a.row], all.names[b.row]) * sign || byId(a.row, b.row);
    const values = all.columns.get(sort.column);
    return ordered(values?.[a.row], values?.[b.row], sign) || byId(a.row, b.row);
  });
  return {
    total: entries.length,
    ids: entries.slice(offset, offset + limit).map(({ row }) => all.ids[row] ?? ""),
    facets: its.facets.map(most),
    histogram: its.histogram,
  };
}

function most(counts: ReadonlyMap<string, number>): readonly ValueCount[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((a, b) => b.count - a.count || compare(a.value, b.value))
    .slice(0, FACET_VALUES);
}

function compare(a = "", b = ""): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Unknown last, whatever the sign. */
function ordered(a = Number.NaN, b = Number.NaN, sign = 1): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return (a - b) * sign;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}
