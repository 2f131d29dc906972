/** Catalogs of the past while serving: one at a time, the last few kept, and no more waiting than is good. */
import { expect, test } from "vitest";
import { buildCatalog } from "../src/catalog/build.ts";
import type { Shelf } from "../src/catalog/catalog.ts";
import type { StatsQuery } from "../src/domain/stats.ts";
import type { Moment } from "../src/ledger/span.ts";
import { createThens } from "../src/then.ts";

const SHELF: Shelf = { catalog: buildCatalog([], 1, 0), freshness: new Map() };
const { image, documents } = SHELF.catalog.tables.memory;
const BYTES = image.byteLength + (documents instanceof SharedArrayBuffer ? documents.byteLength : 0);

function at(asOf: number): Moment {
  return { asOf, knownAt: 100 };
}

/** A builder that is let go by hand. */
function byHand() {
  const begun: number[] = [];
  const counted: number[] = [];
  const waiting: PromiseWithResolvers<Shelf>[] = [];
  return {
    begun,
    counted,
    shelf: ({ asOf }: Moment) => {
      begun.push(asOf);
      const made = Promise.withResolvers<Shelf>();
      waiting.push(made);
      return made.promise;
    },
    differences: async () => ({ page: [], total: 0 }),
    stats: async ({ since }: StatsQuery) => {
      counted.push(since);
      return { all: [], gateways: [] };
    },
    finish: () => waiting.shift()?.resolve({ ...SHELF }),
    fail: () => waiting.shift()?.reject(new Error("no memory")),
    close: async () => undefined,
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("one is built at a time, and who asks for the same moment waits for the same one", async () => {
  const builder = byHand();
  const thens = createThens(builder);
  const asked = [thens.at(at(1), "public"), thens.at(at(2), "public"), thens.at(at(1), "public")];
  await settled();
  expect(builder.begun).toEqual([1]);
  builder.finish();
  await settled();
  expect(builder.begun).toEqual([1, 2]);
  builder.finish();
  const [one, two, again] = await Promise.all(asked);
  expect([again === one, two === one]).toEqual([true, false]);
  expect(await thens.at(at(2), "public")).toBe(two);
  expect(builder.begun).toEqual([1, 2]);
});

test("the same moment as it was known at two times is two answers", async () => {
  const builder = byHand();
  const thens = createThens(builder);
  const asked = [thens.at(at(1), "public"), thens.at({ asOf: 1, knownAt: 50 }, "public")];
  for (const one of asked) {
    await settled();
    builder.finish();
    await one;
  }
  expect(builder.begun).toEqual([1, 1]);
});

test("beyond four moments at once more are refused, until one is done", async () => {
  const builder = byHand();
  const thens = createThens(builder);
  const asked = [1, 2, 3, 4].map((asOf) => thens.at(at(asOf), "public"));
  await expect(thens.at(at(5), "public")).rejects.toThrow("ask again soon");
  for (const one of asked) {
    await settled();
    builder.finish();
    await one;
  }
  const fifth = thens.at(at(5), "public");
  await settled();
  builder.finish();
  await fifth;
});

test("what is compared takes its turn, too, and everybody and the operator are answered apart", async () => {
  const builder = byHand();
  const thens = createThens(builder);
  const asked = [thens.at(at(1), "public"), thens.at(at(1), "operator"), thens.at(at(2), "public")];
  const compared = thens.differences(SHELF.catalog, SHELF.catalog, { from: 0, limit: 1 });
  await expect(thens.at(at(3), "public")).rejects.toThrow("ask again soon");
  for (const one of asked) {
    await settled();
    builder.finish();
    await one;
  }
  expect(await compared).toEqual({ page: [], total: 0 });
  expect(builder.begun).toEqual([1, 1, 2]);
});

test("the last sixteen answers in numbers are kept, and who asks for one that is coming waits for it", async () => {
  const builder = byHand();
  const thens = createThens(builder);
  const count = (since: number) =>
    thens.stats({ interval: "day", since, until: 100, knownAt: 100 }, "public");
  const [one, same] = await Promise.all([count(1), count(1)]);
  expect(same).toBe(one);
  for (let since = 2; since <= 16; since += 1) await count(since);
  expect(await count(1)).toBe(one);
  await count(17);
  await count(1);
  await count(2);
  expect(builder.counted).toEqual([...Array.from({ length: 17 }, (_, index) => index + 1), 2]);
});

test("beyond the bound of memory the one that was asked for longest ago goes", async () => {
  const builder = byHand();
  const thens = createThens(builder, 2 * BYTES);
  const get = async (asOf: number) => {
    const asked = thens.at(at(asOf), "public");
    await settled();
    builder.finish();
    await asked;
  };
  for (const asOf of [1, 2, 1, 3, 1, 2]) await get(asOf);
  expect(builder.begun).toEqual([1, 2, 3, 2]);
});

test("a moment that could not be built is built for the next one who asks", async () => {
  const builder = byHand();
  const thens = createThens(builder);
  const asked = thens.at(at(1), "public");
  await settled();
  builder.fail();
  await expect(asked).rejects.toThrow("no memory");
  const again = thens.at(at(1), "public");
  await settled();
  builder.finish();
  expect(await again).toBeDefined();
});
