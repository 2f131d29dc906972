/** The store in one SQLite file, or in memory: one connection that writes, and one more for each snapshot. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { CompiledQuery, Kysely, SqliteDialect } from "kysely";
import { storeDialect } from "./driver.ts";
import type { Snapshot, Store, StoreOptions } from "./store.ts";
import { storeError, StoreUnavailable, translated } from "./unavailable.ts";

export const MEMORY = ":memory:";

/** Older versions can corrupt a write-ahead log that has two connections (sqlite.org/wal.html, "the WAL-reset bug"). */
const SQLITE_VERSION_MIN = "3.51.3";
const LOCK_WAIT_MS = 5_000;
const CACHE_KIB = 65_536;
const LOG_BYTES_MAX = 67_108_864;
const ROWS_PER_STATEMENT = 32;
/** Statements that are kept ready: preparing one takes longer than running it. */
const STATEMENTS_MAX = 200;
/** Of faults that the database's own check lists. */
const FAULTS_MAX = 100;

export function openSqlite<Tables>(path: string, options: StoreOptions): Store<Tables> {
  const handle = openFile(path, options);
  const db = new Kysely<Tables>({ dialect: sqliteDialect(handle, "begin immediate") });
  return {
    dialect: "sqlite",
    db,
    write: (work) => db.transaction().execute(work),
    snapshot: () => snapshot<Tables>(handle, db, path, options),
    insertRows: (_tx, table, rows, conflict) => translated(() => insertRows(handle, table, rows, conflict)),
    copyRows: async (_tx, table, rows) => {
      await translated(() => insertRows(handle, table, rows));
    },
    integrityFaults: () => translated(() => integrityFaults(handle)),
    close: async () => {
      await db.destroy();
      // Kysely closes only what it has used.
      if (handle.open) handle.close();
    },
  };
}

function openFile(path: string, options: StoreOptions): Database.Database {
  try {
    if (path !== MEMORY) mkdirSync(dirname(path), { recursive: true });
    const handle = new Database(path, { timeout: options.lockWaitMs ?? LOCK_WAIT_MS });
    try {
      prepare(handle, options);
    } catch (error) {
      handle.close();
      throw error;
    }
    return handle;
  } catch (error) {
    // A path through a file, or a folder that may not be written, fails before SQLite is asked.
    throw error instanceof Error && "syscall" in error
      ? new StoreUnavailable("cannot-open", error)
      : storeError(error);
  }
}

function prepare(handle: Database.Database, options: StoreOptions): void {
  const version = String(handle.prepare("select sqlite_version()").pluck().get());
  if (isOlder(version, SQLITE_VERSION_MIN)) {
    throw new Error(
      `SQLite ${version} can lose data; modeldex needs ${SQLITE_VERSION_MIN} or newer: reinstall better-sqlite3`,
    );
  }
  handle.pragma("journal_mode = wal");
  // FULL: what was acknowledged survives a power cut, not only a crash of the program.
  handle.pragma("synchronous = full");
  handle.pragma("foreign_keys = on");
  handle.pragma("trusted_schema = off");
  handle.pragma(`cache_size = -${CACHE_KIB}`);
  handle.pragma(`journal_size_limit = ${LOG_BYTES_MAX}`);
  if (options.pagesMax !== undefined) handle.pragma(`max_page_count = ${options.pagesMax}`);
}

/** True where dotted version `a` comes before `b`. */
export function isOlder(a: string, b: string): boolean {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  const at = right.findIndex((part, index) => part !== (left[index] ?? 0));
  return at !== -1 && (left[at] ?? 0) < (right[at] ?? 0);
}

/**
 * `begin immediate` for writers: a transaction that first reads and then writes fails at once, without waiting,
 * when another process wrote in between.
 */
function sqliteDialect(handle: Database.Database, begin: string) {
  return storeDialect(new SqliteDialect({ database: withStatementsKept(handle) }), {
    begin: async (connection) => {
      await connection.executeQuery(CompiledQuery.raw(begin));
    },
    rollback: async (connection) => {
      // A full disk has already rolled back, and would be hidden by the error of a second rollback.
      if (handle.inTransaction) await connection.executeQuery(CompiledQuery.raw("rollback"));
    },
  });
}

function withStatementsKept(handle: Database.Database) {
  const statements = new Map<string, Database.Statement>();
  return {
    close: () => handle.close(),
    prepare: (text: string) => {
      const known = statements.get(text);
      if (known !== undefined) return known;
      const statement = handle.prepare(text);
      if (statements.size >= STATEMENTS_MAX) statements.clear();
      statements.set(text, statement);
      return statement;
    },
  };
}

/** A file is read by a second connection; memory has only one, so that its snapshot is a copy. */
async function snapshot<Tables>(
  writer: Database.Database,
  db: Kysely<Tables>,
  path: string,
  options: StoreOptions,
): Promise<Snapshot<Tables>> {
  const handle = await translated(() =>
    path === MEMORY
      ? db.connection().execute(() => Promise.resolve(new Database(writer.serialize())))
      : new Database(path, { readonly: true, timeout: options.lockWaitMs ?? LOCK_WAIT_MS }),
  );
  const reader = new Kysely<Tables>({ dialect: sqliteDialect(handle, "begin") });
  const transaction = await reader.startTransaction().execute();
  return {
    db: transaction,
    end: async () => {
      await transaction.rollback().execute();
      await reader.destroy();
    },
  };
}

/** By hand: a prepared statement writes nine times as many rows a second as one query built for each. */
function insertRows(
  handle: Database.Database,
  table: string,
  rows: readonly object[],
  conflict = "",
): number {
  const [first] = rows;
  if (first === undefined) return 0;
  const columns = Object.keys(first);
  const into = `insert into "${table}" (${columns.map((column) => `"${column}"`).join(", ")}) values`;
  const marks = `(${columns.map(() => "?").join(", ")})`;
  const insert = (count: number) =>
    handle.prepare(`${into} ${Array(count).fill(marks).join(", ")} ${conflict}`);
  const many = rows.length < ROWS_PER_STATEMENT ? undefined : insert(ROWS_PER_STATEMENT);
  let touched = 0;
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const chunk = rows.slice(start, start + ROWS_PER_STATEMENT);
    const values: unknown[] = [];
    for (const row of chunk) {
      // A row is a record of its columns; its type does not say so.
      const fields = row as Readonly<Record<string, unknown>>;
      for (const column of columns) values.push(fields[column]);
    }
    const statement = chunk.length === ROWS_PER_STATEMENT && many !== undefined ? many : insert(chunk.length);
    touched += statement.run(values).changes;
  }
  return touched;
}

function integrityFaults(handle: Database.Database): readonly string[] {
  const faults = handle.prepare(`pragma integrity_check(${FAULTS_MAX})`).pluck().all().map(String);
  const orphans = handle.prepare("pragma foreign_key_check").all().length;
  return [
    ...faults.filter((fault) => fault !== "ok"),
    ...(orphans === 0 ? [] : [`${orphans} rows name a row that does not exist`]),
  ];
}
