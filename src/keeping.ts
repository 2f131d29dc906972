/** Copies of the whole ledger: into a file and back, and from one database to another. Each is compared before it counts. */
import { resolve } from "node:path";
import type { Config } from "./config.ts";
import { systemRuntime } from "./kit/runtime.ts";
import { dumpLines } from "./ledger/dump.ts";
import { checkDumpFile, readDumpFile, writeDumpFile } from "./ledger/dump-file.ts";
import { DumpRefused } from "./ledger/dump-reader.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { holdsAnything, loadLedger } from "./ledger/load.ts";
import { openLedgerStore } from "./ledger/open.ts";
import type { LedgerStore, Tables } from "./ledger/schema.ts";
import type { Keeping } from "./serve/keeping.ts";
import { openStore } from "./store/open.ts";

const { now } = systemRuntime;

export function openKeeping({ database }: Pick<Config, "database">): Keeping {
  return {
    backup: (file, { over, onTable, signal }) =>
      withLedger(database, async (store) => {
        await refuseEmpty(store);
        return writeDumpFile(file, dumpLines(store, now(), onTable), over, signal);
      }),
    restore: async (file, options) => {
      // Read to its end before anything is touched.
      await checkDumpFile(file);
      return fill(database, readDumpFile(file), options);
    },
    move: (other, options) =>
      withLedger(database, async (store, ledger) => {
        if (isSame(other, database))
          throw new DumpRefused("the ledger is there already: name another database");
        await refuseEmpty(store);
        const before = await markOf(ledger);
        const copied = await fill(other, dumpLines(store, now()), options);
        return { ...copied, wasWritten: (await markOf(ledger)) !== before };
      }),
  };
}

type Filling = Parameters<Keeping["restore"]>[1];

/** Loads a dump, brings it to today's tables, and compares every stored hash with its content. */
async function fill(
  database: string,
  dump: AsyncIterable<string | Uint8Array>,
  { over, onTable }: Filling,
): ReturnType<Keeping["restore"]> {
  const store = await openStore<Tables>(database);
  const copied = await loadLedger(store, dump, { over, now, onTable }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const ledger = await openLedgerStore(store, now);
  try {
    const faults = await ledger.verify();
    if (faults.length > 0)
      throw new DumpRefused(
        `the copy was damaged before it was made: ${faults[0]} (${faults.length} in all)`,
      );
    return copied;
  } finally {
    await ledger.close();
  }
}

async function withLedger<Result>(
  database: string,
  use: (store: LedgerStore, ledger: Ledger) => Promise<Result>,
): Promise<Result> {
  const store = await openStore<Tables>(database);
  const ledger = await openLedgerStore(store, now);
  try {
    return await use(store, ledger);
  } finally {
    await ledger.close();
  }
}

function isSame(a: string, b: string): boolean {
  const addressOf = (database: string) => (database.includes("://") ? database : resolve(database));
  return addressOf(a) === addressOf(b);
}

async function refuseEmpty(store: LedgerStore): Promise<void> {
  if (!(await holdsAnything(store)))
    throw new DumpRefused("the ledger is empty: nothing has been read yet, so there is nothing to copy");
}

/** Another text after every run, every publish, and every change that is told. */
async function markOf(ledger: Ledger): Promise<string> {
  const [run] = await ledger.runs({ limit: 1 });
  const [change] = await ledger.changes({ by: "number", order: "desc", limit: 1 });
  const revision = await ledger.latestRevision();
  return `${await ledger.contentMark()} ${run?.id ?? 0} ${revision?.number ?? 0} ${change?.id ?? 0}`;
}
