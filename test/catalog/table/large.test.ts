/** A table that is long enough for every short cut: cuts in orders, frequent words, remembered counts. */
import { beforeAll, describe, expect, test } from "vitest";
import { bitsOf, listOf, rowsOf, type RowSet } from "../../../src/catalog/table/row-set.ts";
import type { TableRow } from "../../../src/catalog/table/table.ts";
import { randomOf } from "../../worlds/truth.ts";
import { worldOf, type World } from "./worlds.ts";

const ROWS = 6_000;
const SEED = Number(process.env["MODELDEX_TEST_SEED"] ?? 1);
/** Of the rows: all, most, few, very few. */
const SHARES = [1, 0.6, 0.02, 0.001];
const SLICES = [0, 7, 300, 2_900, 5_950].map((offset) => ({ offset, limit: 20 }));

let world: World;
let sets: readonly RowSet[];

beforeAll(() => {
  const random = randomOf(SEED);
  const among = (most: number) => Math.floor(most * random() ** 3);
  const models = Array.from({ length: ROWS }, (_, row): TableRow => ({
    id: `lab${among(900)}/model-${among(50)}-${row.toString(36)}`,
    words: { lab: `lab${among(900)}`, tag: [`t${among(5)}`, `t${among(300)}`, `t${among(300)}`] },
    // Many ties, and many that are not known.
    numbers: random() < 0.3 ? {} : { downloads: among(10_000), likes: random() < 0.5 ? 0 : among(40) },
    strings: { name: `name ${among(2_000)}` },
    texts: [`word${among(800)}`],
  }));
  const offers = Array.from({ length: ROWS }, (_, row): TableRow => ({
    id: `offer/${row}`,
    words: { gateway: `g${among(9)}` },
    numbers: random() < 0.2 ? {} : { price: among(30) / 10 },
    parent: among(ROWS),
  }));
  world = worldOf(models, offers);
  sets = SHARES.flatMap((share) => {
    const rows = Uint32Array.from({ length: ROWS }, (_, row) => row).filter(() => random() < share);
    return [bitsOf(ROWS, rows), listOf(ROWS, rows)];
  });
});

describe(`a long table (seed ${SEED})`, () => {
  test.each(["downloads", "likes", "name"])("is paged, cut and counted by %s as a scan does it", (column) => {
    const [its, reference] = [world.fast.models.numbers(column), world.plain.models.numbers(column)];
    for (const set of sets) {
      for (const direction of ["up", "down"] as const) {
        for (const part of SLICES)
          expect(its.page(set, direction, part)).toEqual(reference.page(set, direction, part));
        const [after = 0] = reference.page(set, direction, { limit: 1, offset: 2 });
        expect(its.page(set, direction, { limit: 50, after })).toEqual(
          reference.page(set, direction, { limit: 50, after }),
        );
      }
      for (const range of [{ min: 1 }, { min: 3, max: 900 }, { max: 0 }, { min: 100, max: 101 }])
        expect([...rowsOf(its.between(range, set))]).toEqual([...rowsOf(reference.between(range, set))]);
      expect(its.histogram(set, [1, 5, 50, 1_000])).toEqual(reference.histogram(set, [1, 5, 50, 1_000]));
    }
  });

  test.each(["lab", "tag"])("counts the values of %s as a scan does it, once and again", (column) => {
    const [its, reference] = [world.fast.models.words(column), world.plain.models.words(column)];
    const frequent = world.fast.models.words("tag").rowsOf("t0");
    for (const set of [...sets, frequent]) {
      for (const limit of [1, 10, 10, 1_000, undefined])
        expect(its.counts(set, limit)).toEqual(reference.counts(set, limit));
    }
  });

  test.each(["word1", "1", "lab", "o", "mo", "model-1", "name 3", "t0 lab1", "lab7/"])(
    "finds %j as a scan does it",
    (text) => {
      const [its, reference] = [world.fast.models.find(text), world.plain.models.find(text)];
      if (its === undefined || reference === undefined) throw new Error("nothing was asked");
      expect([...rowsOf(its.rows)]).toEqual([...rowsOf(reference.rows)]);
      for (const part of SLICES)
        expect(its.page(its.rows, part)).toEqual(reference.page(reference.rows, part));
    },
  );

  test("is rolled up, and ordered by the best child, as a scan does it", () => {
    for (const children of sets) {
      const parents = world.fast.rollUp.parents(children);
      expect([...rowsOf(parents)]).toEqual([...rowsOf(world.plain.rollUp.parents(children))]);
      const [its, reference] = [world.fast.rollUp, world.plain.rollUp].map((rollUp) =>
        rollUp.best(children, "price", "lowest"),
      );
      for (const direction of ["up", "down"] as const)
        for (const part of SLICES)
          expect(its?.page(parents, direction, part)).toEqual(reference?.page(parents, direction, part));
    }
  });
});
