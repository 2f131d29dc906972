/**
 * A store: one database, SQLite or PostgreSQL, and the few things in which the two differ. It knows no tables.
 * Whatever a database refuses because of the world around it (a lock, a full disk) surfaces as `StoreUnavailable`.
 */
import type { Insertable, Kysely, Transaction } from "kysely";

export type StoreDialect = "sqlite" | "postgres";

/** Reads that all see the same state, until `end`. */
export interface Snapshot<Tables> {
  readonly db: Kysely<Tables>;
  end(): Promise<void>;
}

export interface Store<Tables> {
  readonly dialect: StoreDialect;
  readonly db: Kysely<Tables>;
  /** One transaction that may write, from its first statement on; a throw inside leaves nothing behind. */
  write<Result>(work: (tx: Transaction<Tables>) => Promise<Result>): Promise<Result>;
  /** A consistent state on a connection of its own: it waits for no writer and no writer waits for it. */
  snapshot(): Promise<Snapshot<Tables>>;
  /** Writes many rows, which all name the same columns, and says how many rows that touched. `conflict` is an `on conflict` clause. */
  insertRows<Name extends keyof Tables & string>(
    tx: Transaction<Tables>,
    table: Name,
    rows: readonly Insertable<Tables[Name]>[],
    conflict?: string,
  ): Promise<number>;
  /** Writes rows of a copied table as they were, the numbers that a database once gave them included. */
  copyRows(
    tx: Transaction<Tables>,
    table: keyof Tables & string,
    rows: readonly Readonly<Record<string, unknown>>[],
  ): Promise<void>;
  /** What the database's own check finds wrong with its pages, indexes and constraints. */
  integrityFaults(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** What may be set when a store is opened. */
export interface StoreOptions {
  /** PostgreSQL: the schema that holds the tables, made when missing. Default: what the connection's search path says. */
  readonly schema?: string;
  /** How long a statement waits for somebody else's lock before the store counts as locked. */
  readonly lockWaitMs?: number;
  /** SQLite: the file's largest size, in pages of 4 KiB; beyond it the store is full. */
  readonly pagesMax?: number;
}
