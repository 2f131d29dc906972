/**
 * What can be asked of models and offers, read off their documents: the one declaration behind columns, parameters,
 * facets, sort orders and the documentation.
 */
import { CAPABILITIES } from "../domain/capability.ts";
import { licenseOf } from "../domain/license.ts";
import { MODALITIES } from "../domain/modality.ts";
import { STATUSES } from "../domain/offer.ts";
import { BILLINGS } from "../domain/price.ts";
import { flag, number, price, record, words, type Document } from "./stated.ts";

export type { Document } from "./stated.ts";

/** Stands for "not stated" wherever a word is asked for. */
export const UNKNOWN = "unknown";

interface Declared {
  /** Whose document it is read off. */
  readonly of: "model" | "offer";
  /** Of words and dates the end of a sentence, "Models …"; of counts what is counted; of prices what is paid for. */
  readonly says: string;
}

export interface WordField extends Declared {
  /**
   * Which words a question may use: those in code (`listed`), those and the ones that the revision holds (`held`), or
   * any, because nobody can know them all (`any`).
   */
  readonly words: "listed" | "held" | "any";
  readonly listed?: readonly string[];
  /** What a word of a question means, where upstreams and people spell it in many ways. */
  readonly meaning?: (word: string) => string | undefined;
  /** True where one document may hold several. */
  readonly many?: true;
  /** True where several words of a question must all be there, not one of them. */
  readonly all?: true;
  read(document: Document): readonly string[];
}

export interface NumberField extends Declared {
  /** How people write it and what it counts: US dollars for a million tokens are exact decimals. */
  readonly unit: "count" | "usd" | "instant";
  /** How the order begins where none is asked for. */
  readonly order: "asc" | "desc";
  /** Where the buckets of its facet begin, as it is written in a question. */
  readonly buckets?: readonly string[];
  read(document: Document): number | string | undefined;
}

export const WORD_FIELDS = {
  gateway: {
    of: "offer",
    says: "that go through one of these gateways; `hug` is `huggingface`, `all` is every gateway",
    words: "held",
    read: ({ gateway }) => words(gateway),
  },
  provider: {
    of: "offer",
    says: "served by one of these providers, through the gateway asked for",
    words: "held",
    read: ({ provider }) => words(provider),
  },
  lab: {
    of: "model",
    says: "made by one of these labs",
    words: "held",
    read: ({ owned_by: lab }) => words(lab === UNKNOWN ? undefined : lab),
  },
  task: {
    of: "model",
    says: "for one of these tasks, in the words of Hugging Face",
    words: "held",
    read: ({ task }) => words(task),
  },
  input: {
    of: "model",
    says: "that take one of these in",
    words: "listed",
    listed: MODALITIES,
    many: true,
    read: ({ input_modalities: input }) => words(input),
  },
  output: {
    of: "model",
    says: "that give one of these out",
    words: "listed",
    listed: MODALITIES,
    many: true,
    read: ({ output_modalities: output }) => words(output),
  },
  capability: {
    of: "offer",
    says: "that can do all of these at one and the same offer",
    words: "listed",
    listed: CAPABILITIES,
    many: true,
    all: true,
    read: ({ capabilities }) =>
      Object.entries(record(capabilities)).flatMap(([name, can]) => (can === true ? [name] : [])),
  },
  license: {
    of: "model",
    says: "under one of these licenses",
    words: "held",
    meaning: licenseOf,
    read: ({ license }) => words(license),
  },
  variant_of: {
    of: "model",
    says: "that are variants of one of these models: dated, quantised, tuned or previewed editions",
    words: "any",
    read: ({ variant_of: original }) => words(original),
  },
  library: {
    of: "model",
    says: "made for one of these libraries, as the Hub says",
    words: "held",
    read: ({ huggingface_metrics: hub }) => words(record(hub)["library_name"]),
  },
  tag: {
    of: "model",
    says: "with one of these tags",
    words: "any",
    many: true,
    read: ({ tags }) => words(tags),
  },
  open_weights: {
    of: "model",
    says: "whose weights are open, or are not",
    words: "listed",
    listed: ["true", "false"],
    read: ({ open_weights: open }) => flag(open),
  },
  gated: {
    of: "model",
    says: "for which one must ask the Hub for access, or need not; `auto` and `manual` say who grants it",
    words: "listed",
    listed: ["true", "false", "auto", "manual"],
    many: true,
    read: ({ huggingface_metrics: hub }) => {
      const { gated } = record(hub);
      return typeof gated === "string" ? [gated, "true"] : flag(gated);
    },
  },
  private: {
    of: "model",
    says: "that the Hub shows to their owners alone, or to everybody",
    words: "listed",
    listed: ["true", "false"],
    read: ({ huggingface_metrics: hub }) => flag(record(hub)["private"]),
  },
  status: {
    of: "offer",
    says: "in one of these states, as the gateway states it",
    words: "listed",
    listed: STATUSES,
    read: ({ status }) => words(status),
  },
  billing: {
    of: "offer",
    says: "paid for in one of these ways",
    words: "listed",
    listed: BILLINGS.filter((billing) => billing !== UNKNOWN),
    read: ({ billing }) => words(billing === UNKNOWN ? undefined : billing),
  },
  quantization: {
    of: "offer",
    says: "served in one of these precisions",
    words: "held",
    read: ({ quantization }) => words(quantization),
  },
  points_to: {
    of: "offer",
    says: "that are moving aliases, and stand for one of these models now",
    words: "any",
    read: ({ link }) => words(record(link)["points_to"]),
  },
  visibility: {
    of: "offer",
    says: "that everybody may see, or only the operator",
    words: "listed",
    listed: ["public", "account"],
    read: ({ visibility = "public" }) => words(visibility),
  },
} as const satisfies { readonly [name: string]: WordField };
export type WordName = keyof typeof WORD_FIELDS;

export const NUMBER_FIELDS = {
  created: {
    of: "model",
    says: "created",
    unit: "instant",
    order: "desc",
    read: ({ created }) => (typeof created === "number" ? created * 1_000 : undefined),
  },
  updated: {
    of: "model",
    says: "whose facts last changed",
    unit: "instant",
    order: "desc",
    read: ({ updated_at: updated }) => (typeof updated === "string" ? Date.parse(updated) : undefined),
  },
  downloads: {
    of: "model",
    says: "downloads in a month from the Hub",
    unit: "count",
    order: "desc",
    read: ({ huggingface_metrics: hub }) => number(record(hub)["downloads"]),
  },
  likes: {
    of: "model",
    says: "likes at the Hub",
    unit: "count",
    order: "desc",
    read: ({ huggingface_metrics: hub }) => number(record(hub)["likes"]),
  },
  parameters: {
    of: "model",
    says: "parameters",
    unit: "count",
    order: "desc",
    buckets: ["0", "1000000000", "4000000000", "10000000000", "40000000000", "100000000000", "400000000000"],
    read: ({ parameters }) => number(parameters),
  },
  offers: {
    of: "model",
    says: "offers",
    unit: "count",
    order: "desc",
    read: ({ offers_count: offers }) => number(offers),
  },
  context: {
    of: "offer",
    says: "tokens of context",
    unit: "count",
    order: "desc",
    buckets: ["0", "8192", "16384", "32768", "65536", "131072", "262144", "524288", "1000000", "2000000"],
    read: ({ context_tokens: tokens }) => number(tokens),
  },
  output_tokens: {
    of: "offer",
    says: "tokens that they give out at most",
    unit: "count",
    order: "desc",
    buckets: ["0", "4096", "8192", "16384", "32768", "65536", "131072"],
    read: ({ output_tokens_max: tokens }) => number(tokens),
  },
  input_price: {
    of: "offer",
    says: "a million input tokens",
    unit: "usd",
    order: "asc",
    buckets: ["0", "0.000001", "0.03", "0.1", "0.3", "1", "3", "10", "30"],
    read: (offer) => price(offer, "input"),
  },
  output_price: {
    of: "offer",
    says: "a million output tokens",
    unit: "usd",
    order: "asc",
    buckets: ["0", "0.000001", "0.1", "0.3", "1", "3", "10", "30", "100"],
    read: (offer) => price(offer, "output"),
  },
} as const satisfies { readonly [name: string]: NumberField };
export type NumberName = keyof typeof NUMBER_FIELDS;

/** The names of the fields that these documents state. */
export function wordNamesOf(...subjects: readonly Declared["of"][]): readonly WordName[] {
  return namesOf(WORD_FIELDS).filter((name) => subjects.includes(WORD_FIELDS[name].of));
}

export function numberNamesOf(...subjects: readonly Declared["of"][]): readonly NumberName[] {
  return namesOf(NUMBER_FIELDS).filter((name) => subjects.includes(NUMBER_FIELDS[name].of));
}

/** The names of a table's own fields, in its order. */
export function namesOf<Table extends object>(table: Table): readonly (keyof Table & string)[] {
  // An object literal has the keys that its type says and no others.
  return Object.keys(table) as (keyof Table & string)[];
}
