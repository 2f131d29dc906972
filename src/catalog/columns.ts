/** The tables of a catalog: models, offers under them with the fields of their models beside their own, and aliases. */
import {
  NUMBER_FIELDS,
  WORD_FIELDS,
  numberNamesOf,
  wordNamesOf,
  type Document,
  type NumberField,
  type WordField,
} from "./fields.ts";
import type { TableSpec } from "./table/table.ts";

export const MODELS = "models";
export const OFFERS = "offers";
export const ALIASES = "aliases";
/** The column of strings that `sort=name` goes by. */
export const NAME = "name";
/** The source whose last reading is the offer's last sighting; absent where the document states its own. */
export const SEEN_BY = "seen_by";

/** Models with the most offers stand first, and among those the most downloaded: that is the default order. */
export const TABLES: readonly TableSpec[] = [
  {
    name: MODELS,
    words: arityOf("model"),
    numbers: numberNamesOf("model"),
    strings: [NAME],
    order: ["offers", "downloads"],
  },
  {
    name: OFFERS,
    parent: MODELS,
    words: { ...arityOf("model", "offer"), [SEEN_BY]: "one" },
    numbers: numberNamesOf("model", "offer"),
    strings: [NAME],
    order: [],
  },
  { name: ALIASES, parent: MODELS, words: {}, numbers: [], order: [] },
];

/** What is compared in place of a price: its place in the exact order of all. */
export type RankOf = (usd: string) => number | undefined;

/** What a row has in each column of the fields; absent where its document is silent. */
export interface Columns {
  readonly words: { readonly [column: string]: readonly string[] | undefined };
  readonly numbers: { readonly [column: string]: number | undefined };
  readonly strings: { readonly [column: string]: string | undefined };
}

export function modelColumns(model: Document): Columns {
  return {
    words: wordsOf(MODEL_WORDS, model, {}),
    numbers: numbersOf(MODEL_NUMBERS, model, {}),
    strings: { [NAME]: nameOf(model) },
  };
}

/** `ofModel` is what `modelColumns` says of its model. */
export function offerColumns(offer: Document, ofModel: Columns, rankOf: RankOf): Columns {
  return {
    words: wordsOf(OFFER_WORDS, offer, ofModel.words),
    numbers: numbersOf(OFFER_NUMBERS, offer, ofModel.numbers, rankOf),
    strings: ofModel.strings,
  };
}

export function nameOf({ name }: Document): string | undefined {
  return typeof name === "string" ? name : undefined;
}

function arityOf(...subjects: readonly WordField["of"][]): TableSpec["words"] {
  return Object.fromEntries(
    wordNamesOf(...subjects).map((name) => {
      const field: WordField = WORD_FIELDS[name];
      return [name, field.many === true ? "many" : "one"];
    }),
  );
}

/** Found once: millions of rows are read by them. */
const MODEL_WORDS = wordFieldsOf("model");
const OFFER_WORDS = wordFieldsOf("offer");
const MODEL_NUMBERS = numberFieldsOf("model");
const OFFER_NUMBERS = numberFieldsOf("offer");

function wordFieldsOf(subject: WordField["of"]): readonly (readonly [name: string, field: WordField])[] {
  return wordNamesOf(subject).map((name) => [name, WORD_FIELDS[name]]);
}

function numberFieldsOf(
  subject: NumberField["of"],
): readonly (readonly [name: string, field: NumberField])[] {
  return numberNamesOf(subject).map((name) => [name, NUMBER_FIELDS[name]]);
}

function wordsOf(fields: typeof MODEL_WORDS, document: Document, others: Columns["words"]): Columns["words"] {
  const words: { [column: string]: readonly string[] | undefined } = { ...others };
  for (const [name, field] of fields) words[name] = field.read(document);
  return words;
}

function numbersOf(
  fields: typeof MODEL_NUMBERS,
  document: Document,
  others: Columns["numbers"],
  rankOf?: RankOf,
): Columns["numbers"] {
  const numbers: { [column: string]: number | undefined } = { ...others };
  for (const [name, field] of fields) {
    const value = field.read(document);
    numbers[name] = typeof value === "string" ? rankOf?.(value) : value;
  }
  return numbers;
}
