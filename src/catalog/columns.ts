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
import type { TableRow, TableSpec } from "./table/table.ts";

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

export function modelColumns(model: Document): Pick<TableRow, "words" | "numbers" | "strings"> {
  return {
    words: Object.fromEntries(wordNamesOf("model").map((name) => [name, wordsAt(name, model)])),
    numbers: Object.fromEntries(numberNamesOf("model").map((name) => [name, numberAt(name, model)])),
    strings: { [NAME]: nameOf(model) },
  };
}

/** `ofModel` is what `modelColumns` says of its model. */
export function offerColumns(
  offer: Document,
  ofModel: ReturnType<typeof modelColumns>,
  rankOf: RankOf,
): Pick<TableRow, "words" | "numbers" | "strings"> {
  return {
    words: {
      ...ofModel.words,
      ...Object.fromEntries(wordNamesOf("offer").map((name) => [name, wordsAt(name, offer)])),
    },
    numbers: {
      ...ofModel.numbers,
      ...Object.fromEntries(numberNamesOf("offer").map((name) => [name, numberAt(name, offer, rankOf)])),
    },
    ...(ofModel.strings === undefined ? {} : { strings: ofModel.strings }),
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

function wordsAt(name: keyof typeof WORD_FIELDS, document: Document): readonly string[] {
  return WORD_FIELDS[name].read(document);
}

function numberAt(name: keyof typeof NUMBER_FIELDS, document: Document, rankOf?: RankOf): number | undefined {
  const field: NumberField = NUMBER_FIELDS[name];
  const value = field.read(document);
  return typeof value === "string" ? rankOf?.(value) : value;
}
