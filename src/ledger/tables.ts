/** The ledger's tables as they are copied: one list for backup, restore and move. A table that is not in it does not compile. */
import type { Tables } from "./schema.ts";

/** How one table is read and written as a whole. */
export interface TableCard<Column = string> {
  /** The columns that order its rows, and tell them apart. */
  readonly key: readonly [Column, ...Column[]];
  /** The column whose numbers the database gives out. */
  readonly numbered?: Column;
  /** Columns of bytes. */
  readonly bytes?: readonly Column[];
  /** Rows that are read at once, where they are large. */
  readonly batchRows?: number;
}

type Cards = {
  readonly [Name in Exclude<keyof Tables, "lease">]: TableCard<keyof Tables[Name] & string>;
};

/** In the order in which they are filled: what is named comes before what names it. Leases stay with who holds them. */
const CARDS = {
  counter: { key: ["name"] },
  run: { key: ["id"] },
  source_state: { key: ["source"] },
  source_shape: { key: ["source"] },
  validator: { key: ["source", "view"] },
  listing_version: { key: ["id"], numbered: "id" },
  absence: { key: ["id"], numbered: "id" },
  hold: { key: ["id"], numbered: "id" },
  finding: { key: ["id"], numbered: "id" },
  volatile_facts: { key: ["source", "gateway", "provider", "native_id"] },
  volatile_sample: { key: ["source", "gateway", "provider", "native_id", "day"] },
  raw_body: { key: ["hash"], bytes: ["body"], batchRows: 8 },
  raw_page: { key: ["run_id", "position"] },
  recording: { key: ["source", "at", "hash"] },
  untold: { key: ["source", "at"] },
  override: { key: ["id"], numbered: "id" },
  revision: { key: ["number"] },
  change: { key: ["id"], numbered: "id" },
  watch: { key: ["id"], numbered: "id" },
  delivery: { key: ["id"], numbered: "id" },
  offer_model: { key: ["gateway", "provider", "native_id", "revision"] },
  hub_model: { key: ["number"], numbered: "number" },
  hub_staged: { key: ["number"], numbered: "number" },
  hub_alias: { key: ["alias"] },
  hub_missing: { key: ["id"] },
  hub_state: { key: ["name"] },
} as const satisfies Cards;

export const TABLES: ReadonlyMap<string, TableCard> = new Map<string, TableCard>(Object.entries(CARDS));
