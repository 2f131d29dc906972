/** Makes a catalog: rows to ask by, read off the documents, and the documents as they are answered. */
import { createHash } from "node:crypto";
import { compareUsd, decimalText, parseDecimal } from "../domain/decimal.ts";
import { catalogOf, type Catalog } from "./catalog.ts";
import {
  ALIASES,
  MODELS,
  OFFERS,
  SEEN_BY,
  TABLES,
  modelColumns,
  nameOf,
  offerColumns,
  type RankOf,
} from "./columns.ts";
import { NUMBER_FIELDS, WORD_FIELDS, namesOf, type Document, type NumberField } from "./fields.ts";
import { createTables, type TablesBuilder } from "./table/tables.ts";

/** The Hub's counters of a model: they move with every run, without a new revision. */
export interface Counters {
  readonly downloads?: number;
  readonly likes?: number;
}

export interface ModelEntry {
  readonly id: string;
  /** Further ids of it. */
  readonly aliases: readonly string[];
  /** Shown within the Hub's word in its document, where it has one. */
  readonly counters?: Counters;
  /** With `id`, and as it is answered but for the counters. */
  readonly document: Document;
  readonly offers: readonly OfferEntry[];
}

export interface OfferEntry {
  readonly id: string;
  /** The source whose last reading is the offer's last sighting; absent where the document states it. */
  readonly seenBy?: string;
  readonly document: Document;
}

const HASH_LENGTH = 32;
const MARK_LENGTH = 16;

/** A catalog while it is made: what is callable is in it, the Hub's other models may follow. */
export interface Building {
  /** Models that nobody serves; one that is in it already is passed over. */
  addUnserved(entries: readonly ModelEntry[]): void;
  finish(revision: number, createdAt: number): Catalog;
}

export function beginCatalog(models: readonly ModelEntry[]): Building {
  const prices = pricesOf(models);
  const tables = createTables(TABLES);
  const names = new Names();
  const ranks = new Map(prices.map((usd, rank) => [usd, rank]));
  const rankOf = (usd: string) => ranks.get(canonical(usd) ?? "");
  const content = createHash("sha256");
  // In an order of its own: the order of answers depends on what moves.
  for (const entry of models.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    content.update(contentOf(entry));
    names.take(entry.id);
    names.claim(entry.aliases, addModel(tables, entry, rankOf));
  }
  return {
    addUnserved: (entries) => {
      for (const entry of entries)
        if (!names.isTaken(entry.id)) names.claim(entry.aliases, addModel(tables, entry, rankOf));
    },
    finish: (revision, createdAt) => {
      for (const [alias, parent] of names.aliases()) tables.add(ALIASES, { id: alias, parent });
      const built = tables.finish();
      const hash = content.digest("hex").slice(0, HASH_LENGTH);
      const mark = built.hash.slice(0, MARK_LENGTH);
      return catalogOf(built, { revision, hash, mark, createdAt, prices });
    },
  };
}

/** The catalog of what is callable. */
export function buildCatalog(models: readonly ModelEntry[], revision: number, createdAt: number): Catalog {
  return beginCatalog(models).finish(revision, createdAt);
}

/** All that makes a revision: an alias is in no document, and answers questions all the same. */
function contentOf({ document, aliases, offers }: ModelEntry): string {
  return JSON.stringify([document, aliases, offers.map((offer) => [offer.document, offer.seenBy ?? null])]);
}

function addModel(
  tables: TablesBuilder,
  { id, aliases, counters, document: content, offers }: ModelEntry,
  rankOf: RankOf,
): number {
  const document = counters === undefined ? content : withCounters(content, counters);
  const read = modelColumns(document);
  const columns = { ...read, numbers: { ...read.numbers, offers: offers.length } };
  const name = nameOf(document);
  const row = tables.add(MODELS, {
    id,
    ...columns,
    names: texts(name),
    texts: [...WORD_FIELDS.lab.read(document), ...WORD_FIELDS.tag.read(document), ...aliases],
    document: json(document),
  });
  for (const offer of offers) {
    const own = offerColumns(offer.document, columns, rankOf);
    const { native_id: native, provider_native_id: atProvider } = offer.document;
    tables.add(OFFERS, {
      id: offer.id,
      ...own,
      words: { ...own.words, [SEEN_BY]: offer.seenBy },
      names: texts(native, nameOf(offer.document)),
      texts: texts(id, name, atProvider),
      document: json(offer.document),
      parent: row,
    });
  }
  return row;
}

function texts(...stated: readonly unknown[]): readonly string[] {
  return stated.filter((text) => typeof text === "string");
}

function json(document: Document): Uint8Array {
  return Buffer.from(JSON.stringify(document));
}

/** Only within what the Hub says of the model: without its word nothing of it is shown. */
function withCounters(document: Document, counters: Counters): Document {
  const { huggingface_metrics: hub } = document;
  if (typeof hub !== "object" || hub === null) return document;
  return { ...document, huggingface_metrics: { ...hub, ...counters } };
}

/** Every price that some offer has, each once, in their exact order. */
function pricesOf(models: readonly ModelEntry[]): readonly string[] {
  const usd = new Set<string>();
  const fields: readonly NumberField[] = namesOf(NUMBER_FIELDS).map((name) => NUMBER_FIELDS[name]);
  const priced = fields.filter(({ unit }) => unit === "usd");
  for (const { offers } of models) {
    for (const { document } of offers) {
      for (const field of priced) {
        const price = field.read(document);
        const exact = typeof price === "string" ? canonical(price) : undefined;
        if (exact !== undefined) usd.add(exact);
      }
    }
  }
  return [...usd].toSorted(compareUsd);
}

/** Two equal decimals have one text. */
function canonical(usd: string): string | undefined {
  const decimal = parseDecimal(usd);
  return decimal === undefined ? undefined : decimalText(decimal);
}

/**
 * An alias that several models claim, or that is the id of one that somebody offers, is nobody's. The ids of the others
 * are not kept: there are millions of them, and a model's own id is looked up before any alias.
 */
class Names {
  readonly #taken = new Set<string>();
  readonly #claims = new Map<string, number | undefined>();

  take(id: string): void {
    this.#taken.add(id);
  }

  /** True where a model that somebody offers, or a further id of any, is called so. */
  isTaken(id: string): boolean {
    return this.#taken.has(id) || this.#claims.has(id);
  }

  claim(aliases: readonly string[], row: number): void {
    for (const alias of new Set(aliases))
      this.#claims.set(alias, this.#claims.has(alias) && this.#claims.get(alias) !== row ? undefined : row);
  }

  *aliases(): Iterable<readonly [alias: string, row: number]> {
    for (const [alias, row] of this.#claims)
      if (row !== undefined && !this.#taken.has(alias)) yield [alias, row];
  }
}
