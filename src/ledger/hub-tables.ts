/** The tables of the whole Hub. */
import type { Generated } from "kysely";
import type { ColumnTypes } from "../store/migrate.ts";

interface ModelColumns {
  readonly id: string;
  readonly created_at: number | null;
  readonly modified_at: number | null;
  readonly downloads: number | null;
  readonly likes: number | null;
}

export interface HubTables {
  readonly hub_model: ModelColumns & {
    readonly number: Generated<number>;
    readonly facts: string;
    /** The last crawl that met it. */
    readonly crawl: number;
    readonly gone_at: Generated<number | null>;
  };
  /** Rows as pages brought them, until the list has ended. */
  readonly hub_staged: ModelColumns & {
    readonly number: Generated<number>;
    /** Null where the item could not be read. */
    readonly facts: string | null;
  };
  readonly hub_alias: { readonly alias: string; readonly id: string };
  readonly hub_missing: {
    readonly id: string;
    readonly crawl: number;
    readonly held: number;
    readonly asked_at: number | null;
  };
  /** One row. */
  readonly hub_state: { readonly name: string; readonly state: string };
}

/**
 * Millions of rows: both large tables grow at their end, and what is sought by its name is a small index beside them.
 * Keyed by name, each page of a list would touch as many places of the file as it has rows.
 */
export function hubTables({ id, int, text, table, keyed }: ColumnTypes): readonly string[] {
  const columns = `created_at ${int}, modified_at ${int}, downloads ${int}, likes ${int}`;
  return [
    `create table hub_model (number ${id}, id ${text} not null unique, ${columns}, facts ${text} not null, crawl ${int} not null,
      gone_at ${int}) ${table}`,
    `create table hub_staged (number ${id}, id ${text} not null, ${columns}, facts ${text}) ${table}`,
    `create table hub_alias (alias ${text} primary key, id ${text} not null) ${keyed}`,
    `create index hub_alias_by_id on hub_alias (id)`,
    `create table hub_missing (id ${text} primary key, crawl ${int} not null, held ${int} not null check (held in (0, 1)),
      asked_at ${int}) ${keyed}`,
    `create table hub_state (name ${text} primary key, state ${text} not null) ${keyed}`,
    `insert into counter (name, value) values ('hub', 0)`,
  ];
}
