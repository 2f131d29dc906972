/** Brings a store's tables to what this program knows, one numbered step at a time, each in a transaction of its own. */
import { createHash } from "node:crypto";
import { sql, type Kysely, type Transaction } from "kysely";
import type { Store, StoreDialect } from "./store.ts";

/** One step. Once released it is never edited: its hash is recorded with it. */
export interface Migration {
  readonly name: string;
  /** The same tables in either dialect. */
  statements(types: ColumnTypes): readonly string[];
}

/** How the dialects spell what they share: byte-wise text, whole milliseconds, numbers that the database gives out. */
export interface ColumnTypes {
  readonly dialect: StoreDialect;
  readonly id: string;
  readonly int: string;
  readonly text: string;
  readonly bytes: string;
  /** What follows the closing bracket of a table, and of a table that is only ever looked up by its primary key. */
  readonly table: string;
  readonly keyed: string;
}

const TYPES: { readonly [dialect in StoreDialect]: ColumnTypes } = {
  sqlite: {
    dialect: "sqlite",
    id: "integer primary key autoincrement",
    int: "integer",
    text: "text",
    bytes: "blob",
    table: "strict",
    keyed: "strict, without rowid",
  },
  postgres: {
    dialect: "postgres",
    id: "bigint generated always as identity primary key",
    int: "bigint",
    text: `text collate "C"`,
    bytes: "bytea",
    table: "",
    keyed: "",
  },
};

/** The tables were made by a program that knows more steps, or other ones: writing to them could destroy what it knows. */
export class StoreTooNew extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StoreTooNew";
  }
}

interface Applied {
  readonly number: number;
  readonly name: string;
  readonly hash: string;
}

/** An arbitrary number that all programs of this kind agree on. */
const POSTGRES_LOCK = 7_305_412_881;

/** Applies the missing steps; touches nothing where none is missing, so that a locked store can still be read. */
export async function migrate<Tables>(
  store: Store<Tables>,
  migrations: readonly Migration[],
  now: () => number,
): Promise<void> {
  const known = migrations.map((migration) => stepOf(migration, TYPES[store.dialect]));
  const applied = await appliedSteps(store.db, store.dialect);
  refuseUnknown(applied, known);
  for (const step of known.slice(applied.length)) {
    await store.write((tx) => applyStep(tx, store.dialect, step, known, now()));
  }
}

/** Makes the tables of these steps inside a transaction, in a database that has none of them. */
export async function makeTables<Tables>(
  tx: Transaction<Tables>,
  dialect: StoreDialect,
  migrations: readonly Migration[],
  now: number,
): Promise<void> {
  const known = migrations.map((migration) => stepOf(migration, TYPES[dialect]));
  for (const step of known) await applyStep(tx, dialect, step, known, now);
}

/** Takes these tables away, in this order, and the account of the steps that made them. */
export async function dropTables<Tables>(tx: Transaction<Tables>, tables: readonly string[]): Promise<void> {
  for (const table of [...tables, "migration"])
    await sql`drop table if exists ${sql.table(table)}`.execute(tx);
}

export async function hasTable<Tables>(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  name: string,
): Promise<boolean> {
  const found =
    dialect === "sqlite"
      ? sql`select 1 from sqlite_schema where type = 'table' and name = ${name}`
      : sql`select 1 from pg_tables where schemaname = current_schema() and tablename = ${name}`;
  return (await found.execute(db)).rows.length > 0;
}

interface Step {
  readonly number: number;
  readonly name: string;
  readonly statements: readonly string[];
  readonly hash: string;
}

function stepOf(migration: Migration, types: ColumnTypes): Step {
  const statements = migration.statements(types);
  // Layout is no difference: a formatter may change it.
  const hash = createHash("sha256")
    .update(statements.join(";").replaceAll(/\s+/g, " ").trim())
    .digest("hex")
    .slice(0, 32);
  return { number: Number.parseInt(migration.name, 10), name: migration.name, statements, hash };
}

async function applyStep<Tables>(
  tx: Transaction<Tables>,
  dialect: StoreDialect,
  step: Step,
  known: readonly Step[],
  now: number,
): Promise<void> {
  if (dialect === "postgres") await sql`select pg_advisory_xact_lock(${POSTGRES_LOCK})`.execute(tx);
  // Another process may have applied it while this one waited.
  const applied = await appliedSteps(tx, dialect);
  refuseUnknown(applied, known);
  if (applied.length >= step.number) return;
  const { int, text } = TYPES[dialect];
  await sql
    .raw(
      `create table if not exists migration (number ${int} primary key, name ${text} not null, hash ${text} not null, applied_at ${int} not null)`,
    )
    .execute(tx);
  for (const statement of step.statements) {
    await sql.raw(statement).execute(tx);
  }
  await sql`insert into migration (number, name, hash, applied_at) values (${step.number}, ${step.name}, ${step.hash}, ${now})`.execute(
    tx,
  );
}

async function appliedSteps<Tables>(db: Kysely<Tables>, dialect: StoreDialect): Promise<readonly Applied[]> {
  if (!(await hasTable(db, dialect, "migration"))) return [];
  return (await sql<Applied>`select number, name, hash from migration order by number`.execute(db)).rows;
}

function refuseUnknown(applied: readonly Applied[], known: readonly Step[]): void {
  for (const [index, { name, hash }] of applied.entries()) {
    const step = known[index];
    if (step === undefined) {
      throw new StoreTooNew(
        `this database was written by a newer modeldex: it has the step ${name}, and this program ends at ${known.at(-1)?.name ?? "none"}. Update modeldex, or name another database`,
      );
    }
    if (step.name !== name || step.hash !== hash) {
      throw new StoreTooNew(
        `this database was written by another modeldex: its step ${name} is not this program's ${step.name}. Use the program that wrote it, or name another database`,
      );
    }
  }
}
