/** Where a ledger can live in a test: each place gives an empty database, and takes it away at the end. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, PostgresDialect, sql, type Dialect } from "kysely";
import { Pool } from "pg";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openLedgerStore } from "../../src/ledger/open.ts";
import type { LedgerStore, Tables } from "../../src/ledger/schema.ts";
import { openStore } from "../../src/store/open.ts";
import { openPostgresDialect } from "../../src/store/postgres.ts";

export interface Place {
  readonly name: string;
  /** A database of one's own: every store opened in it sees the same tables. */
  make(): Promise<Room>;
  /** Ends what the place keeps for all its rooms. */
  leave(): Promise<void>;
}

export interface Room {
  openStore(): Promise<LedgerStore>;
  /** Whether a second store sees what the first one wrote. */
  readonly shared: boolean;
  clear(): Promise<void>;
}

export const NOW = Date.UTC(2026, 0, 1);

export async function openIn(room: Room): Promise<Ledger> {
  return openLedgerStore(await room.openStore(), () => NOW);
}

const sqliteFile: Place = {
  name: "an SQLite file",
  leave: nothingToEnd,
  make: async () => {
    const folder = mkdtempSync(join(tmpdir(), "modeldex-ledger-"));
    return {
      shared: true,
      openStore: () => openStore<Tables>(join(folder, "ledger.sqlite"), { lockWaitMs: 200 }),
      clear: async () => rmSync(folder, { recursive: true }),
    };
  },
};

const sqliteMemory: Place = {
  name: "SQLite in memory",
  leave: nothingToEnd,
  make: async () => ({
    shared: false,
    openStore: () => openStore<Tables>(":memory:"),
    clear: async () => undefined,
  }),
};

/** One engine for all tests of a file: it takes seconds to start. Each room is a schema of its own. */
function postgresInProcess(): Place {
  let engine: Promise<PGlite> | undefined;
  let rooms = 0;
  return {
    name: "PostgreSQL in process",
    leave: async () => {
      await (await engine)?.close();
      engine = undefined;
    },
    make: async () => {
      engine ??= PGlite.create();
      const pglite = await engine;
      const schema = `room_${(rooms += 1)}`;
      await pglite.exec(`create schema ${schema}; set search_path = ${schema}`);
      return {
        // One connection: a second store would wait for the first one's transactions, which is all it can show.
        shared: false,
        openStore: () => openPostgresDialect<Tables>(inProcessDialect(pglite), {}),
        clear: async () => {
          await pglite.exec(`drop schema ${schema} cascade`);
        },
      };
    },
  };
}

/** A dialect over the shared engine, which stays when a store over it is closed. */
function inProcessDialect(pglite: PGlite): Dialect {
  return new PGliteDialect({
    pglite: {
      query: (query, params, options) => pglite.query(query, params, options),
      transaction: (work) => pglite.transaction(work),
      closed: false,
      ready: true,
      waitReady: Promise.resolve(),
      close: () => Promise.resolve(),
    },
  });
}

function postgresServer(url: string): Place {
  let rooms = 0;
  return {
    name: "a PostgreSQL server",
    leave: nothingToEnd,
    make: async () => {
      const schema = `modeldex_test_${process.pid}_${Date.now()}_${(rooms += 1)}`;
      return {
        shared: true,
        openStore: () => openStore<Tables>(url, { schema, lockWaitMs: 1_000 }),
        clear: async () => {
          const db = new Kysely<unknown>({
            dialect: new PostgresDialect({ pool: new Pool({ connectionString: url, max: 1 }) }),
          });
          await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(db);
          await db.destroy();
        },
      };
    },
  };
}

const server = process.env["MODELDEX_TEST_POSTGRES"];

/** Every place that this machine has. */
export function places(): readonly Place[] {
  return [
    sqliteFile,
    sqliteMemory,
    postgresInProcess(),
    ...(server === undefined || server === "" ? [] : [postgresServer(server)]),
  ];
}

async function nothingToEnd(): Promise<void> {}
