/** A table over the sections of an image: columns are opened when they are first asked for. */
import { openIds } from "./ids.ts";
import type { Sections } from "./image.ts";
import { openNumberColumn, type OpenNumberColumn } from "./number-order.ts";
import { allRows } from "./row-set.ts";
import type { IdOrder } from "./select.ts";
import type { Table, TableSpec } from "./table.ts";
import { openTextColumn, type TextColumn } from "./text-find.ts";
import { openWordColumn, type OpenWordColumn } from "./word-column.ts";

export interface OpenTable extends Table {
  readonly ids: IdOrder;
  words(column: string): OpenWordColumn;
  numbers(column: string): OpenNumberColumn;
}

export function openTable(
  spec: TableSpec,
  sections: Sections,
  documentAt: (row: number) => Uint8Array,
): OpenTable {
  const { name } = spec;
  const ids = openIds(sections, `${name}/ids`);
  const length = ids.places.length;
  const words = new Map<string, OpenWordColumn>();
  const numbers = new Map<string, OpenNumberColumn>();
  const numberNames = new Set([...spec.numbers, ...(spec.strings ?? [])]);
  let text: TextColumn | undefined;
  const all = allRows(length);
  return {
    spec,
    length,
    all,
    ids,
    idAt: ids.at,
    rowOf: ids.rowOf,
    documentAt,
    words: (column) => {
      const kind = Object.hasOwn(spec.words, column) ? spec.words[column] : undefined;
      if (kind === undefined) throw new Error(`table ${name} has no words ${column}`);
      const opened = words.get(column) ?? openWordColumn(sections, `${name}/words/${column}`, kind, length);
      words.set(column, opened);
      return opened;
    },
    numbers: (column) => {
      if (!numberNames.has(column)) throw new Error(`table ${name} has no numbers ${column}`);
      const opened = numbers.get(column) ?? openNumberColumn(sections, `${name}/numbers/${column}`, ids);
      numbers.set(column, opened);
      return opened;
    },
    find: (asked) => {
      text ??= openTextColumn(
        sections,
        `${name}/text`,
        length,
        ids,
        openWordColumn(sections, `${name}/names`, "many", length),
      );
      return text.find(asked);
    },
  };
}
