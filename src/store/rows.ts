/** Many values as one parameter, read back as rows by the database: no limit on their number, one statement to prepare. */
import { sql, type RawBuilder } from "kysely";
import type { StoreDialect } from "./store.ts";

/** A query of one column of whole numbers, for `in (…)`. */
export function numberRows(dialect: StoreDialect, numbers: readonly number[]): RawBuilder<number> {
  const json = JSON.stringify(numbers);
  return dialect === "sqlite"
    ? sql`select value from json_each(${json})`
    : sql`select value::bigint from json_array_elements_text(${json}::json)`;
}

/**
 * A query of texts in the named columns, for `from (…)`; every row holds as many texts as there are columns.
 * They compare by their bytes, as stored texts do: no index serves another order.
 */
export function textRows(
  dialect: StoreDialect,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): RawBuilder<unknown> {
  const json = JSON.stringify(rows);
  return dialect === "sqlite"
    ? sql`select ${sql.join(columns.map((column, index) => sql`json_extract(value, ${sql.lit(`$[${index}]`)}) as ${sql.id(column)}`))} from json_each(${json})`
    : sql`select ${sql.join(columns.map((column, index) => sql`(value ->> ${sql.lit(index)}) collate "C" as ${sql.id(column)}`))} from json_array_elements(${json}::json)`;
}
