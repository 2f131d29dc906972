/** The numbers that a database gives out for a table: where it stands, and how to let it go on from there. */
import { sql, type Kysely } from "kysely";
import type { StoreDialect } from "./store.ts";

/** The last number that was given out for this column; 0 before the first. */
export async function lastNumber<Tables>(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  table: string,
  column: string,
): Promise<number> {
  if (dialect === "sqlite") {
    const { rows } = await sql<{ last: number }>`
      select seq as last from sqlite_sequence where name = ${table}`.execute(db);
    return rows[0]?.last ?? 0;
  }
  const sequence = await sequenceOf(db, table, column);
  const { rows } = await sql<{ last: number; called: boolean }>`
    select last_value as last, is_called as called from ${sql.raw(sequence)}`.execute(db);
  const [row] = rows;
  return row?.called === true ? row.last : 0;
}

/** The next number is the one after `last`. */
export async function setLastNumber<Tables>(
  db: Kysely<Tables>,
  dialect: StoreDialect,
  { table, column, last }: { readonly table: string; readonly column: string; readonly last: number },
): Promise<void> {
  if (dialect === "sqlite") {
    await sql`delete from sqlite_sequence where name = ${table}`.execute(db);
    if (last > 0) await sql`insert into sqlite_sequence (name, seq) values (${table}, ${last})`.execute(db);
    return;
  }
  const sequence = await sequenceOf(db, table, column);
  await sql`select setval(${sequence}::regclass, ${Math.max(last, 1)}::bigint, ${last > 0})`.execute(db);
}

/** Its name, quoted as the server writes it. */
async function sequenceOf<Tables>(db: Kysely<Tables>, table: string, column: string): Promise<string> {
  const { rows } = await sql<{ name: string | null }>`
    select pg_get_serial_sequence(${`"${table}"`}, ${column}) as name`.execute(db);
  const name = rows[0]?.name ?? null;
  if (name === null) throw new Error(`the database gives out no numbers for ${table}.${column}`);
  return name;
}
