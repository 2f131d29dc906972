/** Fills a store with a dumped ledger, in one transaction: all of it stands there and reads back as it was, or nothing has changed. */
import { sql } from "kysely";
import { dropTables, hasTable, makeTables } from "../store/migrate.ts";
import { setLastNumber } from "../store/numbers.ts";
import { tableHash, type Copied, type OnTable } from "./dump.ts";
import { DumpRefused, readDump, type TableEnd, type TableHead, type Values } from "./dump-reader.ts";
import { MIGRATIONS } from "./migrations.ts";
import type { LedgerStore, Tables, Tx } from "./schema.ts";
import { TABLES, type TableCard } from "./tables.ts";

export interface LoadOptions {
  /** What may be replaced: a ledger that holds nothing yet, or any. */
  readonly over: "nothing" | "anything";
  readonly now: () => number;
  readonly onTable?: OnTable;
}

/** Throws `DumpRefused`. The tables are those of the steps that the dump names: migrate afterwards. */
export async function loadLedger(
  store: LedgerStore,
  dump: AsyncIterable<string | Uint8Array>,
  { over, now, onTable = () => undefined }: LoadOptions,
): Promise<Copied> {
  return store.write(async (tx) => {
    if (over === "nothing" && (await holdsAnything(store, tx)))
      throw new DumpRefused("a ledger is there already: name another place, or replace it with --force");
    const loaded = new Map<string, number>();
    return readDump(dump, {
      begin: async (steps) => {
        await dropTables(tx, [...TABLES.keys(), "lease"].toReversed());
        await makeTables(tx, store.dialect, MIGRATIONS.slice(0, steps), now());
        // A step may have put its first rows there.
        for (const table of TABLES.keys())
          if (await hasTable(tx, store.dialect, table))
            await sql`delete from ${sql.table(table)}`.execute(tx);
      },
      rows: async (head, batch) => {
        await store.copyRows(tx, nameOf(head), rowsOf(head, batch));
        loaded.set(head.table, (loaded.get(head.table) ?? 0) + batch.length);
        onTable(head.table, loaded.get(head.table) ?? 0);
      },
      end: (head, end) => settle(store, tx, head, end),
    });
  });
}

/** The numbers go on where they stood, and what was written reads back as it was. */
async function settle(store: LedgerStore, tx: Tx, head: TableHead, end: TableEnd): Promise<void> {
  const card = cardOf(head);
  if (card.numbered !== undefined && end.last_number !== undefined)
    await setLastNumber(tx, store.dialect, {
      table: head.table,
      column: card.numbered,
      last: end.last_number,
    });
  const stored = await tableHash(tx, head.table, card);
  if (stored.rows !== end.rows || stored.sha256 !== end.sha256)
    throw new Error(
      `${head.table} does not read back as it was written (${stored.rows} of ${end.rows} rows)`,
    );
}

function rowsOf(head: TableHead, batch: readonly Values[]): readonly Readonly<Record<string, unknown>>[] {
  const { bytes = [] } = cardOf(head);
  const areBytes = head.columns.map((column) => bytes.includes(column));
  return batch.map((values) =>
    Object.fromEntries(
      head.columns.map((column, index) => {
        const value = values[index];
        return [
          column,
          areBytes[index] === true && typeof value === "string" ? Buffer.from(value, "base64") : value,
        ];
      }),
    ),
  );
}

function cardOf({ table }: TableHead): TableCard {
  const card = TABLES.get(table);
  if (card === undefined) throw new DumpRefused(`the backup holds a table ${table} that no ledger has`);
  return card;
}

function nameOf(head: TableHead): keyof Tables {
  cardOf(head);
  // The list of tables holds names of tables only.
  return head.table as keyof Tables;
}

/** Whether anything was once read, decided or published there. */
export async function holdsAnything(store: LedgerStore, tx: LedgerStore["db"] = store.db): Promise<boolean> {
  for (const table of TABLES.keys()) {
    if (table === "counter" || !(await hasTable(tx, store.dialect, table))) continue;
    const { rows } = await sql`select 1 from ${sql.table(table)} limit 1`.execute(tx);
    if (rows.length > 0) return true;
  }
  return false;
}
