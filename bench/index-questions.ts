/** More than twenty kinds of question, each with several wordings, and how tables answer them. */
import { and, andAll, countOf, minus, slice, type RowSet } from "../src/catalog/table/row-set.ts";
import type { Direction, Table, ValueCount } from "../src/catalog/table/table.ts";
import type { Tables } from "../src/catalog/table/tables.ts";
import { chanceOf, pick, syllables } from "./index-rows.ts";

export interface Filter {
  /** Any of these words in this column. */
  readonly any?: { readonly [column: string]: readonly string[] };
  /** All of them. */
  readonly all?: { readonly [column: string]: readonly string[] };
  /** None of them. */
  readonly none?: { readonly [column: string]: readonly string[] };
  readonly range?: { readonly [column: string]: { readonly min?: number; readonly max?: number } };
}

export interface Question extends Filter {
  readonly kind: string;
  readonly text?: string;
  /** All of it must hold for one and the same offer. */
  readonly offer?: Filter;
  /** Of models; with `ofOffer` of the best of the offers asked for. */
  readonly sort?: { readonly column: string; readonly direction: Direction; readonly ofOffer?: boolean };
  readonly offset: number;
  readonly limit: number;
  /** The most frequent values of these columns among the answer. */
  readonly facets?: readonly string[];
  readonly histogram?: { readonly column: string; readonly edges: readonly number[] };
}

/** What the tables answer before any string is made of it: the page's documents are at hand. */
export interface Answer {
  readonly total: number;
  readonly page: Uint32Array;
  readonly documents: readonly Uint8Array[];
  readonly facets: readonly (readonly ValueCount[])[];
  readonly histogram: readonly number[];
}

export interface Reply {
  readonly total: number;
  readonly ids: readonly string[];
  readonly facets: readonly (readonly ValueCount[])[];
  readonly histogram: readonly number[];
}

export const FACET_VALUES = 20;
const PAGE = 100;
const FACETS = ["task", "library", "license", "lab"];

/** `each` wordings of each kind, always the same. */
export function questionsFor(models: number, each: number): readonly Question[] {
  return Array.from({ length: each }, (_, wording) => wordings(models, chanceOf(wording + 77))).flat();
}

function wordings(models: number, chance: () => number): readonly Question[] {
  const task = pick(
    ["text-generation", "text-classification", "image-classification", "text-to-image"],
    chance,
  );
  const tag = pick(["safetensors", "region:us", "endpoints_compatible", "gguf", "conversational"], chance);
  const library = pick(["transformers", "diffusers", "peft", "gguf"], chance);
  const word = pick(["llama", "qwen3", "mistral", "gemma", "deepseek", "whisper", "bert"], chance);
  const size = pick(["7b", "8b", "70b", "14b", "235b"], chance);
  const rare = syllables(1_000 + Math.floor(chance() * models));
  const fragment = rare.slice(1, 5);
  const letter = pick(["a", "e", "i", "o", "b", "l", "3", "z"], chance);
  const downloads = Math.floor(10 ** (1 + chance() * 4));
  const after = (19_000 + Math.floor(chance() * 1_500)) * 86_400_000;
  const page = { offset: 0, limit: PAGE };
  const deep = { offset: Math.floor(models * chance() * 0.3), limit: PAGE };
  return [
    { kind: "first page", ...page },
    { kind: "deep page", ...deep },
    { kind: "task", any: { task: [task] }, ...page },
    { kind: "task and library", any: { task: [task], library: [library] }, ...page },
    { kind: "frequent tag", any: { tag: [tag] }, ...page },
    { kind: "rare tag", any: { tag: [`tag-${syllables(300 + Math.floor(chance() * 3_000))}`] }, ...page },
    { kind: "without a tag", any: { task: [task] }, none: { tag: [tag] }, ...page },
    { kind: "one of three licenses", any: { license: ["mit", "apache-2.0", "gemma"] }, ...page },
    { kind: "downloads from", range: { downloads: { min: downloads } }, ...page },
    {
      kind: "created between, by task",
      any: { task: [task] },
      range: { created: { min: after, max: after + 2e10 } },
      ...page,
    },
    { kind: "by likes", sort: { column: "likes", direction: "down" }, ...page },
    { kind: "newest, deep", sort: { column: "created", direction: "down" }, ...deep },
    {
      kind: "fewest likes of a tag",
      any: { tag: [tag] },
      sort: { column: "likes", direction: "up" },
      ...page,
    },
    { kind: "by name", sort: { column: "name", direction: "up" }, any: { library: [library] }, ...page },
    {
      kind: "by parameters, deep",
      any: { task: [task] },
      sort: { column: "parameters", direction: "down" },
      offset: deep.offset >> 2,
      limit: PAGE,
    },
    { kind: "a word", text: word, ...page },
    { kind: "three words", text: `${word} ${size} instruct`, ...page },
    { kind: "a phrase with a hyphen", text: `${word}-${size}`, ...page },
    { kind: "a rare word", text: rare, ...page },
    { kind: "a fragment", text: fragment, ...page },
    { kind: "one letter", text: letter, ...page },
    { kind: "text and filter", text: word, any: { task: [task] }, ...page },
    { kind: "four facets of all", facets: FACETS, ...page },
    { kind: "four facets of a filter", any: { task: [task] }, facets: FACETS, ...page },
    { kind: "tags of a filter", any: { library: [library] }, facets: ["tag"], ...page },
    {
      kind: "two filters, sorted, four facets",
      any: { task: [task], tag: [tag] },
      sort: { column: "likes", direction: "down" },
      facets: FACETS,
      ...page,
    },
    {
      kind: "histogram",
      any: { task: [task] },
      histogram: { column: "downloads", edges: [10, 100, 1_000, 10_000, 100_000, 1_000_000] },
      ...page,
    },
    {
      kind: "text, filter, page, four facets",
      text: `${word} ${size}`,
      any: { tag: [tag] },
      facets: FACETS,
      ...page,
    },
    {
      kind: "all together",
      text: word,
      any: { task: [task] },
      none: { tag: [tag] },
      range: { created: { min: after } },
      sort: { column: "downloads", direction: "down" },
      facets: FACETS,
      offset: 50,
      limit: PAGE,
    },
    { kind: "served by a gateway", offer: { any: { gateway: ["openrouter", "groq"] } }, ...page },
    {
      kind: "cheapest with tools",
      offer: { all: { capability: ["tools", "reasoning"] }, range: { input_price: { max: 5 } } },
      sort: { column: "input_price", direction: "up", ofOffer: true },
      ...page,
    },
    {
      kind: "offers, text and facets",
      text: word,
      offer: { any: { status: ["live"] }, range: { context: { min: 32_768 } } },
      facets: ["task", "lab"],
      ...page,
    },
  ];
}

/** Answers by the tables. */
export function ask(tables: Tables, question: Question): Answer {
  const models = tables.table("models");
  const rollUp = tables.rollUp("offers");
  const found = question.text === undefined ? undefined : models.find(question.text);
  const offers = question.offer === undefined ? undefined : filtered(tables.table("offers"), question.offer);
  const sets = [
    ...(found === undefined ? [] : [found.rows]),
    ...(offers === undefined ? [] : [rollUp.parents(offers)]),
  ];
  const rows = filtered(models, question, sets);
  const { sort, offset, limit } = question;
  const part = { offset, limit };
  const page =
    sort === undefined
      ? (found?.page(rows, part) ?? slice(rows, part))
      : sort.ofOffer === true && offers !== undefined
        ? rollUp.best(offers, sort.column, "lowest").page(rows, sort.direction, part)
        : models.numbers(sort.column).page(rows, sort.direction, part);
  const { histogram } = question;
  return {
    total: countOf(rows),
    page,
    documents: Array.from(page, (row) => models.documentAt(row)),
    facets: (question.facets ?? []).map((column) => models.words(column).counts(rows, FACET_VALUES)),
    histogram:
      histogram === undefined ? [] : models.numbers(histogram.column).histogram(rows, histogram.edges),
  };
}

export function replyOf(tables: Tables, { total, page, facets, histogram }: Answer): Reply {
  return { total, ids: Array.from(page, (row) => tables.table("models").idAt(row)), facets, histogram };
}

function filtered(
  table: Table,
  { any = {}, all = {}, none = {}, range = {} }: Filter,
  more: readonly RowSet[] = [],
): RowSet {
  const sets = [
    ...more,
    ...Object.entries(any).map(([column, values]) => table.words(column).rowsOfAny(values)),
    ...Object.entries(all).flatMap(([column, values]) =>
      values.map((value) => table.words(column).rowsOf(value)),
    ),
  ];
  let rows = sets.length === 0 ? table.all : andAll(table.length, sets);
  for (const [column, values] of Object.entries(none))
    rows = minus(rows, table.words(column).rowsOfAny(values));
  for (const [column, bounds] of Object.entries(range))
    rows =
      rows === table.all
        ? table.numbers(column).between(bounds)
        : table.numbers(column).between(bounds, rows);
  return and(rows, table.all);
}
