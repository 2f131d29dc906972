/** The store in a PostgreSQL database. `pg` is loaded when the first such store is opened, and by nobody else. */
import { Kysely, PostgresDialect, sql, type Dialect, type Transaction } from "kysely";
import { storeDialect } from "./driver.ts";
import type { Snapshot, Store, StoreOptions } from "./store.ts";

const SERVER_VERSION_MIN = 150_000;
const CONNECTIONS_MAX = 5;
const CONNECT_WAIT_MS = 10_000;
const LOCK_WAIT_MS = 5_000;
/** A writer that stopped in the middle of a transaction loses it, and its locks, after this long. */
const IDLE_TRANSACTION_MS = 60_000;
const ROWS_PER_STATEMENT = 2_000;
/** So many new rows make the planner's picture of a table wrong: it would join them one by one. */
const ROWS_TO_ANALYZE = 1_000;
/** The type number of `bigint` in PostgreSQL's own catalog. */
const INT8 = 20;

const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;

/** Over a server that a URL names. */
export async function openPostgres<Tables>(url: string, options: StoreOptions): Promise<Store<Tables>> {
  const { Pool, types } = await import("pg");
  const settings = {
    lock_timeout: options.lockWaitMs ?? LOCK_WAIT_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_MS,
    ...(options.schema === undefined ? {} : { search_path: schemaName(options.schema) }),
  };
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_WAIT_MS,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(" "),
    // Every bigint of ours is an instant or a count: it fits a number.
    types: {
      getTypeParser: (oid: number, format?: "text" | "binary") =>
        oid === INT8 ? Number : types.getTypeParser(oid, format ?? "text"),
    },
  });
  // An idle connection that breaks is replaced; without a listener its event would end the process.
  pool.on("error", () => undefined);
  return openPostgresDialect<Tables>(new PostgresDialect({ pool }), options);
}

/** Over any dialect that speaks PostgreSQL: the server's, or one inside the process. */
export async function openPostgresDialect<Tables>(
  dialect: Dialect,
  options: StoreOptions,
): Promise<Store<Tables>> {
  const db = new Kysely<Tables>({ dialect: storeDialect(dialect) });
  try {
    await checkServer(db);
    if (options.schema !== undefined)
      await sql`create schema if not exists ${sql.id(schemaName(options.schema))}`.execute(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    dialect: "postgres",
    db,
    write: (work) => db.transaction().execute(work),
    snapshot: () => snapshot(db),
    insertRows: (tx, table, rows, conflict) => insertRows(tx, table, rows, conflict),
    copyRows: async (tx, table, rows) => {
      await insertRows(tx, table, rows.map(withBytesAsText), "", OWN_NUMBERS);
    },
    integrityFaults: async () => [],
    close: () => db.destroy(),
  };
}

async function checkServer<Tables>(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ version: number; encoding: string }>`
    select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`.execute(
    db,
  );
  const [server] = rows;
  if (server === undefined) throw new Error("the database server states no version");
  if (server.version < SERVER_VERSION_MIN)
    throw new Error(
      `the database server is older than PostgreSQL ${SERVER_VERSION_MIN / 10_000}: upgrade it`,
    );
  if (server.encoding !== "UTF8")
    throw new Error(`the database's encoding is ${server.encoding}: create it with encoding UTF8`);
}

function schemaName(schema: string): string {
  if (!SCHEMA.test(schema))
    throw new Error(`not a schema name: ${JSON.stringify(schema)} (small letters, digits and _)`);
  return schema;
}

async function snapshot<Tables>(db: Kysely<Tables>): Promise<Snapshot<Tables>> {
  const transaction = await db
    .startTransaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute();
  return {
    db: transaction,
    end: async () => {
      await transaction.rollback().execute();
    },
  };
}

/** As one JSON parameter that the table's own row type reads: no list of types to keep, no limit on parameters. */
async function insertRows<Tables>(
  tx: Transaction<Tables>,
  table: string,
  rows: readonly object[],
  conflict = "",
  whose = "",
): Promise<number> {
  const [first] = rows;
  if (first === undefined) return 0;
  const columns = sql.join(Object.keys(first).map((column) => sql.id(column)));
  let touched = 0;
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    const json = JSON.stringify(rows.slice(start, start + ROWS_PER_STATEMENT));
    const { numAffectedRows } = await sql`
      insert into ${sql.id(table)} (${columns}) ${sql.raw(whose)}
      select ${columns} from json_populate_recordset(null::${sql.id(table)}, ${json}::json) ${sql.raw(conflict)}`.execute(
      tx,
    );
    touched += Number(numAffectedRows ?? 0n);
  }
  if (rows.length >= ROWS_TO_ANALYZE) await sql`analyze ${sql.id(table)}`.execute(tx);
  return touched;
}

/** Numbers that the database would give out itself are taken as they are stated. */
const OWN_NUMBERS = "overriding system value";

/** JSON has no bytes: the row type reads them from their hexadecimal text. */
function withBytesAsText(row: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : value,
    ]),
  );
}
