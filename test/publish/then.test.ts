/** The catalog of a moment against an oracle: what was published at that time is remembered, and must come again. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { answerModels, answerOffers } from "../../src/catalog/answer.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { ModelQuery, OfferQuery } from "../../src/catalog/query.ts";
import { shelfThen } from "../../src/publish/then.ts";
import { contentsOf } from "../catalog/contents.ts";
import { seeded } from "../ledger/making.ts";
import { idsOf, metered, MINUTE_MS, model, NOW, openHouse, type House, type Said } from "./ledgers.ts";

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

async function at(asOf: number, knownAt = house.runtime.now()): Promise<Shelf | undefined> {
  const moment = await house.ledger.snapped({ asOf, knownAt });
  return moment === undefined ? undefined : shelfThen(house.publishing, moment, "public");
}

const IDS = ["lab/a", "lab/b", "lab/c", "other/d", "other/e", "x"];
const SOURCES = ["groq", "together"];
const STEPS = 14;
const SEEDS = [11, 12, 13, 14];

/** Any list: offers come, go, return, move in price. */
function anyList(random: (below: number) => number): readonly Said[] {
  return IDS.flatMap((id) => {
    const fate = random(4);
    if (fate === 0) return [];
    return [
      fate === 1
        ? model(id)
        : metered(id, `0.00000${1 + random(4)}`, { contextTokens: 1_000 * (1 + random(3)) }),
    ];
  });
}

function anyQuestion(random: (below: number) => number): Record<string, string> {
  const all: readonly (readonly [string, string])[] = [
    ["q", ["lab", "a", "d"][random(3)] ?? "a"],
    ["gateway", SOURCES[random(2)] ?? "groq"],
    ["lab", ["lab", "other"][random(2)] ?? "lab"],
    ["max_input_price", String(1 + random(4))],
    ["min_context", String(1_000 * (1 + random(3)))],
    ["sort", ["name", "input_price", "context", "offers"][random(4)] ?? "name"],
    ["order", ["asc", "desc"][random(2)] ?? "asc"],
    ["limit", String(1 + random(5))],
  ];
  const asked = Object.fromEntries(all.filter(() => random(3) === 0));
  return "sort" in asked
    ? asked
    : Object.fromEntries(Object.entries(asked).filter(([name]) => name !== "order"));
}

/** What a reader is answered, but for cursors. */
function answersOf(shelf: Shelf, question: Record<string, string>): unknown {
  const [models, offers] = [
    answerModels(shelf, ModelQuery.parse(question)),
    answerOffers(shelf, OfferQuery.parse(question)),
  ];
  const text = (documents: readonly Uint8Array[]) => documents.map((bytes) => Buffer.from(bytes).toString());
  return [models.total, text(models.documents), offers.total, text(offers.documents)];
}

describe("as of a moment", () => {
  test.each(SEEDS)("is what was published then, for random times and questions (seed %i)", async (seed) => {
    const random = seeded(seed);
    const remembered: { readonly at: number; readonly shelf: Shelf }[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      await house.says(SOURCES[random(2)] ?? "groq", anyList(random), { isWhole: random(4) > 0 });
      const readAt = house.runtime.now();
      const { public: catalog } = await house.publish();
      const health = await house.ledger.health();
      const freshness = new Map(
        health.flatMap(({ source, lastApplied: last }) =>
          last === undefined ? [] : [[source, last.observedAt] as const],
        ),
      );
      remembered.push({ at: readAt, shelf: { catalog, freshness } });
    }
    const first = remembered[0]?.at ?? 0;
    for (let question = 0; question < 40; question += 1) {
      const asked = first - MINUTE_MS + random((STEPS + 2) * 2 * MINUTE_MS);
      const then = remembered.findLast((one) => one.at <= asked)?.shelf;
      const answered = await at(asked);
      const query = anyQuestion(random);
      const [is, was] = [answered, then].map((shelf) =>
        shelf === undefined ? "nothing had been read" : answersOf(shelf, query),
      );
      expect(is, `seed ${seed}, as of ${asked - NOW}, ${JSON.stringify(query)}`).toEqual(was);
    }
    const [last, now] = [remembered.at(-1)?.shelf, await at(house.runtime.now())];
    expect(now === undefined ? undefined : contentsOf(now.catalog)).toEqual(
      last === undefined ? undefined : contentsOf(last.catalog),
    );
    expect(now?.catalog.hash).toBe(last?.catalog.hash);
  });

  test("as it was known then: a decision of later is not in it, nor what was written down later", async () => {
    await house.says("groq", [metered("lab/a", "0.000001"), metered("lab/b", "0.000001")]);
    await house.publish();
    const before = house.runtime.now();
    house.runtime.advance(MINUTE_MS);
    await house.ledger.addOverride({
      kind: "hide",
      target: "groq/unstated/lab/b",
      value: "",
      createdAt: house.runtime.now(),
    });
    await house.publish();
    const offers = async (known?: number) => (await at(before, known))?.catalog.offers.length;
    expect(await offers()).toBe(1);
    expect(await offers(before)).toBe(2);
    expect(await offers(NOW - 1)).toBeUndefined();
  });

  test("what only the operator's own keys show is in his past, and in nobody else's", async () => {
    await house.says("groq", [model("lab/a"), model("lab/mine", { visibility: "account" })]);
    const moment = await house.ledger.snapped({ asOf: house.runtime.now(), knownAt: house.runtime.now() });
    if (moment === undefined) throw new Error("something was read");
    const offers = async (audience: "public" | "operator") =>
      idsOf((await shelfThen(house.publishing, moment, audience)).catalog);
    expect(await offers("public")).toEqual(["groq/unstated/lab/a"]);
    expect(await offers("operator")).toEqual(["groq/unstated/lab/a", "groq/unstated/lab/mine"]);
  });

  test("two moments between the same events are one", async () => {
    await house.says("groq", [metered("lab/a", "0.000001")]);
    const read = house.runtime.now();
    await house.publish();
    const known = house.runtime.now();
    house.runtime.advance(60 * MINUTE_MS);
    for (const later of [0, 1, 59 * MINUTE_MS])
      expect(await house.ledger.snapped({ asOf: read + later, knownAt: known + later })).toEqual({
        asOf: read,
        knownAt: known,
      });
  });
});
