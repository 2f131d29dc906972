/** Bad rows are set apart, each alone: the others are applied, and no offer goes because its row cannot be read. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chance, sample } from "./chance.ts";
import { listOf, rows, sourceOf, type Row } from "./kinds.ts";
import { offerIdOf, offersIn, openWorld, type World } from "./world.ts";

const COUNT = 1_000;
const GOOD = rows(COUNT);
const SOURCE = sourceOf("single");

/** Ways in which one field of a row is bad, and where the pointer must lead. */
const SPOILS: readonly { readonly at: string; spoil(row: Row): unknown }[] = [
  { at: "/price", spoil: (row) => ({ ...row, price: "1,5" }) },
  { at: "/price", spoil: (row) => ({ ...row, price: "" }) },
  { at: "/price", spoil: (row) => ({ ...row, price: "NaN" }) },
  { at: "/price", spoil: (row) => ({ ...row, price: "1e999" }) },
  { at: "/price", spoil: (row) => ({ ...row, price: {} }) },
  { at: "/context", spoil: (row) => ({ ...row, context: -1 }) },
  { at: "/context", spoil: (row) => ({ ...row, context: 1e12 }) },
  { at: "/context", spoil: (row) => ({ ...row, context: "8192" }) },
  { at: "/name", spoil: (row) => ({ ...row, name: ["a", "list"] }) },
];

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

function serve(items: readonly unknown[]): void {
  world.upstreams.clearBodies();
  world.upstreams.setBody(listOf("single"), { data: items });
}

describe("a page of 1,000 rows", () => {
  const seed = Number(process.env["BAD_WORLD_SEED"] ?? 20_260_805);
  const belowAFifth = [1, 2, 19, 77, 150, 199];
  const aboveAFifth = [201, 350, 1_000];

  test.each([...belowAFifth, 200])(
    "with %i bad ones: the others are applied, each bad one is a finding that points at it",
    async (bad) => {
      const random = chance(seed + bad);
      const places = new Set(sample(bad, COUNT, random));
      const kindOf = (place: number) => SPOILS[place % SPOILS.length] ?? { at: "", spoil: (row: Row) => row };
      const renamed = GOOD.map((row) => ({ ...row, name: `New ${row.id}` }));
      serve(renamed.map((row, place) => (places.has(place) ? kindOf(place).spoil(row) : row)));

      const report = await world.run(SOURCE);
      expect(report, `seed ${seed}`).toMatchObject({
        outcome: "complete",
        rows: COUNT,
        added: COUNT - bad,
        offers: COUNT - bad,
        rejected: bad,
      });
      const findings = await world.ledger.findings({
        source: SOURCE.id,
        kind: "rejected-item",
        limit: 2_000,
      });
      expect(findings.map(({ pointer, subject }) => `${subject} ${pointer}`).toSorted()).toEqual(
        [...places].map((place) => `m-${place + 1} /data/${place}${kindOf(place).at}`).toSorted(),
      );
    },
  );

  test.each(belowAFifth)("of which %i turned bad: none of their offers is removed", async (bad) => {
    serve(GOOD);
    await world.run(SOURCE);
    const places = new Set(sample(bad, COUNT, chance(seed - bad)));
    // A real removal beside them is still seen: the list is whole, bad rows tell which offers they are.
    const gone = GOOD.findIndex((_row, place) => !places.has(place));
    serve(
      GOOD.flatMap((row, place) =>
        place === gone ? [] : [places.has(place) ? { ...row, price: "free?" } : { ...row, name: "Renamed" }],
      ),
    );
    const report = await world.run(SOURCE);
    expect(report, `seed ${seed}`).toMatchObject({
      outcome: "complete",
      coverage: { kind: "whole" },
      removed: 1,
      changed: COUNT - 1 - bad,
      rejected: bad,
    });
    const served = await world.served(SOURCE);
    expect(offersIn(served.get(SOURCE.id)).length).toBe(COUNT - 1);
  });

  test.each(aboveAFifth)("with %i bad ones is not believed: nothing changes", async (bad) => {
    serve(GOOD);
    await world.run(SOURCE);
    const before = await world.served(SOURCE);
    const places = new Set(sample(bad, COUNT, chance(seed ^ bad)));
    serve(
      GOOD.map((row, place) => (places.has(place) ? { ...row, context: -1 } : { ...row, name: "Renamed" })),
    );
    const report = await world.run(SOURCE);
    expect(report, `seed ${seed}`).toMatchObject({
      outcome: "rejected",
      error: { code: "too-many-rejected" },
      removed: 0,
      changed: 0,
      added: 0,
      rejected: bad,
    });
    expect(report.error?.message).toContain(`${bad} of 1000`);
    expect(await world.served(SOURCE)).toEqual(before);
    const findings = await world.ledger.findings({ source: SOURCE.id, kind: "rejected-item", limit: 2_000 });
    expect(findings.length).toBe(bad);
  });
});

describe("a row that does not tell which offer it is", () => {
  test.each([
    ["no object", null],
    ["no id", { name: "Model 3" }],
    ["an id of another type", { id: 3, name: "Model 3" }],
    ["an empty id", { id: "" }],
    ["half a character in its id", { id: "m-3\ud800" }],
    ["a NUL in its id", { id: "m-3\u0000" }],
    ["a line break behind its id", { id: "m-3\n" }],
    ["an id of 64 KB", { id: "m".repeat(65_536) }],
  ])("%s: absence proves nothing, and nothing is removed", async (_name, bad) => {
    serve(rows(20));
    await world.run(SOURCE);
    serve(rows(20).map((row) => (row.id === "m-3" ? bad : row)));
    const report = await world.run(SOURCE);
    expect(report).toMatchObject({
      outcome: "complete",
      coverage: { kind: "window" },
      removed: 0,
      rejected: 1,
    });
    expect(report.coverage?.evidence).toContain("do not tell which offer");
    expect(offersIn((await world.served(SOURCE)).get(SOURCE.id)).length).toBe(20);
    const [finding] = await world.ledger.findings({ source: SOURCE.id, kind: "rejected-item", limit: 10 });
    expect(finding?.pointer).toMatch(/^\/data\/2(\/id)?$/);

    serve(rows(20).filter(({ id }) => id !== "m-3"));
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", removed: 1 });
  });
});

describe("an id is kept exactly as it is spelled", () => {
  const ids = [
    "__proto__",
    "constructor",
    "toString",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "café",
    "cafe\u0301",
    "Llama",
    "llama",
    "a\u202Egnirts",
    "zero\u200Bwidth",
    "a b",
    "🜚",
    "%2e%2e%2f",
    "a'; drop table listing_version; --",
  ];
  test("whatever it holds, and no two become one", async () => {
    serve(ids.map((id) => ({ id, name: id })));
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", added: ids.length, rejected: 0 });
    const served = (await world.served(SOURCE)).get(SOURCE.id);
    for (const id of ids) expect(served?.get(offerIdOf(SOURCE, id))).toContain(JSON.stringify(id));
    expect(await world.run(SOURCE)).toMatchObject({ added: 0, changed: 0, removed: 0 });
  });
});

describe("a price is exact or none", () => {
  test.each([
    ["5E-7", "0.0000005"],
    ["0.0000000000000000000001", "0.0000000000000000000001"],
    [0.000_000_15, "0.00000015"],
    [null, undefined],
    ["-1", undefined],
  ])("%s is %s dollars", async (price, usd) => {
    serve([{ id: "m-1", price }, ...rows(9, 2)]);
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", rejected: 0 });
    const document = JSON.parse(
      (await world.served(SOURCE)).get(SOURCE.id)?.get(offerIdOf(SOURCE, "m-1")) ?? "{}",
    );
    expect(document).toMatchObject({
      billing: usd === undefined ? "unknown" : "metered",
    });
    expect(document.prices?.[0]?.usd).toBe(usd);
  });

  test.each(["", " ", "1,5", "NaN", "Infinity", "1e999", "-2", "$1", "0x10", true, [], {}])(
    "%j is none: the row is rejected, never free",
    async (price) => {
      serve([{ id: "m-1", price }, ...rows(9, 2)]);
      expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", rejected: 1, added: 9 });
    },
  );
});

describe("a list that drifts", () => {
  test("a renamed id field, rows without names of their own: not believed", async () => {
    serve(GOOD);
    await world.run(SOURCE);
    const before = await world.served(SOURCE);
    serve(GOOD.map(({ id, ...row }) => ({ ...row, model_id: id })));
    expect(await world.run(SOURCE)).toMatchObject({
      outcome: "rejected",
      error: { code: "too-many-rejected" },
    });
    world.upstreams.clearBodies();
    world.upstreams.setBody(listOf("single"), { models: GOOD });
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "rejected", error: { code: "wrong-shape" } });
    world.upstreams.clearBodies();
    world.upstreams.setBody(listOf("single"), { data: Object.fromEntries(GOOD.map((row) => [row.id, row])) });
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "rejected", error: { code: "wrong-shape" } });
    expect(await world.served(SOURCE)).toEqual(before);
  });

  test("prices for a million where they were for one token are held, all of them", async () => {
    serve(rows(50));
    await world.run(SOURCE);
    const before = await world.served(SOURCE);
    serve(rows(50).map((row, index) => ({ ...row, price: String(index + 1) })));
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "held", held: 50, changed: 0 });
    const after = await world.served(SOURCE);
    for (const row of rows(50)) {
      const usd = (served: typeof before) =>
        JSON.parse(served.get(SOURCE.id)?.get(offerIdOf(SOURCE, row.id)) ?? "{}").prices;
      expect(usd(after)).toEqual(usd(before));
    }
  });

  test.each([
    [1, "complete", 1, 0],
    [3, "complete", 3, 0],
    [20, "complete", 20, 0],
    [21, "held", 0, 21],
    [500, "held", 0, 500],
    [999, "held", 0, 999],
  ])("one that shrinks by %i of 1,000 is %s", async (by, outcome, removed, held) => {
    serve(GOOD);
    await world.run(SOURCE);
    serve(GOOD.slice(by));
    expect(await world.run(SOURCE)).toMatchObject({ outcome, removed, held });
  });
});
