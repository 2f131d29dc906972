/**
 * Answers any question by scanning plain objects: nothing of it is shared with the index but the parsed question.
 * Slow, and easy to believe.
 */
import type { ModelEntry } from "../../src/catalog/build.ts";
import type { Document } from "../../src/catalog/fields.ts";
import {
  byBytes,
  fold,
  MODEL_NUMBERS,
  MODEL_WORDS,
  numberOf,
  OFFER_NUMBERS,
  OFFER_WORDS,
  scaled,
  textsIn,
  wordsOf,
} from "./reference-fields.ts";
import type { ModelQuery, OfferQuery, Words } from "../../src/catalog/query.ts";

interface Item {
  readonly id: string;
  readonly model: Document;
  /** The offer, where offers are asked for; else those of the model. */
  readonly offers: readonly Document[];
  readonly texts: readonly string[];
  readonly names: readonly string[];
  /** Place in the default order. */
  readonly place: number;
}

export interface Expected {
  readonly ids: readonly string[];
  readonly facets: { readonly [name: string]: unknown };
}

export function expectedModels(entries: readonly ModelEntry[], query: ModelQuery): Expected {
  const hub = query.hub ?? "exclude";
  const items = modelItems(entries).filter(
    ({ offers }) => hub === "include" || (offers.length === 0) === (hub === "only"),
  );
  return expected(items, query, fittingModel);
}

export function expectedOffers(entries: readonly ModelEntry[], query: OfferQuery): Expected {
  const items = modelItems(entries).flatMap((model) => {
    const entry = entries.find(({ id }) => id === model.id);
    const sorted = (entry?.offers ?? []).toSorted((a, b) => byBytes(a.id, b.id));
    return sorted.map(({ id, document }) => ({
      id,
      model: model.model,
      offers: [document],
      names: [document["native_id"], document["name"]].filter((text) => typeof text === "string"),
      texts: [model.id, model.model["name"], document["provider_native_id"]].filter(
        (text) => typeof text === "string",
      ),
      ofModel: [model.id, ...(entry?.aliases ?? [])],
    }));
  });
  const asked = items.filter(({ ofModel }) => query.model === undefined || ofModel.includes(query.model));
  return expected(
    asked.map((item, place) => ({ ...item, place })),
    query,
    fittingModel,
  );
}

function modelItems(entries: readonly ModelEntry[]): readonly Item[] {
  const items = entries.map(({ id, document, counters, aliases, offers }) => {
    const hub = document["huggingface_metrics"];
    const model =
      typeof hub === "object" && hub !== null
        ? { ...document, huggingface_metrics: { ...hub, ...counters } }
        : document;
    return {
      id,
      model,
      offers: offers.map((offer) => offer.document),
      names: textsIn(document["name"]),
      texts: [...wordsOf("lab", document, {}), ...wordsOf("tag", document, {}), ...aliases],
    };
  });
  const ordered = items.toSorted(
    (a, b) =>
      b.offers.length - a.offers.length ||
      Number(numberOf("downloads", b.model, {}) ?? -1n) - Number(numberOf("downloads", a.model, {}) ?? -1n) ||
      byBytes(a.id, b.id),
  );
  return ordered.map((item, place) => ({ ...item, place }));
}

type Fitting = (item: Item, query: ModelQuery & OfferQuery, but?: string) => readonly Document[] | undefined;

function expected(items: readonly Item[], query: ModelQuery & OfferQuery, fitting: Fitting): Expected {
  const found = items.flatMap((item) => {
    const offers = fitting(item, query);
    return offers === undefined ? [] : [{ item, offers }];
  });
  const ids = found.toSorted((a, b) => inOrder(a, b, query)).map(({ item }) => item.id);
  const facets = Object.fromEntries(
    (query.facets ?? []).map((name) => {
      const left = items.flatMap((item) => {
        const offers = fitting(item, query, name);
        return offers === undefined ? [] : [{ item, offers }];
      });
      return [name, name in BUCKETS ? buckets(name, left) : counts(name, left)];
    }),
  );
  return { ids, facets };
}

/** The offers of the item that fit, or nothing where it does not fit itself. */
function fittingModel(
  item: Item,
  query: ModelQuery & OfferQuery,
  but?: string,
): readonly Document[] | undefined {
  if (query.q !== undefined && fitOf(item, query.q) === undefined) return undefined;
  const isModelFit =
    MODEL_WORDS.every((name) => name === but || fitsWords(name, wordsOf(name, item.model, {}), query)) &&
    MODEL_NUMBERS.every((name) => name === but || fitsRange(name, item.model, {}, query)) &&
    fitsQuality(item.model, query);
  if (!isModelFit) return undefined;
  const asked = [
    ...OFFER_WORDS.filter((name) => name !== but && query[name] !== undefined),
    ...OFFER_NUMBERS.filter((name) => name !== but && isBounded(name, query)),
  ];
  if (asked.length === 0) return item.offers;
  if (item.offers.length === 0)
    return asked.join() === "gateway" && fitsWords("gateway", ["huggingface"], query) ? [] : undefined;
  const offers = item.offers.filter(
    (offer) =>
      OFFER_WORDS.every((name) => name === but || fitsWords(name, wordsOf(name, {}, offer), query)) &&
      OFFER_NUMBERS.every((name) => name === but || fitsRange(name, {}, offer, query)),
  );
  return offers.length === 0 ? undefined : offers;
}

function fitsWords(name: string, has: readonly string[], query: ModelQuery & OfferQuery): boolean {
  const asked = (query as unknown as { readonly [name: string]: Words | undefined })[name];
  if (asked === undefined) return true;
  const isThere = (word: string) =>
    word === "unknown"
      ? has.length === 0
      : has.includes(word) ||
        (!VOCABULARY.has(word) && has.some((its) => its.toLowerCase() === word.toLowerCase()));
  if (asked.none.some(isThere)) return false;
  if (asked.any.length === 0) return true;
  return name === "capability" ? asked.any.every(isThere) : asked.any.some(isThere);
}

/** Words that some document spells exactly so: tests that spell one in another case name it here. */
const VOCABULARY = new Set<string>();
export function spelledExactly(words: Iterable<string>): void {
  VOCABULARY.clear();
  for (const word of words) VOCABULARY.add(word);
}

function isBounded(name: string, query: object): boolean {
  return [`min_${name}`, `max_${name}`].some((bound) => bound in query);
}

function fitsRange(name: string, model: Document, offer: Document, query: ModelQuery): boolean {
  // The bounds by their names.
  const bounds = query as unknown as { readonly [name: string]: number | string | undefined };
  const isThreshold = query.quality?.includes("high") === true && ["downloads", "likes"].includes(name);
  if (isThreshold) return true;
  const value = numberOf(name, model, offer);
  const [from, to] = [bounds[`min_${name}`] ?? bounds[`${name}_after`], bounds[`max_${name}`]];
  const before = bounds[`${name}_before`];
  if (from === undefined && to === undefined && before === undefined) return true;
  if (value === undefined) return false;
  return (
    (from === undefined || value >= scaled(name, from)) &&
    (to === undefined || value <= scaled(name, to)) &&
    (before === undefined || value < scaled(name, before))
  );
}

function fitsQuality(model: Document, query: ModelQuery): boolean {
  if (query.quality === undefined) return true;
  const [downloads, likes] = [numberOf("downloads", model, {}), numberOf("likes", model, {})];
  if (downloads === undefined || likes === undefined) return query.quality.includes("unknown");
  if (!query.quality.includes("high") || wordsOf("private", model, {}).includes("true")) return false;
  return (
    (query.min_downloads === undefined ? downloads > 100 : downloads >= query.min_downloads) &&
    (query.min_likes === undefined ? likes > 5 : likes >= query.min_likes) &&
    downloads <= (query.max_downloads ?? Infinity) &&
    likes <= (query.max_likes ?? Infinity)
  );
}

interface FoundItem {
  readonly item: Item;
  readonly offers: readonly Document[];
}

function inOrder(a: FoundItem, b: FoundItem, { sort = "relevance", order, q }: ModelQuery): number {
  if (sort === "relevance") {
    const fit = ({ item }: FoundItem) => (q === undefined ? 0 : (fitOf(item, q) ?? 9));
    return fit(a) - fit(b) || a.item.place - b.item.place;
  }
  const up = order === undefined ? ["name", "input_price", "output_price"].includes(sort) : order === "asc";
  if (sort === "name") {
    const [one, two] = [fold(String(a.item.model["name"])), fold(String(b.item.model["name"]))];
    const [left, right] = [a.item.model["name"], b.item.model["name"]];
    if (left === undefined || right === undefined)
      return Number(left === undefined) - Number(right === undefined) || byBytes(a.item.id, b.item.id);
    return (up ? byBytes(one, two) : byBytes(two, one)) || byBytes(a.item.id, b.item.id);
  }
  const [one, two] = [bestOf(sort, a), bestOf(sort, b)];
  if (one === undefined || two === undefined)
    return Number(one === undefined) - Number(two === undefined) || byBytes(a.item.id, b.item.id);
  const difference = one < two ? -1 : one > two ? 1 : 0;
  return (up ? difference : -difference) || byBytes(a.item.id, b.item.id);
}

/** Of the offers that fit: the lowest price, the largest of all else. */
function bestOf(name: string, { item, offers }: FoundItem): bigint | undefined {
  if ((MODEL_NUMBERS as readonly string[]).includes(name)) return numberOf(name, item.model, {});
  const values = offers.flatMap((offer) => numberOf(name, {}, offer) ?? []);
  const sorted = values.toSorted((a, b) => (a < b ? -1 : 1));
  return name.endsWith("price") ? sorted[0] : sorted.at(-1);
}

function counts(name: string, left: readonly FoundItem[]): object {
  const byOffer = (OFFER_WORDS as readonly string[]).includes(name);
  const tally = new Map<string, number>();
  let unknown = 0;
  for (const { item, offers } of left) {
    const its = byOffer ? offers.map((offer) => wordsOf(name, {}, offer)) : [wordsOf(name, item.model, {})];
    const isAlone = byOffer && item.offers.length === 0;
    const has = isAlone && name === "gateway" ? ["huggingface"] : its.flat();
    for (const word of new Set(has)) tally.set(word, (tally.get(word) ?? 0) + 1);
    if (its.some((one) => one.length === 0)) unknown += 1;
  }
  const values = [...tally].map(([value, count]) => ({ value, count }));
  return {
    values: values.toSorted((a, b) => b.count - a.count || byBytes(a.value, b.value)),
    has_more: false,
    unknown,
  };
}

const BUCKETS: { readonly [name: string]: readonly (number | string)[] } = {
  parameters: [0, 1e9, 4e9, 1e10, 4e10, 1e11, 4e11],
  context: [0, 8_192, 16_384, 32_768, 65_536, 131_072, 262_144, 524_288, 1_000_000, 2_000_000],
  output_tokens: [0, 4_096, 8_192, 16_384, 32_768, 65_536, 131_072],
  input_price: ["0", "0.000001", "0.03", "0.1", "0.3", "1", "3", "10", "30"],
  output_price: ["0", "0.000001", "0.1", "0.3", "1", "3", "10", "30", "100"],
};

function buckets(name: string, left: readonly FoundItem[]): object {
  const edges = BUCKETS[name] ?? [];
  const values = left.map((found) => bestOf(name, found));
  return {
    buckets: edges.map((from, index) => {
      const to = edges[index + 1];
      const count = values.filter(
        (value) =>
          value !== undefined &&
          value >= scaled(name, from) &&
          (to === undefined || value < scaled(name, to)),
      ).length;
      return { from, ...(to === undefined ? {} : { to }), count };
    }),
    unknown: values.filter((value) => value === undefined).length,
  };
}

/** 0 the id, 1 a name, 2 each word begins one, 3 each word is in one; nothing where one is not. */
function fitOf({ id, names, texts }: Item, q: string): number | undefined {
  const asked = fold(q).trim();
  if (asked === "") return 3;
  const wordsIn = (text: string) => fold(text).match(/[\p{L}\p{M}\p{N}.]+/gu) ?? [];
  const its = [id, ...names, ...texts].flatMap(wordsIn);
  const parts = wordsIn(asked);
  if (parts.length === 0 || !parts.every((part) => its.some((word) => word.includes(part)))) return undefined;
  if (fold(id) === asked) return 0;
  if ([id.slice(id.lastIndexOf("/") + 1), ...names].some((name) => fold(name) === asked)) return 1;
  return parts.every((part) => its.some((word) => word.startsWith(part))) ? 2 : 3;
}
