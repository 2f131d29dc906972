/** The read model: one revision, immutable, in memory. It answers. */
import { ALIASES, MODELS, OFFERS } from "./columns.ts";
import type { Tables } from "./table/tables.ts";
import type { RollUp, Table } from "./table/table.ts";

/** What a catalog is, beside its tables. Plain JSON. */
export interface About {
  readonly revision: number;
  /** Of what is callable: two catalogs with one hash are one revision. The Hub's counters are not in it. */
  readonly hash: string;
  /** Of all that a document or an order can show: the content, the counters, the Hub's models that nobody serves. */
  readonly mark: string;
  readonly createdAt: number;
  /** Every price for a million tokens, the lowest first: a price column holds places in this list. */
  readonly prices: readonly string[];
}

export interface Catalog extends About {
  readonly tables: Tables;
  readonly models: Table;
  readonly offers: Table;
  readonly aliases: Table;
  /** Which offers are which model's. */
  readonly offering: RollUp;
  /** Which aliases are which model's. */
  readonly naming: RollUp;
}

export function catalogOf(tables: Tables, about: About): Catalog {
  return {
    ...about,
    tables,
    models: tables.table(MODELS),
    offers: tables.table(OFFERS),
    aliases: tables.table(ALIASES),
    offering: tables.rollUp(OFFERS),
    naming: tables.rollUp(ALIASES),
  };
}

/** When each source was last read: it moves with every run, without a new revision. */
export type Freshness = ReadonlyMap<string, number>;

/** What a reader reads: one revision, and how fresh its sources are. */
export interface Shelf {
  readonly catalog: Catalog;
  readonly freshness: Freshness;
  /** Of a shelf of the past: the version of the rules of today by which it was made. */
  readonly rules?: string;
}

/** When any source was last read, in its upstream's time; nothing before the first reading. */
export function lastReading({ freshness }: Pick<Shelf, "freshness">): number | undefined {
  const newest = Math.max(...freshness.values());
  return Number.isFinite(newest) ? newest : undefined;
}
