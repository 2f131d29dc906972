/** The read model: one revision, immutable, in memory. It answers. */

/** Columns over models and offers; the offers of a model stand together, and models stand in their default order. */
export interface Columns {
  readonly modelIds: readonly string[];
  /** What a text query searches: id, name, lab and aliases, folded. */
  readonly modelTexts: readonly string[];
  /** The first offer of each model, and one past the last offer of the last model. */
  readonly modelOffers: readonly number[];
  readonly offerIds: readonly string[];
  /** Indexes into the three dictionaries below. */
  readonly offerGateways: readonly number[];
  readonly offerProviders: readonly number[];
  /** The source whose last sighting is the offer's; -1 where the document states its own. */
  readonly offerSources: readonly number[];
  readonly gateways: readonly string[];
  readonly providers: readonly string[];
  readonly sources: readonly string[];
  /** Every further id of a model, with the model's row. */
  readonly aliases: readonly (readonly [alias: string, modelRow: number])[];
}

export interface Catalog {
  readonly revision: number;
  /** Of the content: two catalogs with one hash say the same. */
  readonly hash: string;
  readonly createdAt: number;
  readonly columns: Columns;
  /** The JSON of each model, then of each offer, end to end. */
  readonly documents: Uint8Array;
  /** Where each document begins, models first, and one past the end of the last. */
  readonly bounds: Float64Array | Uint32Array;
}

/** When each source was last read: it moves with every run, without a new revision. */
export type Freshness = ReadonlyMap<string, number>;

/** The Hub's counters of models, by Hub id: they move with every run, without a new revision. */
export type Counters = ReadonlyMap<string, { readonly downloads?: number; readonly likes?: number }>;

/** What a reader reads: one revision, how fresh its sources are, and the counters that they brought. */
export interface Shelf {
  readonly catalog: Catalog;
  readonly freshness: Freshness;
  readonly counters?: Counters;
}

/** A page of an answer: documents as bytes, ready to be joined. */
export interface Answer {
  readonly total: number;
  readonly documents: readonly Uint8Array[];
}

export interface GatewayCount {
  readonly id: string;
  readonly models: number;
  readonly offers: number;
}
