/** Every question to the fast tables is answered as a scan of plain rows answers it. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bitsOf, listOf, rowsOf, type RowSet } from "../../../src/catalog/table/row-set.ts";
import type { Direction, Table } from "../../../src/catalog/table/table.ts";
import { question, someOf, world, worldOf } from "./worlds.ts";

const slices = fc.record({
  limit: fc.constantFrom(0, 1, 3, 100),
  offset: fc.constantFrom(0, 1, 5, 200),
  after: fc.option(fc.nat({ max: 59 }), { nil: undefined }),
});
const direction = fc.constantFrom<Direction>("up", "down");
const seed = fc.nat({ max: 8 });
const form = fc.constantFrom(listOf, bitsOf);

/** A slice whose last row read is a row of the table. */
function sliceIn(
  table: Table,
  { limit, offset, after }: { limit: number; offset: number; after: number | undefined },
) {
  return { limit, offset, ...(after === undefined || after >= table.length ? {} : { after }) };
}

const ids = (table: Table, rows: Uint32Array) => Array.from(rows, (row) => table.idAt(row));
const members = (set: RowSet) => [...rowsOf(set)];

describe("a table", () => {
  test("stands in its default order, and finds every id and no other", () => {
    fc.assert(
      fc.property(world, ({ fast, plain }) => {
        for (const [its, reference] of [
          [fast.models, plain.models],
          [fast.offers, plain.offers],
        ] as const) {
          expect(ids(its, rowsOf(its.all))).toEqual(ids(reference, rowsOf(reference.all)));
          for (let row = 0; row < its.length; row += 1) {
            expect(its.rowOf(reference.idAt(row))).toBe(row);
            expect(Buffer.from(its.documentAt(row)).equals(reference.documentAt(row))).toBe(true);
          }
          expect(its.rowOf("nobody/has this")).toBe(undefined);
        }
      }),
    );
  });

  test("finds words exactly, and counts them among any rows", () => {
    fc.assert(
      fc.property(
        world,
        seed,
        form,
        fc.constantFrom(1, 2, 100, undefined),
        ({ fast, plain }, some, make, limit) => {
          for (const column of ["lab", "tag"]) {
            const [its, reference] = [fast.models.words(column), plain.models.words(column)];
            expect(its.values).toEqual(reference.values);
            expect(members(its.absent)).toEqual(members(reference.absent));
            for (const value of [...reference.values, "nobody's"]) {
              expect(members(its.rowsOf(value))).toEqual(members(reference.rowsOf(value)));
              expect(its.hasValue(value)).toBe(reference.hasValue(value));
            }
            expect(members(its.rowsOfAny(["meta", "gguf", "qwen", "?"]))).toEqual(
              members(reference.rowsOfAny(["meta", "gguf", "qwen", "?"])),
            );
            for (let row = 0; row < fast.models.length; row += 1)
              expect(its.valuesAt(row)).toEqual(reference.valuesAt(row));
            const rows = make(fast.models.length, someOf(fast.models.length, some));
            expect(its.counts(rows, limit)).toEqual(reference.counts(rows, limit));
          }
        },
      ),
    );
  });

  test("finds numbers by range, pages by them in both directions and counts them in parts", () => {
    fc.assert(
      fc.property(world, seed, form, slices, direction, (made, some, make, slice, way) => {
        for (const column of ["downloads", "likes", "name"]) {
          const [table, its] = [made.fast.models, made.fast.models.numbers(column)];
          const reference = made.plain.models.numbers(column);
          const rows = make(table.length, someOf(table.length, some));
          expect(its.range).toEqual(reference.range);
          expect(members(its.absent)).toEqual(members(reference.absent));
          for (let row = 0; row < table.length; row += 1) expect(its.at(row)).toBe(reference.at(row));
          for (const range of [
            {},
            { min: 1 },
            { max: 2 },
            { min: 1, max: 2 },
            { min: 3, max: 2 },
            { min: 0, max: 0 },
          ]) {
            expect(members(its.between(range))).toEqual(members(reference.between(range)));
            expect(members(its.between(range, rows))).toEqual(members(reference.between(range, rows)));
          }
          const part = sliceIn(table, slice);
          expect(ids(table, its.page(rows, way, part))).toEqual(ids(table, reference.page(rows, way, part)));
          expect(its.histogram(rows, [0, 1, 2.2])).toEqual(reference.histogram(rows, [0, 1, 2.2]));
        }
      }),
    );
  });

  test("finds text in any script, and pages it by relevance", () => {
    fc.assert(
      fc.property(world, question, seed, form, slices, ({ fast, plain }, asked, some, make, slice) => {
        const [its, reference] = [fast.models.find(asked), plain.models.find(asked)];
        expect(its === undefined).toBe(reference === undefined);
        if (its === undefined || reference === undefined) return;
        expect(ids(fast.models, rowsOf(its.rows))).toEqual(ids(plain.models, rowsOf(reference.rows)));
        const part = sliceIn(fast.models, slice);
        const chosen = someOf(fast.models.length, some).filter((row) =>
          members(reference.rows).includes(row),
        );
        const rows = make(fast.models.length, chosen);
        const among =
          part.after !== undefined && !chosen.includes(part.after)
            ? { ...part, after: chosen[0] ?? rowsOf(reference.rows)[0] ?? 0 }
            : part;
        expect(its.page(rows, among)).toEqual(reference.page(rows, among));
      }),
      { numRuns: 500 },
    );
  });

  test("rolls children up to parents, and orders parents by the best of them", () => {
    fc.assert(
      fc.property(world, seed, form, slices, direction, ({ fast, plain }, some, make, slice, way) => {
        const children = make(fast.offers.length, someOf(fast.offers.length, some));
        const parents = fast.rollUp.parents(children);
        expect(members(parents)).toEqual(members(plain.rollUp.parents(children)));
        expect(members(fast.rollUp.children(parents))).toEqual(members(plain.rollUp.children(parents)));
        for (const column of ["gateway", "capability"])
          expect(fast.rollUp.counts(children, column, slice.limit)).toEqual(
            plain.rollUp.counts(children, column, slice.limit),
          );
        for (let row = 0; row < fast.models.length; row += 1)
          expect(fast.rollUp.childrenOf(row)).toEqual(plain.rollUp.childrenOf(row));
        const part = sliceIn(fast.models, slice);
        for (const which of ["lowest", "highest"] as const) {
          const [its, reference] = [fast.rollUp, plain.rollUp].map((rollUp) =>
            rollUp.best(children, "price", which),
          );
          for (const set of [parents, fast.models.all]) {
            expect(its?.page(set, way, part)).toEqual(reference?.page(set, way, part));
            expect(its?.histogram(set, [0, 1])).toEqual(reference?.histogram(set, [0, 1]));
          }
        }
      }),
    );
  });

  test("that is empty answers everything with nothing", () => {
    const { models } = worldOf([]).fast;
    expect([models.length, models.rowOf("a"), members(models.all)]).toEqual([0, undefined, []]);
    expect(members(models.find("a")?.rows ?? models.all)).toEqual([]);
    expect(models.numbers("likes").page(models.all, "up", { limit: 5 })).toEqual(new Uint32Array(0));
    expect(models.words("lab").counts(models.all)).toEqual([]);
  });

  test("refuses two rows of one id, an unknown column and an infinite number", () => {
    expect(() => worldOf([{ id: "a/b" }, { id: "a/b" }])).toThrow("two rows of models have the id a/b");
    expect(() => worldOf([{ id: "a" }]).fast.models.words("colour")).toThrow(
      "table models has no words colour",
    );
    expect(() => worldOf([{ id: "a", numbers: { likes: Infinity } }])).toThrow("no finite number");
    expect(() => worldOf([{ id: "a", words: { lab: ["x", "y"] } }])).toThrow(
      "a column of one word is given 2",
    );
  });
});
