/** Makes a catalog: columns to ask by, and the documents end to end. */
import { createHash } from "node:crypto";
import type { Catalog, Columns } from "./catalog.ts";

export interface ModelEntry {
  readonly id: string;
  /** What a text query searches. */
  readonly texts: readonly string[];
  readonly aliases: readonly string[];
  /** JSON. */
  readonly document: Uint8Array;
  readonly offers: readonly OfferEntry[];
}

export interface OfferEntry {
  readonly id: string;
  readonly gateway: string;
  readonly provider: string;
  /** The source whose last reading is the offer's last sighting; absent where the document states it. */
  readonly seenBy?: string;
  /** JSON. */
  readonly document: Uint8Array;
}

/** `models` are taken in the given order; their offers too. */
export function buildCatalog(models: readonly ModelEntry[], revision: number, createdAt: number): Catalog {
  const gateways = new Dictionary();
  const providers = new Dictionary();
  const sources = new Dictionary();
  const offers = models.flatMap((model) => model.offers);
  const modelOffers: number[] = [];
  let firstOffer = 0;
  for (const model of models) {
    modelOffers.push(firstOffer);
    firstOffer += model.offers.length;
  }
  modelOffers.push(firstOffer);
  const columns: Columns = {
    modelIds: models.map(({ id }) => id),
    modelTexts: models.map(({ texts }) => foldText(texts.join("\n"))),
    modelOffers,
    offerIds: offers.map(({ id }) => id),
    offerGateways: offers.map(({ gateway }) => gateways.code(gateway)),
    offerProviders: offers.map(({ provider }) => providers.code(provider)),
    offerSources: offers.map(({ seenBy }) => (seenBy === undefined ? -1 : sources.code(seenBy))),
    gateways: gateways.words,
    providers: providers.words,
    sources: sources.words,
    aliases: aliasesOf(models),
  };
  const { documents, bounds } = joinDocuments([
    ...models.map(({ document }) => document),
    ...offers.map(({ document }) => document),
  ]);
  return {
    revision,
    // The columns too: an alias is in no document, and answers questions all the same.
    hash: createHash("sha256").update(documents).update(JSON.stringify(columns)).digest("hex").slice(0, 32),
    createdAt,
    columns,
    documents,
    bounds,
  };
}

/** One spelling for searching: case and composed accents do not matter. */
export function foldText(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

function joinDocuments(documents: readonly Uint8Array[]): {
  readonly documents: Uint8Array;
  readonly bounds: Float64Array;
} {
  const bounds = new Float64Array(documents.length + 1);
  for (const [index, { length }] of documents.entries()) bounds[index + 1] = (bounds[index] ?? 0) + length;
  return { documents: Buffer.concat(documents), bounds };
}

/** An alias that several models claim, or that is a model's own id, is nobody's. */
function aliasesOf(models: readonly ModelEntry[]): Columns["aliases"] {
  const ids = new Set(models.map(({ id }) => id));
  const rows = new Map<string, number | undefined>();
  for (const [row, model] of models.entries()) {
    for (const alias of new Set(model.aliases)) {
      if (!ids.has(alias)) rows.set(alias, rows.has(alias) && rows.get(alias) !== row ? undefined : row);
    }
  }
  return [...rows].flatMap(([alias, row]) => (row === undefined ? [] : [[alias, row] as const]));
}

class Dictionary {
  readonly #codes = new Map<string, number>();

  get words(): readonly string[] {
    return [...this.#codes.keys()];
  }

  code(word: string): number {
    const known = this.#codes.get(word);
    if (known !== undefined) return known;
    this.#codes.set(word, this.#codes.size);
    return this.#codes.size - 1;
  }
}
