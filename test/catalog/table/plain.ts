/** Tables as plain arrays of objects, where every answer is a scan: what the fast ones are compared with. */
import { fold, tailOf, wordsOf } from "../../../src/catalog/table/fold.ts";
import { hasRow, listOf, rowsOf, type RowSet, type Slice } from "../../../src/catalog/table/row-set.ts";
import type {
  Direction,
  NumberColumn,
  RollUp,
  Table,
  TableRow,
  TableSpec,
  ValueCount,
} from "../../../src/catalog/table/table.ts";

export interface PlainRow extends TableRow {
  readonly arrival: number;
}

export interface PlainTable extends Table {
  readonly rows: readonly PlainRow[];
  readonly rowOfArrival: ReadonlyMap<number, number>;
}

export function plainTable(spec: TableSpec, unordered: readonly PlainRow[], parent?: PlainTable): PlainTable {
  const parentRow = ({ parent: arrival = -1 }: PlainRow) => parent?.rowOfArrival.get(arrival) ?? -1;
  const rows = unordered.toSorted(
    (a, b) =>
      parentRow(a) - parentRow(b) ||
      firstOf(spec.order.map((column) => compare(numberOf(a, column), numberOf(b, column), "down"))) ||
      byId(a.id, b.id),
  );
  const length = rows.length;
  const where = (isAsked: (row: PlainRow) => boolean) => setOf(length, rows, isAsked);
  const ids = new Map(rows.map(({ id }, row) => [id, row]));
  return {
    spec,
    rows,
    length,
    rowOfArrival: new Map(rows.map(({ arrival }, row) => [arrival, row])),
    all: where(() => true),
    idAt: (row) => rows[row]?.id ?? "",
    rowOf: (id) => ids.get(id),
    documentAt: (row) => rows[row]?.document ?? new Uint8Array(0),
    words: (column) => {
      if (!Object.hasOwn(spec.words, column)) throw new Error(`table ${spec.name} has no words ${column}`);
      const valuesOf = (row: PlainRow) => wordsIn(row, column);
      return {
        values: sortedWords(new Set(rows.flatMap(valuesOf))),
        rowsOf: (value) => where((row) => valuesOf(row).includes(value)),
        rowsOfAny: (values) => where((row) => valuesOf(row).some((value) => values.includes(value))),
        absent: where((row) => valuesOf(row).length === 0),
        hasValue: (value) => rows.some((row) => valuesOf(row).includes(value)),
        valuesAt: (row) => sortedWords(new Set(rows[row] === undefined ? [] : valuesOf(rows[row]))),
        counts: (set, limit) =>
          counted(
            [...rowsOf(set)].flatMap((row) => [
              ...new Set(rows[row] === undefined ? [] : valuesOf(rows[row])),
            ]),
            limit,
          ),
      };
    },
    numbers: (column) => {
      if (spec.strings?.includes(column) === true) {
        const folded = rows.map((row) =>
          row.strings?.[column] === undefined ? undefined : fold(row.strings[column]),
        );
        const distinct = sortedWords(new Set(folded.filter((text) => text !== undefined)));
        const ranks = new Map(distinct.map((text, rank) => [text, rank]));
        return plainNumbers(rows, (row) => ranks.get(folded[row] ?? ""));
      }
      if (!spec.numbers.includes(column)) throw new Error(`table ${spec.name} has no numbers ${column}`);
      return plainNumbers(rows, (row) => (rows[row] === undefined ? undefined : numberOf(rows[row], column)));
    },
    find: (text) => {
      const folded = fold(text).trim();
      if (folded === "") return undefined;
      const asked = wordsOf(folded);
      const fit = (row: PlainRow) => {
        const words = [row.id, ...(row.names ?? []), ...(row.texts ?? [])].flatMap((its) =>
          wordsOf(fold(its)),
        );
        if (asked.length === 0 || !asked.every((word) => words.some((its) => its.includes(word))))
          return undefined;
        if (fold(row.id) === folded) return 0;
        if (tailOf(fold(row.id)) === folded || row.names?.some((name) => fold(name) === folded)) return 1;
        return asked.every((word) => words.some((its) => its.startsWith(word))) ? 2 : 3;
      };
      const fits = rows.map(fit);
      return {
        rows: setOf(length, rows, (_, row) => fits[row] !== undefined),
        page: (set, part) =>
          sliceOf(
            [...rowsOf(set)].toSorted((a, b) => (fits[a] ?? 4) - (fits[b] ?? 4) || a - b),
            part,
          ),
      };
    },
  };
}

export function plainRollUp(child: PlainTable, parent: PlainTable): RollUp {
  const parents = child.rows.map((row) => parent.rowOfArrival.get(row.parent ?? -1) ?? -1);
  return {
    parentOf: (row) => parents[row] ?? -1,
    childrenOf: (row) => {
      const from = parents.findIndex((each) => each >= row);
      const to = parents.findIndex((each) => each > row);
      return { from: from === -1 ? parents.length : from, to: to === -1 ? parents.length : to };
    },
    parents: (children) =>
      listOf(
        parent.length,
        Uint32Array.from(new Set([...rowsOf(children)].map((row) => parents[row] ?? -1))),
      ),
    children: (set) => setOf(child.length, child.rows, (_, row) => hasRow(set, parents[row] ?? -1)),
    counts: (children, column, limit) => {
      const words = child.words(column);
      const pairs = [...rowsOf(children)].flatMap((row) =>
        words.valuesAt(row).map((value) => `${parents[row]} ${value}`),
      );
      return counted(
        [...new Set(pairs)].map((pair) => pair.slice(pair.indexOf(" ") + 1)),
        limit,
      );
    },
    best: (children, column, which) => {
      const numbers = child.numbers(column);
      const best = new Map<number, number>();
      for (const row of rowsOf(children)) {
        const [at, value] = [parents[row] ?? -1, numbers.at(row)];
        const known = best.get(at);
        if (value === undefined) continue;
        if (known === undefined || (which === "lowest" ? value < known : value > known)) best.set(at, value);
      }
      return plainNumbers(parent.rows, (row) => best.get(row));
    },
  };
}

function plainNumbers(rows: readonly PlainRow[], at: (row: number) => number | undefined): NumberColumn {
  const values = rows.map((_, row) => at(row));
  const known = values.filter((value) => value !== undefined);
  return {
    ...(known.length === 0 ? {} : { range: { min: Math.min(...known), max: Math.max(...known) } }),
    absent: setOf(rows.length, rows, (_, row) => values[row] === undefined),
    at,
    between: ({ min = -Infinity, max = Infinity }, set) =>
      setOf(rows.length, rows, (_, row) => {
        const value = values[row];
        return value !== undefined && value >= min && value <= max && (set === undefined || hasRow(set, row));
      }),
    page: (set, direction, part) => {
      const inOrder = (a: number, b: number) =>
        compare(values[a], values[b], direction) || byId(rows[a]?.id ?? "", rows[b]?.id ?? "");
      return sliceOf([...rowsOf(set)].toSorted(inOrder), part, inOrder);
    },
    histogram: (set, edges) => {
      const counts = Array.from({ length: edges.length + 1 }, () => 0);
      for (const row of rowsOf(set)) {
        const value = values[row];
        if (value === undefined) continue;
        const part = edges.filter((edge) => edge <= value).length;
        counts[part] = (counts[part] ?? 0) + 1;
      }
      return counts;
    },
  };
}

function setOf(
  length: number,
  rows: readonly PlainRow[],
  isAsked: (row: PlainRow, index: number) => boolean,
): RowSet {
  return listOf(length, Uint32Array.from(rows.flatMap((row, index) => (isAsked(row, index) ? [index] : []))));
}

/** What was read before need not be among the rows: where an order is given, it says where to go on. */
function sliceOf(
  ordered: readonly number[],
  { limit, offset = 0, after }: Slice,
  inOrder?: (a: number, b: number) => number,
): Uint32Array {
  let from = 0;
  if (after !== undefined) {
    const next =
      inOrder === undefined
        ? ordered.indexOf(after) + 1
        : ordered.findIndex((row) => inOrder(row, after) > 0);
    from = next === -1 ? ordered.length : next;
  }
  return Uint32Array.from(ordered.slice(from + offset, from + offset + limit));
}

function compare(a: number | undefined, b: number | undefined, direction: Direction): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return direction === "up" ? a - b : b - a;
}

function numberOf(row: PlainRow, column: string): number | undefined {
  const value = row.numbers?.[column];
  return value === undefined || Number.isNaN(value) ? undefined : value + 0;
}

function wordsIn(row: PlainRow, column: string): readonly string[] {
  const value = row.words?.[column];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

function counted(values: readonly string[], limit = values.length): readonly ValueCount[] {
  const counts = [...Map.groupBy(values, (value) => value)].map(([value, its]) => ({
    value,
    count: its.length,
  }));
  return counts.toSorted((a, b) => b.count - a.count || byId(a.value, b.value)).slice(0, limit);
}

function firstOf(orders: readonly number[]): number {
  return orders.find((order) => order !== 0) ?? 0;
}

function sortedWords(words: Iterable<string>): readonly string[] {
  return [...words].toSorted(byId);
}

/** By the bytes of UTF-8: those of single units stand as the units do. */
function byId(a: string, b: string): number {
  if (a === b) return 0;
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

const SURROGATE = /[\uD800-\uDFFF]/;

/** The same rows as plain tables. */
export function plainTables(specs: readonly TableSpec[], rows: ReadonlyMap<string, readonly TableRow[]>) {
  const tables = new Map<string, PlainTable>();
  for (const spec of specs) {
    const its = (rows.get(spec.name) ?? []).map((row, arrival) => ({ ...row, arrival }));
    tables.set(
      spec.name,
      plainTable(spec, its, spec.parent === undefined ? undefined : tables.get(spec.parent)),
    );
  }
  return tables;
}
