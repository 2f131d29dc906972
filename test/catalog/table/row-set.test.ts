/** Sets of rows are sets, in whichever form they are. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allRows,
  and,
  andAll,
  bitsOf,
  countBoth,
  countOf,
  countUpTo,
  hasRow,
  listOf,
  minus,
  noRows,
  or,
  rowsOf,
  slice,
  type RowSet,
} from "../../../src/catalog/table/row-set.ts";

const LENGTHS = [0, 1, 31, 32, 33, 64, 500, 5_000];

/** A length, and some sets of rows of it, each in one of its forms. */
const sets = fc.constantFrom(...LENGTHS).chain((length) =>
  fc
    .array(
      fc.record({
        rows: fc.uniqueArray(fc.nat({ max: Math.max(0, length - 1) }), { maxLength: length === 0 ? 0 : 400 }),
        form: fc.constantFrom<"bits" | "list" | "either">("bits", "list", "either"),
      }),
      { minLength: 2, maxLength: 4 },
    )
    .map((made) => ({ length, made: made.map(({ rows, form }) => setOf(length, rows, form)) })),
);

function setOf(length: number, rows: readonly number[], form: "bits" | "list" | "either"): RowSet {
  const sorted = Uint32Array.from(rows).toSorted();
  if (form === "either") return listOf(length, sorted);
  return form === "bits" ? bitsOf(length, Uint32Array.from(rows)) : { kind: "list", length, rows: sorted };
}

const members = (set: RowSet) => [...rowsOf(set)];
const ascending = (rows: Iterable<number>) => [...rows].toSorted((a, b) => a - b);

describe("sets of rows", () => {
  test("are united, cut and subtracted as sets are, and count what is in them", () => {
    fc.assert(
      fc.property(sets, ({ length, made }) => {
        const [a = noRows(length), b = noRows(length)] = made;
        const [left, right] = [new Set(members(a)), new Set(members(b))];
        for (const [answer, expected] of [
          [and(a, b), left.intersection(right)],
          [minus(a, b), left.difference(right)],
          [
            andAll(length, made),
            made.map((set) => new Set(members(set))).reduce((all, its) => all.intersection(its)),
          ],
          [or(length, made), new Set(made.flatMap(members))],
        ] as const) {
          expect(members(answer)).toEqual(ascending(expected));
          expect(countOf(answer)).toBe(expected.size);
          expect(answer.length).toBe(length);
        }
        expect(countBoth(a, b)).toBe(left.intersection(right).size);
      }),
    );
  });

  test("are read in part, from any row on", () => {
    fc.assert(
      fc.property(
        sets,
        fc.nat({ max: 40 }),
        fc.nat({ max: 40 }),
        fc.option(fc.nat({ max: 5_000 }), { nil: undefined }),
        ({ length, made }, limit, offset, from) => {
          const [set = noRows(length)] = made;
          const after = from === undefined || from >= length ? {} : { after: from };
          const rest = members(set).filter((row) => row > (after.after ?? -1));
          expect([...slice(set, { limit, offset, ...after })]).toEqual(rest.slice(offset, offset + limit));
          expect(countUpTo(set, after.after ?? -1)).toBe(members(set).length - rest.length);
          for (const row of [0, 1, 31, 32, length - 1].filter((each) => each >= 0 && each < length))
            expect(hasRow(set, row)).toBe(members(set).includes(row));
        },
      ),
    );
  });

  test("of all rows hold each row once and none behind the last", () => {
    for (const length of LENGTHS) {
      expect(members(allRows(length))).toEqual(Array.from({ length }, (_, row) => row));
      expect(members(minus(allRows(length), allRows(length)))).toEqual([]);
      expect(members(or(length, [allRows(length), noRows(length)]))).toHaveLength(length);
    }
  });
});
