/** An operator's word stands over whatever the sources say: hidden, pinned and aliased, applied last, taken back without a trace. */
import { assert, asyncProperty, array, constantFrom, integer, record } from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readDocument } from "../../src/catalog/documents.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import { modelRow } from "../../src/catalog/find.ts";
import type { Decision } from "../../src/domain/decision.ts";
import { PINNABLE, pinFault } from "../../src/domain/pin.ts";
import { decide, decidedNow, withdraw } from "../../src/publish/decide.ts";
import { currentShelf } from "../../src/publish/shelves.ts";
import { metered, model, openHouse, type House } from "./ledgers.ts";

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

type Document = { readonly [field: string]: unknown };

function offerIn(catalog: Catalog, id: string): Document | undefined {
  const row = catalog.offers.rowOf(id);
  return row === undefined ? undefined : readDocument(catalog.offers.documentAt(row));
}

function modelIn(catalog: Catalog, id: string): Document | undefined {
  const row = modelRow(catalog, id);
  return row === undefined ? undefined : readDocument(catalog.models.documentAt(row));
}

async function decideAndPublish(...decisions: readonly Decision[]): Promise<Catalog> {
  for (const decision of decisions) {
    house.runtime.advance(1);
    await decide(house, decision);
  }
  return (await house.publish()).public;
}

async function takeBackAll(): Promise<Catalog> {
  for (const { id } of await decidedNow(house)) await withdraw(house, id);
  return (await house.publish()).public;
}

async function lastChanges(revision: number) {
  const all = await house.ledger.changes({ limit: 1_000 });
  return all
    .filter((change) => change.revision === revision)
    .map(({ subject, subjectId, kind, cause }) => `${subject} ${subjectId} ${kind} by ${cause}`);
}

beforeEach(async () => {
  await house.says("groq", [metered("lab/a", "0.000001"), metered("lab/b", "0.000002")]);
  await house.says("together", [metered("lab/a", "0.000003"), model("odd-name")]);
  await house.publish();
});

describe("hide", () => {
  test("an offer is in no answer, its model counts without it, and both are said to be the operator's doing", async () => {
    const catalog = await decideAndPublish({ kind: "hide", target: "groq/unstated/lab/a" });
    expect(offerIn(catalog, "groq/unstated/lab/a")).toBeUndefined();
    expect(modelIn(catalog, "lab/a")).toMatchObject({ offers_count: 1, gateways: ["together"] });
    expect(await lastChanges(2)).toEqual([
      "offer groq/unstated/lab/a removed by override",
      "model lab/a changed by override",
    ]);
    await takeBackAll();
    expect(await lastChanges(3)).toEqual([
      "offer groq/unstated/lab/a returned by override",
      "model lab/a changed by override",
    ]);
  });

  test("a model goes with all its offers, whoever serves it tomorrow", async () => {
    await decideAndPublish({ kind: "hide", target: "lab/a" });
    await house.says("huggingface-router", [metered("lab/a", "0.000009")]);
    const { public: catalog } = await house.publish();
    expect(modelIn(catalog, "lab/a")).toBeUndefined();
    expect(catalog.offers.length).toBe(2);
    expect(modelIn(await takeBackAll(), "lab/a")).toMatchObject({ offers_count: 3 });
  });
});

describe("pin", () => {
  test("an offer's field has the pinned value, and its model and the cheapest price go by it", async () => {
    const catalog = await decideAndPublish(
      { kind: "pin", target: "together/unstated/lab/a", field: "input_price", value: "0.5" },
      { kind: "pin", target: "together/unstated/lab/a", field: "context_tokens", value: "131072" },
    );
    expect(offerIn(catalog, "together/unstated/lab/a")).toMatchObject({
      prices: [{ meter: "input", unit: "token", usd: "0.0000005", per_million: "0.5" }],
      context_tokens: 131_072,
      pinned: ["input_price", "context_tokens"],
    });
    expect(modelIn(catalog, "lab/a")).toMatchObject({
      context_tokens: 131_072,
      cheapest: { offer: "together/unstated/lab/a", input_per_million: "0.5" },
    });
    expect(await lastChanges(2)).toEqual([
      "offer together/unstated/lab/a changed by override",
      "model lab/a changed by override",
    ]);
  });

  test("a model's own field has the pinned value, and its offers say what they said", async () => {
    const catalog = await decideAndPublish({ kind: "pin", target: "lab/a", field: "license", value: "mit" });
    expect(modelIn(catalog, "lab/a")).toMatchObject({ license: "mit", pinned: ["license"] });
    expect(offerIn(catalog, "groq/unstated/lab/a")).not.toHaveProperty("pinned");
  });

  test("the later pin of a field replaces the earlier one, and taking it back leaves what the sources say", async () => {
    const pin = (value: string) => ({ kind: "pin", target: "lab/a", field: "license", value }) as const;
    const catalog = await decideAndPublish(pin("mit"), pin("apache-2.0"), pin("apache-2.0"));
    expect(modelIn(catalog, "lab/a")).toMatchObject({ license: "apache-2.0" });
    expect(await decidedNow(house)).toHaveLength(1);
    expect(modelIn(await takeBackAll(), "lab/a")).not.toHaveProperty("license");
  });

  test.each(Object.entries(PINNABLE))(
    "%s refuses what cannot stand in it, and says what can",
    (field, { of }) => {
      const [subject = "offer"] = of;
      for (const value of ["", "\u0000", " "]) {
        expect(pinFault(subject, { field, value })).toMatch(new RegExp(`^${field} can be `));
      }
    },
  );

  test("a field that is none, or of something else, is refused with those that there are", () => {
    expect(pinFault("offer", { field: "nope", value: "1" })).toContain("status");
    expect(pinFault("model", { field: "status", value: "live" })).toContain("license");
    expect(pinFault("model", { field: "__proto__", value: "1" })).toContain("license");
    expect(pinFault("offer", { field: "input_price", value: "-1" })).toContain("US dollars");
    expect(pinFault("offer", { field: "input_price", value: "1e9" })).toContain("US dollars");
  });
});

describe("alias", () => {
  test("an offer, or every offer of a model, is the model that the operator says", async () => {
    const catalog = await decideAndPublish({ kind: "alias", target: "~together/odd-name", model: "lab/b" });
    expect(offerIn(catalog, "together/unstated/odd-name")).toMatchObject({
      model: "lab/b",
      link: { rule: "operator" },
    });
    expect(modelIn(catalog, "lab/b")).toMatchObject({ offers_count: 2 });
    expect(modelIn(catalog, "~together/odd-name")).toMatchObject({ id: "lab/b" });
    expect(new Set((await lastChanges(2)).map((line) => line.split(" by ")[1]))).toEqual(
      new Set(["override"]),
    );
  });

  test("an id that nobody has leads to the model", async () => {
    const catalog = await decideAndPublish({ kind: "alias", target: "our-default", model: "lab/a" });
    expect(modelIn(catalog, "our-default")).toMatchObject({ id: "lab/a" });
    expect(modelIn(await takeBackAll(), "our-default")).toBeUndefined();
  });
});

test("a revision that is made anew out of the past has the decisions of its time", async () => {
  const published = await decideAndPublish({ kind: "hide", target: "groq/unstated/lab/a" });
  for (const { id } of await decidedNow(house)) await withdraw(house, id);
  const again = await currentShelf(
    { ...house.publishing, directory: `${house.publishing.directory}-gone` },
    "public",
  );
  expect(again?.hash).toBe(published.hash);
});

/** R17: random operations, syncs and restarts: what an operator decided stands, to the end. */
test("0 pins are overwritten and 0 offers lost, whatever is synced and decided in whatever order", async () => {
  const IDS = ["lab/a", "lab/b", "lab/c"] as const;
  const step = record({
    what: constantFrom("sync", "short-sync", "pin", "hide", "take-back", "publish", "restart"),
    id: constantFrom(...IDS),
    value: integer({ min: 1, max: 1_000_000 }),
  });
  await assert(
    asyncProperty(array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const own = await openHouse();
      try {
        await own.says(
          "groq",
          IDS.map((id) => metered(id, "0.000001", { contextTokens: 5 })),
        );
        await own.publish();
        const pins = new Map<string, number>();
        const hidden = new Set<string>();
        for (const { what, id, value } of steps) {
          const target = `groq/unstated/${id}`;
          own.runtime.advance(1);
          if (what === "sync")
            await own.says(
              "groq",
              IDS.map((each) => metered(each, "0.000001", { contextTokens: value })),
            );
          if (what === "short-sync") await own.says("groq", [metered(id, "0.000002")], { isWhole: false });
          if (what === "pin") {
            await decide(own, { kind: "pin", target, field: "context_tokens", value: String(value) });
            pins.set(target, value);
          }
          if (what === "hide") {
            await decide(own, { kind: "hide", target });
            hidden.add(target);
          }
          if (what === "take-back") {
            for (const decided of await decidedNow(own))
              if (decided.target === target) await withdraw(own, decided.id);
            pins.delete(target);
            hidden.delete(target);
          }
          if (what === "publish") await own.publish();
          // A restart reads what is saved, or makes it anew where that is gone.
          if (what === "restart")
            await currentShelf({ ...own.publishing, directory: `${own.publishing.directory}-x` }, "public");
        }
        const { public: catalog } = await own.publish();
        for (const id of IDS) {
          const target = `groq/unstated/${id}`;
          const offer = offerIn(catalog, target);
          const { context_tokens: shown, pinned } = offer ?? {};
          expect(offer === undefined).toBe(hidden.has(target));
          expect(pinned !== undefined).toBe(pins.has(target) && !hidden.has(target));
          expect(shown).toBe(offer === undefined ? undefined : (pins.get(target) ?? shown));
        }
      } finally {
        await own.close();
      }
    }),
    { numRuns: RUNS },
  );
}, 120_000);

const RUNS = 30;
