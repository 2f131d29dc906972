/** The parameters of a question, in the order of the documentation: HTTP, command line and library all read this list. */
import {
  NUMBER_FIELDS,
  WORD_FIELDS,
  namesOf,
  type NumberField,
  type NumberName,
  type WordField,
  type WordName,
} from "./fields.ts";

export const LIMIT_MAX = 1_000;
export const LIMIT_DEFAULT = 100;
export const OFFSET_MAX = 10_000_000;
export const TEXT_LENGTH_MAX = 200;
/** Of all words of one parameter together. */
export const WORDS_MAX = 50;

/** What may be asked of `quality`, of `hub`, and for the order. */
export const QUALITIES = ["high", "unknown"] as const;
export const HUBS = ["exclude", "include", "only"] as const;
export const ORDERS = ["asc", "desc"] as const;

/** More than so many of each make a model one of high quality; `min_downloads` and `min_likes` say how many are enough instead. */
export const QUALITY_DOWNLOADS_OVER = 100;
export const QUALITY_LIKES_OVER = 5;

export type NumberSort = NumberName;
export type Sort = "relevance" | "name" | NumberSort;
export const SORTS: readonly Sort[] = ["relevance", "name", ...namesOf(NUMBER_FIELDS)];

export type Facet = WordName | NumberName;
export const FACETS: readonly Facet[] = [
  ...namesOf(WORD_FIELDS),
  ...namesOf(NUMBER_FIELDS).filter((name) => bucketsOf(name) !== undefined),
];

/** Where the buckets of a number's facet begin; nothing where it has none. */
export function bucketsOf(name: NumberName): readonly string[] | undefined {
  const field: NumberField = NUMBER_FIELDS[name];
  return field.buckets;
}

/** How a value is written. */
export type Kind = "text" | "words" | "choice" | "choices" | "names" | "count" | "usd" | "date" | "page";

export interface Parameter {
  readonly name: string;
  readonly kind: Kind;
  /** What stands for the value in the help. */
  readonly value: string;
  readonly says: string;
  /** Every value there can be, where they are few. */
  readonly allowed?: readonly string[];
}

export type Subject = "model" | "offer";

export const MODEL_PARAMETERS = parametersOf("model");
export const OFFER_PARAMETERS = parametersOf("offer");

/** What says how a list is shown, not what is on it. */
const OF_THE_LIST = new Set(["sort", "order", "limit", "cursor", "offset", "fields", "facets"]);
/** Those that say which offers are meant. */
export const OFFER_FILTERS = OFFER_PARAMETERS.filter(({ name }) => !OF_THE_LIST.has(name));

function parametersOf(subject: Subject): readonly Parameter[] {
  const plural = subject === "model" ? "Models" : "Offers";
  return [
    {
      name: "q",
      kind: "text",
      value: "text",
      says:
        subject === "model"
          ? `Words and fragments of ids, names, labs, tags and aliases; all must be found. At most ${TEXT_LENGTH_MAX} characters.`
          : `Words and fragments of offers' and models' ids and names; all must be found. At most ${TEXT_LENGTH_MAX} characters.`,
    },
    ...(subject === "offer"
      ? [
          {
            name: "model",
            kind: "text",
            value: "id",
            says: "Offers of this model, by any id that it has.",
          } as const,
        ]
      : []),
    ...namesOf(WORD_FIELDS).map((name) => wordParameter(name, plural)),
    ...namesOf(NUMBER_FIELDS).flatMap((name) => rangeParameters(name, plural)),
    {
      name: "quality",
      kind: "choices",
      value: "words",
      allowed: QUALITIES,
      says:
        `\`high\`: more than ${QUALITY_DOWNLOADS_OVER} downloads and more than ${QUALITY_LIKES_OVER} likes at the Hub, and not private; ` +
        "`min_downloads` and `min_likes` then say how many are enough instead. `unknown`: models without such counts, " +
        "as closed ones are. `high,unknown`: both.",
    },
    ...(subject === "model"
      ? [
          {
            name: "hub",
            kind: "choice",
            value: "word",
            allowed: HUBS,
            says:
              "`include` adds the Hub's models that nobody serves, as far as they were read; `only` lists those alone. " +
              "They have no offer, so that of the filters about offers they fit `gateway=huggingface` only.",
          } as const,
        ]
      : []),
    {
      name: "sort",
      kind: "choice",
      value: "name",
      allowed: SORTS,
      says:
        `One of ${SORTS.join(", ")}. \`relevance\`, which it is without it: the best fits of \`q\` first, then the most ` +
        "offers, then the most downloads. Unknown values stand last in either order, and equals go by id." +
        (subject === "model" ? " A price, a context is the best among the offers that fit." : ""),
    },
    {
      name: "order",
      kind: "choice",
      value: "word",
      allowed: ORDERS,
      says: `\`asc\` or \`desc\`; without it names and prices begin with the smallest, all else with the largest.`,
    },
    {
      name: "limit",
      kind: "page",
      value: "count",
      says: `How many to answer, 1 to ${LIMIT_MAX}; without it ${LIMIT_DEFAULT}.`,
    },
    {
      name: "cursor",
      kind: "text",
      value: "cursor",
      says:
        "Where the page begins: `next_cursor` of the page before. It holds for the same question and the revision " +
        "that it was made for, so that a walk neither misses nor repeats; 410 once that revision is gone.",
    },
    {
      name: "offset",
      kind: "page",
      value: "count",
      says: "How many to pass over first; not together with `cursor`.",
    },
    {
      name: "fields",
      kind: "names",
      value: "names",
      says: "Only these fields of each document, by comma: `fields=id,name,cheapest`.",
    },
    {
      name: "facets",
      kind: "choices",
      value: "names",
      allowed: FACETS,
      says: `Count ${plural.toLowerCase()} by these, each without its own filter: ${FACETS.join(", ")}.`,
    },
  ];
}

function wordParameter(name: WordName, plural: string): Parameter {
  const field: WordField = WORD_FIELDS[name];
  const listed =
    field.listed === undefined ? "" : `: ${field.listed.map((word) => `\`${word}\``).join(", ")}`;
  return { name, kind: "words", value: "words", says: `${plural} ${field.says}${listed}.` };
}

/** The parameters that bound a number, or an instant. */
export function rangeNames(name: NumberName): { readonly from: string; readonly to: string } {
  return NUMBER_FIELDS[name].unit === "instant"
    ? { from: `${name}_after`, to: `${name}_before` }
    : { from: `min_${name}`, to: `max_${name}` };
}

function rangeParameters(name: NumberName, plural: string): readonly Parameter[] {
  const { from, to } = rangeNames(name);
  const { unit, says } = NUMBER_FIELDS[name];
  if (unit === "instant") {
    return [
      {
        name: from,
        kind: "date",
        value: "date",
        says: `${plural} ${says} at or after this date or date-time.`,
      },
      { name: to, kind: "date", value: "date", says: `${plural} ${says} before it.` },
    ];
  }
  if (unit === "usd") {
    const price = `for ${says}, in US dollars. An unknown price never fits`;
    return [
      { name: from, kind: "usd", value: "usd", says: `${plural} at this price or more ${price}.` },
      { name: to, kind: "usd", value: "usd", says: `${plural} at this price or less ${price}.` },
    ];
  }
  return [
    { name: from, kind: "count", value: "count", says: `${plural} with so many ${says} or more.` },
    {
      name: to,
      kind: "count",
      value: "count",
      says: `${plural} with so many ${says} or fewer; unknown never fits.`,
    },
  ];
}
