/** The tables of a catalog, built together. */
import type { RollUp, Table, TableRow, TableSpec } from "./table.ts";
import { plainRollUp, plainTable, type PlainRow } from "./plain.ts";

/** Tables that were built together. */
export interface Tables {
  table(name: string): Table;
  /** Of a child table's name. */
  rollUp(child: string): RollUp;
}

/** Takes rows one by one and keeps none of them as an object. */
export interface TablesBuilder {
  /** Answers a number by which children name this row as their parent. */
  add(table: string, row: TableRow): number;
  finish(): Tables;
}

export function createTables(specs: readonly TableSpec[]): TablesBuilder {
  const rows = new Map<string, PlainRow[]>(specs.map(({ name }) => [name, []]));
  return {
    add: (table, row) => {
      const its = rows.get(table);
      if (its === undefined) throw new Error(`there is no table ${table}`);
      its.push({ ...row, arrival: its.length });
      return its.length - 1;
    },
    finish: () => {
      const tables = new Map<string, ReturnType<typeof plainTable>>();
      for (const spec of specs) {
        const parent = spec.parent === undefined ? undefined : tables.get(spec.parent);
        tables.set(spec.name, plainTable(spec, rows.get(spec.name) ?? [], parent));
      }
      const named = (name: string) => {
        const table = tables.get(name);
        if (table === undefined) throw new Error(`there is no table ${name}`);
        return table;
      };
      return {
        table: named,
        rollUp: (child) => {
          const table = named(child);
          return plainRollUp(table, named(table.spec.parent ?? child));
        },
      };
    },
  };
}
