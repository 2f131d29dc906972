/** Collects the rows of one table, column by column, and lays them down in their default order. */
import { fold, tailOf } from "./fold.ts";
import { growingTexts, growingUint32, textAt, type Texts } from "./growing.ts";
import { putIds } from "./ids.ts";
import type { Put } from "./image.ts";
import { buildNumberColumn, buildStringColumn, putNumberColumn, type NumberCodes } from "./number-column.ts";
import { startsOfChildren } from "./roll-up.ts";
import { compareTexts, inverse, orderOfTexts, stableByCode } from "./sorting.ts";
import type { TableRow, TableSpec } from "./table.ts";
import { buildTextColumn } from "./text-column.ts";
import { buildWordColumn } from "./word-column.ts";

export interface TableBuilder {
  readonly length: number;
  add(row: TableRow): void;
  /** `parentRows` are the rows of the parents by their arrival. Answers the row of each arrival. */
  put(put: Put, parentRows: Uint32Array | undefined): Uint32Array;
}

export function buildTable(spec: TableSpec): TableBuilder {
  const ids = growingTexts();
  const parents = growingUint32();
  const texts = buildTextColumn();
  const names = buildWordColumn("many");
  const words = Object.entries(spec.words).map(([column, kind]) => ({
    column,
    builder: buildWordColumn(kind),
  }));
  const numbers = spec.numbers.map((column) => ({ column, builder: buildNumberColumn(column) }));
  const strings = (spec.strings ?? []).map((column) => ({ column, builder: buildStringColumn() }));

  return {
    get length() {
      return ids.length;
    },
    add: (row) => {
      if (spec.parent !== undefined) {
        if (row.parent === undefined) throw new Error(`row ${row.id} of ${spec.name} has no parent`);
        parents.push(row.parent);
      }
      ids.push(row.id);
      const folded = fold(row.id);
      const own = row.names?.map(fold).filter((name) => name !== tailOf(folded));
      names.add(own);
      texts.add(folded, own, row.texts);
      for (const { column, builder } of words) builder.add(row.words?.[column]);
      for (const { column, builder } of numbers) builder.add(row.numbers?.[column]);
      for (const { column, builder } of strings) builder.add(row.strings?.[column]);
    },
    put: (put, parentRows) => {
      const name = spec.name;
      const coded = new Map<string, NumberCodes>(
        [...numbers, ...strings].map(({ column, builder }) => [column, builder.coded()]),
      );
      const texted = ids.view();
      const byId = orderOfTexts(texted);
      refuseTwins(spec, texted, byId);
      const its = parents.view().map((arrival) => parentRows?.[arrival] ?? 0);
      const arrivals = defaultOrder(spec, byId, coded, spec.parent === undefined ? undefined : its);
      const rows = inverse(arrivals);
      const rowsById = byId.map((arrival) => rows[arrival] ?? 0);
      putIds(put, `${name}/ids`, texted, arrivals, rowsById);
      if (spec.parent !== undefined) {
        const ordered = arrivals.map((arrival) => its[arrival] ?? 0);
        put(`${name}/parents`, ordered);
        put(`${name}/children`, startsOfChildren(ordered, parentRows?.length ?? 0));
      }
      for (const [column, codes] of coded)
        putNumberColumn(put, `${name}/numbers/${column}`, codes, arrivals, rowsById);
      for (const { column, builder } of words) builder.put(put, `${name}/words/${column}`, arrivals);
      names.put(put, `${name}/names`, arrivals);
      texts.put(put, `${name}/text`, arrivals);
      return rows;
    },
  };
}

/** The arrivals in the order of rows: sorted by what matters least first. */
function defaultOrder(
  spec: TableSpec,
  byId: Uint32Array,
  coded: ReadonlyMap<string, NumberCodes>,
  parents: Uint32Array | undefined,
): Uint32Array {
  let order = byId;
  for (const column of spec.order.toReversed()) {
    const its = coded.get(column);
    if (its === undefined)
      throw new Error(`table ${spec.name} is ordered by ${column}, which it does not have`);
    const none = its.values.length;
    order = stableByCode(
      order,
      its.codes.map((code) => (code === none ? none : none - 1 - code)),
      none,
    );
  }
  if (parents !== undefined)
    order = stableByCode(
      order,
      parents,
      parents.reduce((most, row) => Math.max(most, row), 0),
    );
  return order;
}

function refuseTwins({ name }: TableSpec, ids: Texts, byId: Uint32Array): void {
  for (let at = 1; at < byId.length; at += 1) {
    const [before = 0, id = 0] = [byId[at - 1], byId[at]];
    if (compareTexts(ids, before, id) === 0)
      throw new Error(`two rows of ${name} have the id ${textAt(ids, id)}`);
  }
}
