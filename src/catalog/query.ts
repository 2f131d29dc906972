/** The one schema of a question, for HTTP, command line and library: what is written becomes what is asked. */
import * as z from "zod";
import { decimalText, parseDecimal } from "../domain/decimal.ts";
import { readDate } from "../domain/instant.ts";
import { NUMBER_FIELDS, WORD_FIELDS, namesOf, type NumberName, type WordName } from "./fields.ts";
import {
  type HUBS,
  LIMIT_DEFAULT,
  LIMIT_MAX,
  MODEL_PARAMETERS,
  OFFER_PARAMETERS,
  OFFSET_MAX,
  type ORDERS,
  type QUALITIES,
  TEXT_LENGTH_MAX,
  WORDS_MAX,
  rangeNames,
  type Facet,
  type Parameter,
  type Sort,
} from "./parameters.ts";

/** Several words by comma: those that may be there, and with a minus before them those that must not. */
export interface Words {
  readonly any: readonly string[];
  readonly none: readonly string[];
}

type Instant = {
  [Name in NumberName]: (typeof NUMBER_FIELDS)[Name]["unit"] extends "instant" ? Name : never;
}[NumberName];
type Price = {
  [Name in NumberName]: (typeof NUMBER_FIELDS)[Name]["unit"] extends "usd" ? Name : never;
}[NumberName];
type Count = Exclude<NumberName, Instant | Price>;

type Optional<Name extends string, Value> = { readonly [name in Name]?: Value | undefined };

/** Exact decimals are texts, instants milliseconds since 1970. */
export type Query = Optional<WordName, Words> &
  Optional<`min_${Count}` | `max_${Count}`, number> &
  Optional<`min_${Price}` | `max_${Price}`, string> &
  Optional<`${Instant}_after` | `${Instant}_before`, number> &
  Optional<"q" | "cursor", string> &
  Optional<"quality", readonly (typeof QUALITIES)[number][]> &
  Optional<"sort", Sort> &
  Optional<"order", (typeof ORDERS)[number]> &
  Optional<"fields", readonly string[]> &
  Optional<"facets", readonly Facet[]> & { readonly limit: number; readonly offset: number };
export type ModelQuery = Query & Optional<"hub", (typeof HUBS)[number]>;
export type OfferQuery = Query & Optional<"model", string>;

export const ModelQuery = schemaOf<ModelQuery>(MODEL_PARAMETERS);
export const OfferQuery = schemaOf<OfferQuery>(OFFER_PARAMETERS);

/** The founding spelling of a gateway and today's are one. */
const GATEWAY_ALIASES: { readonly [alias: string]: string } = { hug: "huggingface" };
/** Every gateway: no filter at all. */
const ALL = "all";

/** The gateways that a question names, in today's spelling; nothing where it names all. */
export function gatewaysAsked(gateways: readonly string[] | undefined): readonly string[] | undefined {
  if (gateways === undefined || gateways.length === 0 || gateways.includes(ALL)) return undefined;
  return gateways.map((gateway) =>
    Object.hasOwn(GATEWAY_ALIASES, gateway) ? (GATEWAY_ALIASES[gateway] ?? gateway) : gateway,
  );
}

function schemaOf<Asked>(parameters: readonly Parameter[]): z.ZodObject<z.ZodRawShape> & z.ZodType<Asked> {
  const shape = Object.fromEntries(
    parameters.map((parameter) => [parameter.name, valueOf(parameter).describe(parameter.says)]),
  );
  const schema = z.strictObject(shape).superRefine((asked, context) => {
    for (const { path, message } of contradictions(asked))
      context.addIssue({ code: "custom", path: [path], message });
  });
  // The parameters are made of the fields that `Asked` is made of, kind by kind; tests ask for each of them.
  return schema as unknown as z.ZodObject<z.ZodRawShape> & z.ZodType<Asked>;
}

function valueOf({ name, kind, allowed = [] }: Parameter): z.ZodType {
  switch (kind) {
    case "text":
      return z.string().max(TEXT_LENGTH_MAX).optional();
    case "words":
      return z
        .string()
        .transform((text, context) => {
          const words = split(text);
          if (words.length <= WORDS_MAX) return wordsOf(name, words);
          context.addIssue({ code: "custom", message: `at most ${WORDS_MAX} words go in one question` });
          return z.NEVER;
        })
        .optional();
    case "choice":
      return z.enum(allowed).optional();
    case "choices":
      return z
        .string()
        .transform((text, context) => {
          const words = split(text);
          const unknown = words.find((word) => !allowed.includes(word));
          if (unknown === undefined) return words.length === 0 ? undefined : [...new Set(words)];
          context.addIssue({ code: "invalid_value", values: [...allowed], input: unknown });
          return z.NEVER;
        })
        .optional();
    case "names":
      return z
        .string()
        .transform((text) => (split(text).length === 0 ? undefined : [...new Set(split(text))]))
        .optional();
    case "count":
      return z
        .string()
        .regex(/^\d{1,15}$/)
        .transform(Number)
        .optional();
    case "usd":
      return z.string().transform(exactUsd).optional();
    case "date":
      return z.string().transform(instant).optional();
    case "page":
      return name === "limit" ? page(1, LIMIT_MAX, LIMIT_DEFAULT) : page(0, OFFSET_MAX, 0);
  }
}

function page(min: number, max: number, byDefault: number): z.ZodType {
  const Count = z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number);
  return Count.pipe(z.number().min(min).max(max)).default(byDefault);
}

function split(text: string): readonly string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

function wordsOf(name: string, words: readonly string[]): Words | undefined {
  const any = words.filter((word) => !word.startsWith("-"));
  const none = words.filter((word) => word.startsWith("-")).map((word) => word.slice(1));
  const asked =
    name === "gateway"
      ? { any: gatewaysAsked(any) ?? [], none: none.map((word) => gatewaysAsked([word])?.[0] ?? ALL) }
      : { any, none };
  return asked.any.length + asked.none.length === 0 ? undefined : asked;
}

/** A price is never below zero, and is compared exactly: no float is made of it. */
function exactUsd(text: string, context: z.RefinementCtx): string {
  const decimal = parseDecimal(text);
  if (decimal !== undefined && decimal.digits >= 0n) return decimalText(decimal);
  context.addIssue({ code: "custom", message: "US dollars for a million tokens are written like 0.15" });
  return z.NEVER;
}

function instant(text: string, context: z.RefinementCtx): number {
  const ms = readDate(text);
  if (ms !== undefined) return ms;
  context.addIssue({ code: "custom", message: "a date is written like 2026-08-05 or 2026-08-05T00:00:00Z" });
  return z.NEVER;
}

/** What a question says that cannot be meant. */
function contradictions(asked: { readonly [name: string]: unknown }) {
  const found: { readonly path: string; readonly message: string }[] = [];
  if (asked["cursor"] !== undefined && asked["offset"] !== 0)
    found.push({ path: "offset", message: "a page begins at a cursor or at an offset, not at both" });
  if (asked["order"] !== undefined && [undefined, "relevance"].includes(asked["sort"] as undefined))
    found.push({ path: "order", message: "it goes with a sort that is not relevance" });
  return found;
}

/** Every word field that a question names, with its words. */
export function wordsAsked(query: Query): readonly (readonly [name: WordName, words: Words])[] {
  return namesOf(WORD_FIELDS).flatMap((name) => {
    const words = query[name];
    return words === undefined ? [] : [[name, words] as const];
  });
}

type Bound = number | string | undefined;
export interface Range {
  readonly from: Bound;
  readonly to: Bound;
}

/** Every number field that a question bounds; a date's end is not in it, a number's is. */
export function rangesAsked(query: Query): readonly (readonly [name: NumberName, range: Range])[] {
  return namesOf(NUMBER_FIELDS).flatMap((name) => {
    const { from, to } = rangeNames(name);
    // The names of a range are among those that `Query` is made of, and hold nothing else.
    const bounds = query as unknown as { readonly [parameter: string]: Bound };
    const range = { from: bounds[from], to: bounds[to] };
    return range.from === undefined && range.to === undefined ? [] : [[name, range] as const];
  });
}
