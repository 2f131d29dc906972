/** Numbers over time, case by case: what counts as a move of which point, and what does not. */
import { rmSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { countBy, modelsServed } from "../../src/catalog/counts.ts";
import { beginOf, edgesOf, moved, type Stats } from "../../src/domain/stats.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { statsOf } from "../../src/publish/stats/stats.ts";
import type { Shelving } from "../../src/publish/shelves.ts";
import { bodyOf, day, directoryOf, importInto, instantOf } from "../past/recordings.ts";
import { metered, MINUTE_MS, model, NOW, openHouse, type House } from "./ledgers.ts";

const DAY_MS = 24 * 60 * MINUTE_MS;
const EVER = Number.MAX_SAFE_INTEGER;

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

async function daily(
  shelving: Shelving = house.publishing,
  audience: "public" | "operator" = "public",
): Promise<Stats> {
  const moment = await shelving.ledger.snapped({ asOf: EVER, knownAt: EVER });
  if (moment === undefined) throw new Error("nothing was read");
  const { asOf: until, knownAt } = moment;
  return statsOf(shelving, { interval: "day", since: until - 20 * DAY_MS, until, knownAt }, audience);
}

/** The next reading is so many days on, and some minutes. */
function wait(days = 1): void {
  house.runtime.advance(days * DAY_MS);
}

describe("a point", () => {
  test("counts what came, went, fell and rose; what was there when a list was first read came at no known time", async () => {
    await house.says("groq", [metered("lab/a", "0.000001"), metered("lab/b", "0.000001"), model("lab/c")]);
    wait();
    await house.says("groq", [metered("lab/a", "0.000002"), metered("lab/b", "0.0000005"), model("lab/d")]);
    const { all, gateways } = await daily();
    expect(all).toMatchObject([
      { offers: 3, models: 3, appeared: 0, vanished: 0, adjusted: 3, cheaper: 0, dearer: 0 },
      { offers: 3, models: 3, appeared: 1, vanished: 1, adjusted: 0, cheaper: 1, dearer: 1 },
    ]);
    expect(all.map(({ input }) => input)).toEqual([
      { offers: 2, p25: "1", median: "1", p75: "1" },
      { offers: 2, p25: "0.5", median: "0.5", p75: "2" },
    ]);
    expect(gateways).toEqual([{ gateway: "groq", points: all }]);
  });

  test("that moved both ways at one offer counts in both", async () => {
    const both = (input: string, output: string) =>
      metered("lab/a", input, {
        prices: [
          { meter: "input", unit: "token", usd: input },
          { meter: "output", unit: "token", usd: output },
        ],
      });
    await house.says("groq", [both("0.000001", "0.000001")]);
    await house.says("groq", [both("0.000002", "0.0000005")]);
    expect((await daily()).all).toMatchObject([{ cheaper: 1, dearer: 1 }]);
  });

  test("of midnight belongs to the day that ends with it", async () => {
    house.runtime.advance(DAY_MS - MINUTE_MS);
    await house.says("groq", [model("lab/a")]);
    wait();
    await house.says("groq", [model("lab/a"), model("lab/b")]);
    expect((await daily()).all).toMatchObject([
      { from: NOW, to: NOW + DAY_MS, offers: 1, readings: 1 },
      { from: NOW + DAY_MS, to: NOW + 2 * DAY_MS, offers: 1, readings: 0 },
      { from: NOW + 2 * DAY_MS, to: NOW + 2 * DAY_MS + MINUTE_MS, offers: 2, readings: 1 },
    ]);
  });

  test("is not there before anything is known of a gateway, and is 0 once all of it went", async () => {
    await house.says("groq", [model("lab/a")]);
    wait();
    await house.says("together", [model("lab/a")]);
    wait();
    await house.says("groq", []);
    const { all, gateways } = await daily();
    expect(all.map(({ offers, models }) => [offers, models])).toEqual([
      [1, 1],
      [2, 1],
      [1, 1],
    ]);
    expect(gateways.map(({ gateway, points }) => [gateway, ...points.map(({ offers }) => offers)])).toEqual([
      ["groq", 1, 1, 0],
      ["together", 1, 1],
    ]);
  });

  test("keeps a price that was left out by chance, and none that our own rules took back", async () => {
    await house.says("groq", [metered("lab/a", "0.000001"), metered("lab/b", "0.000001")]);
    await house.says("groq", [model("lab/a")], { cause: "rules" });
    await house.says("groq", [model("lab/a"), model("lab/b")]);
    expect((await daily()).all).toMatchObject([
      { billing: { metered: 1, unknown: 1 }, input: { offers: 1 } },
    ]);
  });

  test("holds what only the operator's own keys show for him alone", async () => {
    await house.says("groq", [model("lab/a"), model("lab/mine", { visibility: "account" })]);
    expect((await daily()).all).toMatchObject([{ offers: 1, models: 1 }]);
    expect((await daily(house.publishing, "operator")).all).toMatchObject([{ offers: 2, models: 2 }]);
  });

  test("counts an offer that is gone to the model that it was, and the last point is what is served", async () => {
    const same = { huggingFaceId: "lab/A-Model" };
    await house.says("groq", [model("a-model", same), model("else/x")]);
    await house.says("together", [model("lab/a-model-fast", same), model("lab/A-Model", same)]);
    wait();
    await house.says("together", [model("lab/A-Model", same)]);
    const { public: catalog } = await house.publish();
    const { all, gateways } = await daily();
    expect(all.map(({ models, offers }) => [models, offers])).toEqual([
      [2, 4],
      [2, 3],
    ]);
    const last = gateways.map(({ gateway, points }) => ({
      id: gateway,
      models: points.at(-1)?.models,
      offers: points.at(-1)?.offers,
    }));
    expect(last).toEqual(countBy(catalog, "gateway"));
    expect(all.at(-1)?.models).toBe(modelsServed(catalog));
  });
});

test("a past that was imported counts like one that was lived through", async () => {
  const directory = directoryOf([
    { recordedAt: day(1), list: { a: "0.001", b: "0.001", c: "0.001" } },
    { recordedAt: day(2), list: { a: "0.002", b: "0.001", d: "0.001" } },
    { recordedAt: day(4), body: bodyOf({ a: "0.001", b: "0.001", d: "0.001" }) },
  ]);
  const ledger = await openLedger({ url: ":memory:", now: () => instantOf(20) });
  const home = mkdtempSync(join(tmpdir(), "modeldex-stats-"));
  try {
    await importInto(ledger, directory.path);
    const standings = new Map([["alpha", { authority: "own" as const, gateway: "alpha" }]]);
    const { all } = await daily({ ledger, standings, directory: home });
    // Recordings of a date are of its midnight, where the day before ends.
    expect(
      all.map(({ to, offers, appeared, vanished, cheaper, dearer, readings }) => [
        new Date(to).toISOString().slice(0, 10),
        offers,
        appeared,
        vanished,
        cheaper,
        dearer,
        readings,
      ]),
    ).toEqual([
      [day(1), 3, 0, 0, 0, 0, 1],
      [day(2), 3, 1, 1, 0, 1, 1],
      [day(3), 3, 0, 0, 0, 0, 0],
      [day(4), 3, 0, 0, 1, 0, 1],
    ]);
  } finally {
    await ledger.close();
    directory.drop();
    rmSync(home, { recursive: true });
  }
});

describe("intervals", () => {
  const at = (text: string) => Date.parse(text);

  test.each([
    ["day", "2026-08-05T13:00:00Z", "2026-08-05T00:00:00Z"],
    ["week", "2026-08-05T13:00:00Z", "2026-08-03T00:00:00Z"],
    ["week", "2026-08-09T23:59:59Z", "2026-08-03T00:00:00Z"],
    ["month", "2026-08-31T13:00:00Z", "2026-08-01T00:00:00Z"],
  ] as const)("a %s that holds %s begins at %s", (interval, instant, begin) => {
    expect(beginOf(interval, at(instant))).toBe(at(begin));
  });

  test("move by whole ones, over the ends of months and years", () => {
    expect(moved("month", at("2026-01-31T05:00:00Z"), 1)).toBe(at("2026-02-01T00:00:00Z"));
    expect(moved("month", at("2026-01-31T05:00:00Z"), -1)).toBe(at("2025-12-01T00:00:00Z"));
    expect(moved("week", at("2026-01-01T00:00:00Z"), 0)).toBe(at("2025-12-29T00:00:00Z"));
  });

  test("have edges up to the last instant, which ends the last one", () => {
    const edges = (since: string, until: string) =>
      edgesOf({ interval: "week", since: at(since), until: at(until) }).map((edge) =>
        new Date(edge).toISOString().slice(0, 13),
      );
    expect(edges("2026-08-01", "2026-08-05T06:00:00Z")).toEqual([
      "2026-07-27T00",
      "2026-08-03T00",
      "2026-08-05T06",
    ]);
    expect(edges("2026-08-01", "2026-08-03")).toEqual(["2026-07-27T00", "2026-08-03T00"]);
    expect(edges("2026-08-03", "2026-08-03")).toEqual([]);
  });
});
