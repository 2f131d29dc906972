/**
 * The ledger as lines of JSON, from one consistent state: a head, each table with its rows in the order of their keys,
 * and after each table how many they were and their hash. The same content is the same lines, whatever the database.
 */
import { createHash } from "node:crypto";
import { sql } from "kysely";
import { lastNumber } from "../store/numbers.ts";
import { MIGRATIONS } from "./migrations.ts";
import type { LedgerStore } from "./schema.ts";
import { TABLES, type TableCard } from "./tables.ts";

export const DUMP_FORMAT = 1;

/** The first line. */
export interface DumpHead {
  readonly modeldex: "ledger";
  readonly format: number;
  /** The steps that made its tables. */
  readonly steps: readonly string[];
  readonly made_at: string;
}

/** Before a table's rows: each of them is an array of its columns' values, bytes in base64. */
export interface TableHead {
  readonly table: string;
  readonly columns: readonly string[];
}

/** After a table's rows. */
export interface TableEnd {
  readonly rows: number;
  /** Of the lines of its rows. */
  readonly sha256: string;
  /** The last number that the database gave out for it. */
  readonly last_number?: number;
}

/** The last line: `sha256` is that of all lines before it. */
export interface DumpEnd {
  readonly tables: number;
  readonly rows: number;
  readonly sha256: string;
}

/** What a copy says of itself when it is done. */
export interface Copied extends DumpEnd {
  readonly tableRows: readonly { readonly table: string; readonly rows: number }[];
}

/** Says how far a copy is. */
export type OnTable = (table: string, rows: number) => void;

/** Some lines at a time, each with its end; waits for no writer, and no writer waits for it. */
export async function* dumpLines(
  store: LedgerStore,
  now: number,
  onTable: OnTable = () => undefined,
): AsyncGenerator<string, Copied> {
  const whole = createHash("sha256");
  const tableRows: { table: string; rows: number }[] = [];
  const hashed = (text: string) => {
    whole.update(text);
    return text;
  };
  const snapshot = await store.snapshot();
  try {
    const head: DumpHead = {
      modeldex: "ledger",
      format: DUMP_FORMAT,
      steps: MIGRATIONS.map(({ name }) => name),
      made_at: new Date(now).toISOString(),
    };
    yield hashed(lineOf(head));
    for (const [table, card] of TABLES) {
      const lines = tableLines(snapshot.db, table, card);
      const hash = createHash("sha256");
      let rows = 0;
      for await (const { columns, text, count } of lines) {
        if (rows === 0) yield hashed(lineOf({ table, columns } satisfies TableHead));
        hash.update(text);
        rows += count;
        onTable(table, rows);
        yield hashed(text);
      }
      if (rows === 0) yield hashed(lineOf({ table, columns: [] } satisfies TableHead));
      const last =
        card.numbered === undefined
          ? undefined
          : await lastNumber(snapshot.db, store.dialect, table, card.numbered);
      yield hashed(lineOf(endOf(rows, hash.digest("hex"), last)));
      tableRows.push({ table, rows });
    }
    const rows = tableRows.reduce((sum, each) => sum + each.rows, 0);
    const end: DumpEnd = { tables: tableRows.length, rows, sha256: whole.digest("hex") };
    yield lineOf(end);
    return { ...end, tableRows };
  } finally {
    await snapshot.end();
  }
}

/** The hash of a table's rows, as a dump of it would state it. */
export async function tableHash(
  db: LedgerStore["db"],
  table: string,
  card: TableCard,
): Promise<{ readonly rows: number; readonly sha256: string }> {
  const hash = createHash("sha256");
  let rows = 0;
  for await (const { text, count } of tableLines(db, table, card)) {
    hash.update(text);
    rows += count;
  }
  return { rows, sha256: hash.digest("hex") };
}

export function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

function endOf(rows: number, sha256: string, last: number | undefined): TableEnd {
  return { rows, sha256, ...(last === undefined ? {} : { last_number: last }) };
}

const BATCH_ROWS = 2_000;

type Row = Readonly<Record<string, unknown>>;

async function* tableLines(
  db: LedgerStore["db"],
  table: string,
  { key, bytes = [], batchRows = BATCH_ROWS }: TableCard,
): AsyncGenerator<{ readonly columns: readonly string[]; readonly text: string; readonly count: number }> {
  const order = sql.join(key.map((column) => sql.ref(column)));
  let after: Row | undefined;
  for (;;) {
    const last = after;
    const beyond =
      last === undefined ? sql`` : sql`where (${order}) > (${sql.join(key.map((column) => last[column]))})`;
    const { rows } = await sql<Row>`
      select * from ${sql.table(table)} ${beyond} order by ${order} limit ${batchRows}`.execute(db);
    const [first] = rows;
    if (first === undefined) return;
    const columns = Object.keys(first).toSorted();
    const text = rows.map((row) =>
      lineOf(columns.map((column) => valueOf(row[column], bytes.includes(column)))),
    );
    yield { columns, text: text.join(""), count: rows.length };
    after = rows.at(-1);
    if (rows.length < batchRows) return;
  }
}

function valueOf(value: unknown, isBytes: boolean): unknown {
  return isBytes && value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
}
