/** Offers and their models: children stand with their parent, so that one walk over children meets each parent once. */
import { lowerBound, WORD_MASK, WORD_SHIFT, wordsFor } from "./bits.ts";

import { lowerNumber } from "./number-column.ts";
import type { OpenNumberColumn } from "./number-order.ts";
import { countOf, listOf, rowsOf, setOfBits, shortest, type RowSet } from "./row-set.ts";
import { pageByRank, type IdOrder } from "./select.ts";
import { ascending } from "./sorting.ts";
import type { BestOrder, Direction, RollUp } from "./table.ts";
import { mostFirst } from "./top.ts";
import { NO_VALUE, type OpenWordColumn } from "./word-column.ts";

export interface Family {
  /** Each child's parent, ascending. */
  readonly parents: Uint32Array;
  /** Each parent's first child, and one past the last child of the last. */
  readonly starts: Uint32Array;
  /** The order of the parents' ids. */
  readonly ids: IdOrder;
  words(column: string): OpenWordColumn;
  numbers(column: string): OpenNumberColumn;
}

export function rollUpOf(family: Family): RollUp {
  const { parents, starts } = family;
  const parentCount = starts.length - 1;

  function counts(children: RowSet, column: string, limit?: number) {
    const { codes, starts: codeStarts, size, valueOf } = family.words(column);
    const found = new Uint32Array(size);
    /** The last parent that was counted for each value, from 1. */
    const seen = new Uint32Array(size);
    for (const child of rowsOf(children)) {
      const parent = (parents[child] ?? 0) + 1;
      const end = codeStarts === undefined ? child + 1 : (codeStarts[child + 1] ?? 0);
      for (let at = codeStarts === undefined ? child : (codeStarts[child] ?? 0); at < end; at += 1) {
        const code = codes[at] ?? NO_VALUE;
        if (seen[code] === parent) continue;
        seen[code] = parent;
        found[code] = (found[code] ?? 0) + 1;
      }
    }
    return mostFirst(found, ascending(size), limit).map(({ code, count }) => ({
      value: valueOf(code),
      count,
    }));
  }

  return {
    parentOf: (child) => parents[child] ?? 0,
    childrenOf: (parent) => ({ from: starts[parent] ?? 0, to: starts[parent + 1] ?? 0 }),
    parents: (children) => {
      const found = new Uint32Array(Math.min(countOf(children), parentCount));
      let count = 0;
      for (const child of rowsOf(children)) {
        const parent = parents[child] ?? 0;
        if (count > 0 && found[count - 1] === parent) continue;
        found[count] = parent;
        count += 1;
      }
      return listOf(parentCount, found.subarray(0, count));
    },
    children: (set) => {
      const bits = new Uint32Array(wordsFor(parents.length));
      for (const parent of rowsOf(set)) {
        const to = starts[parent + 1] ?? 0;
        for (let child = starts[parent] ?? 0; child < to; child += 1)
          bits[child >>> WORD_SHIFT] = (bits[child >>> WORD_SHIFT] ?? 0) | (1 << (child & WORD_MASK));
      }
      return shortest(setOfBits(parents.length, bits));
    },
    counts,
    best: (children, column, which) => bestOrder(family, children, family.numbers(column), which),
  };
}

/** Numbers stand for their place among the column's different numbers; behind the last of them stands no number. */
function bestOrder(
  { parents, ids }: Family,
  children: RowSet,
  { values, codes }: OpenNumberColumn,
  which: "lowest" | "highest",
): BestOrder {
  const none = values.length;
  const its = new Uint32Array(countOf(children));
  const bestCodes = new Uint32Array(its.length);
  let count = 0;
  for (const child of rowsOf(children)) {
    const parent = parents[child] ?? 0;
    const code = codes[child] ?? none;
    if (count === 0 || its[count - 1] !== parent) {
      its[count] = parent;
      bestCodes[count] = code;
      count += 1;
      continue;
    }
    const before = bestCodes[count - 1] ?? none;
    if (code !== none && (before === none || (which === "lowest" ? code < before : code > before)))
      bestCodes[count - 1] = code;
  }
  const known = its.subarray(0, count);

  /** The code of each of these parents, which come in their default order. */
  function codesOf(rows: Uint32Array): Uint32Array {
    const found = new Uint32Array(rows.length);
    let at = 0;
    for (let index = 0; index < rows.length; index += 1) {
      const parent = rows[index] ?? 0;
      while (at < count && (known[at] ?? 0) < parent) at += 1;
      found[index] = at < count && known[at] === parent ? (bestCodes[at] ?? none) : none;
    }
    return found;
  }

  function codeOf(parent: number): number {
    const at = lowerBound(known, parent);
    return known[at] === parent ? (bestCodes[at] ?? none) : none;
  }

  function rankOf(code: number, direction: Direction): number {
    return direction === "up" || code === none ? code : none - 1 - code;
  }

  return {
    at: (parent) => values[codeOf(parent)],
    page: (set, direction, part) => {
      const rows = rowsOf(set);
      const ranks = codesOf(rows);
      for (let at = 0; at < ranks.length; at += 1) ranks[at] = rankOf(ranks[at] ?? none, direction);
      const past = part.after === undefined ? {} : { past: rankOf(codeOf(part.after), direction) };
      return pageByRank({ rows, ranks, ...past }, ids, part);
    },
    histogram: (set, edges) => {
      const parts = Array.from({ length: edges.length + 1 }, () => 0);
      const codeEdges = edges.map((edge) => lowerNumber(values, edge));
      for (const code of codesOf(rowsOf(set))) {
        if (code === none) continue;
        let part = 0;
        while (part < codeEdges.length && (codeEdges[part] ?? 0) <= code) part += 1;
        parts[part] = (parts[part] ?? 0) + 1;
      }
      return parts;
    },
  };
}

/** The parent of each child, and the first child of each parent. */
export function startsOfChildren(parents: Uint32Array, parentCount: number): Uint32Array {
  const starts = new Uint32Array(parentCount + 1);
  for (let child = 0; child < parents.length; child += 1) {
    const next = (parents[child] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let parent = 1; parent < starts.length; parent += 1)
    starts[parent] = (starts[parent] ?? 0) + (starts[parent - 1] ?? 0);
  return starts;
}
