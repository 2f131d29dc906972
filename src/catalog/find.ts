/** Questions to one revision. A read touches neither the network nor the ledger. */
import { foldText } from "./build.ts";
import type { Answer, Catalog, Columns, GatewayCount, Shelf } from "./catalog.ts";
import { gatewaysAsked, type ModelQuery, type OfferQuery } from "./query.ts";

/** A page of models: with a text, the best fits first; else in their default order. */
export function findModels(shelf: Shelf, query: ModelQuery): Answer {
  const { columns } = shelf.catalog;
  const isOfferAsked = offerFilter(columns, query);
  const words = wordsOf(query.q);
  const rows: number[] = [];
  for (let row = 0; row < columns.modelIds.length; row += 1) {
    if (words.length > 0 && !containsAll(columns.modelTexts[row] ?? "", words)) continue;
    if (isOfferAsked === undefined || offersOf(columns, row).some(isOfferAsked)) rows.push(row);
  }
  const ordered = words.length === 0 ? rows : byFit(columns, rows, foldText(query.q ?? "").trim());
  return { total: rows.length, documents: pageOf(ordered, query).map((row) => modelDocumentAt(shelf, row)) };
}

/** A page of offers, model by model. */
export function findOffers(shelf: Shelf, query: OfferQuery): Answer {
  const { columns } = shelf.catalog;
  const isAsked = offerFilter(columns, query) ?? (() => true);
  const words = wordsOf(query.q);
  const model = query.model === undefined ? undefined : rowOf(columns, query.model);
  if (query.model !== undefined && model === undefined) return { total: 0, documents: [] };
  const candidates = model === undefined ? columns.offerIds.keys() : offersOf(columns, model);
  const rows = [...candidates].filter(
    (row) => isAsked(row) && containsAll(foldText(columns.offerIds[row] ?? ""), words),
  );
  return { total: rows.length, documents: pageOf(rows, query).map((row) => offerDocumentAt(shelf, row)) };
}

/** One model with its offers, by any id that it has; `id` is the canonical one. */
export function findModel(
  shelf: Shelf,
  id: string,
): { readonly id: string; readonly document: Uint8Array } | undefined {
  const { catalog } = shelf;
  const row = rowOf(catalog.columns, id);
  if (row === undefined) return undefined;
  const offers = offersOf(catalog.columns, row).map((offer) => offerDocumentAt(shelf, offer));
  const separated = offers.flatMap((offer, index) => (index === 0 ? [offer] : [COMMA, offer]));
  const document = Buffer.concat([
    withoutEnd(modelDocumentAt(shelf, row)),
    OFFERS_BEGIN,
    ...separated,
    OFFERS_END,
  ]);
  return { id: catalog.columns.modelIds[row] ?? id, document };
}

/** Every gateway with its counts, by name. */
export function countGateways({ catalog: { columns } }: Shelf): readonly GatewayCount[] {
  const offers = columns.gateways.map(() => 0);
  const models = columns.gateways.map(() => 0);
  for (let row = 0; row < columns.modelIds.length; row += 1) {
    const seen = new Set<number>();
    for (const offer of offersOf(columns, row)) {
      const gateway = columns.offerGateways[offer] ?? 0;
      offers[gateway] = (offers[gateway] ?? 0) + 1;
      if (!seen.has(gateway)) models[gateway] = (models[gateway] ?? 0) + 1;
      seen.add(gateway);
    }
  }
  const counts = columns.gateways.map((id, code) => ({
    id,
    models: models[code] ?? 0,
    offers: offers[code] ?? 0,
  }));
  return counts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

const COMMA = Buffer.from(",");
const OFFERS_BEGIN = Buffer.from(',"offers":[');
const OFFERS_END = Buffer.from("]}");

/** Filters about offers must hold on one and the same offer; nothing where no such filter is asked. */
function offerFilter(
  columns: Columns,
  query: Pick<ModelQuery, "gateway" | "provider">,
): ((offer: number) => boolean) | undefined {
  const gateways = codesOf(columns.gateways, gatewaysAsked(query.gateway));
  const providers = codesOf(columns.providers, query.provider);
  if (gateways === undefined && providers === undefined) return undefined;
  return (offer) =>
    (gateways === undefined || gateways.has(columns.offerGateways[offer] ?? -1)) &&
    (providers === undefined || providers.has(columns.offerProviders[offer] ?? -1));
}

function codesOf(
  words: readonly string[],
  asked: readonly string[] | undefined,
): ReadonlySet<number> | undefined {
  if (asked === undefined || asked.length === 0) return undefined;
  return new Set(asked.map((word) => words.indexOf(word)).filter((code) => code >= 0));
}

function offersOf(columns: Columns, modelRow: number): readonly number[] {
  const from = columns.modelOffers[modelRow] ?? 0;
  const to = columns.modelOffers[modelRow + 1] ?? from;
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function rowOf(columns: Columns, id: string): number | undefined {
  const { ids, aliases } = lookupOf(columns);
  return ids.get(id) ?? aliases.get(id);
}

/** Made on the first question by id, kept as long as the columns are. */
const lookups = new WeakMap<
  Columns,
  { readonly ids: ReadonlyMap<string, number>; readonly aliases: ReadonlyMap<string, number> }
>();

function lookupOf(columns: Columns) {
  const known = lookups.get(columns);
  if (known !== undefined) return known;
  const made = {
    ids: new Map(columns.modelIds.map((id, row) => [id, row])),
    aliases: new Map(columns.aliases),
  };
  lookups.set(columns, made);
  return made;
}

function wordsOf(text: string | undefined): readonly string[] {
  return foldText(text ?? "")
    .split(/\s+/)
    .filter((word) => word !== "");
}

function containsAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

/** Exact id, then exact name, then a beginning, then the rest in default order. */
function byFit(columns: Columns, rows: readonly number[], text: string): readonly number[] {
  const fit = (row: number) => {
    const lines = (columns.modelTexts[row] ?? "").split("\n");
    const [id = "", name = ""] = lines;
    if (id === text) return 0;
    if (name === text || id.endsWith(`/${text}`)) return 1;
    return id.startsWith(text) || name.startsWith(text) || id.includes(`/${text}`) ? 2 : 3;
  };
  return rows
    .map((row) => ({ row, fit: fit(row) }))
    .toSorted((a, b) => a.fit - b.fit || a.row - b.row)
    .map(({ row }) => row);
}

function pageOf(
  rows: readonly number[],
  { offset, limit }: { readonly offset: number; readonly limit: number },
): readonly number[] {
  return rows.slice(offset, offset + limit);
}

function documentAt({ documents, bounds }: Catalog, index: number): Uint8Array {
  return documents.subarray(bounds[index], bounds[index + 1]);
}

const BRACE = 0x7d;

/** A model's document with the Hub's counters, where it holds the Hub's word: that stands last in it. */
function modelDocumentAt({ catalog, counters }: Shelf, row: number): Uint8Array {
  const document = documentAt(catalog, row);
  const counted = counters?.get(catalog.columns.modelIds[row] ?? "");
  if (counted === undefined || document.at(-2) !== BRACE) return document;
  const moving = Object.entries(counted).map(([name, value]) => `,"${name}":${value}`);
  return Buffer.concat([withoutEnd(withoutEnd(document)), Buffer.from(`${moving.join("")}}}`)]);
}

/** An offer's document with its last sighting: that of its source, unless the document states its own. */
function offerDocumentAt({ catalog, freshness }: Shelf, row: number): Uint8Array {
  const document = documentAt(catalog, catalog.columns.modelIds.length + row);
  const source = catalog.columns.sources[catalog.columns.offerSources[row] ?? -1];
  const seen = source === undefined ? undefined : freshness.get(source);
  if (seen === undefined) return document;
  return Buffer.concat([
    withoutEnd(document),
    Buffer.from(`,"last_seen":"${new Date(seen).toISOString().replace(".000Z", "Z")}"}`),
  ]);
}

function withoutEnd(document: Uint8Array): Uint8Array {
  return document.subarray(0, document.length - 1);
}
