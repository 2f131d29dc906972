import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { answerModels, answerOffers } from "../../src/catalog/answer.ts";
import { countBy } from "../../src/catalog/counts.ts";
import { findModel } from "../../src/catalog/documents.ts";
import { ModelQuery, OfferQuery } from "../../src/catalog/query.ts";
import { metered, MINUTE_MS, model, openHouse, type House } from "../publish/ledgers.ts";

let house: House;
let shelf: Shelf;

beforeAll(async () => {
  house = await openHouse();
  await house.says("huggingface-router", [
    { ...metered("openai/gpt-oss", "0.000001"), provider: "groq" },
    { ...metered("openai/gpt-oss", "0.000002"), provider: "novita" },
    { ...model("lab/other"), provider: "novita" },
  ]);
  await house.says("groq", [
    metered("openai/gpt-oss", "0.000003"),
    model("openai/gpt-oss-20b", { name: "GPT OSS 20B" }),
    model("mini/oss", { name: "Élan", createdAt: Date.UTC(2025, 0, 1) }),
    model("a lone id"),
  ]);
  await house.says("together", [model("zeta/the-gpt-oss-tune"), model("lab/gpt")]);
  const { public: catalog } = await house.publish();
  shelf = { catalog, freshness: new Map([["groq", house.runtime.now()]]) };
});
afterAll(() => house.close());

function models(query: { readonly [name: string]: string }): readonly string[] {
  return answerModels(shelf, ModelQuery.parse(query)).documents.map(idOf);
}

function offers(query: { readonly [name: string]: string }): readonly string[] {
  return answerOffers(shelf, OfferQuery.parse(query)).documents.map(idOf);
}

function parsed(bytes: Uint8Array): { readonly [field: string]: unknown } {
  return JSON.parse(Buffer.from(bytes).toString()) as { readonly [field: string]: unknown };
}

function idOf(bytes: Uint8Array): string {
  return String(parsed(bytes)["id"]);
}

describe("a text", () => {
  test("finds the exact id first, then the name, then beginnings, then the rest", () => {
    expect(models({ q: "openai/gpt-oss" })).toEqual(["openai/gpt-oss", "openai/gpt-oss-20b"]);
    expect(models({ q: "gpt-oss" })).toEqual([
      "openai/gpt-oss",
      "openai/gpt-oss-20b",
      "zeta/the-gpt-oss-tune",
    ]);
    expect(models({ q: "gpt oss 20b" })).toEqual(["openai/gpt-oss-20b"]);
  });

  test("is found in any case and with composed or decomposed accents", () => {
    expect(models({ q: "GPT-OSS-20B" })).toEqual(["openai/gpt-oss-20b"]);
    expect(models({ q: "e\u0301lan" })).toEqual(["mini/oss"]);
  });

  test("is a text and no pattern", () => {
    for (const q of ["%", "_", ".*", '"', "'", "gpt OR lab", "\\", "(", "*"])
      expect(models({ q })).toEqual([]);
    expect(models({ q: "   " })).toHaveLength(7);
  });
});

describe("a gateway", () => {
  test("`hug` is Hugging Face, `all` is every one, an unknown one is none", () => {
    expect(models({ gateway: "hug" })).toEqual(models({ gateway: "huggingface" }));
    expect(models({ gateway: "hug" }).toSorted()).toEqual(["lab/other", "openai/gpt-oss"]);
    expect(models({ gateway: "all" })).toEqual(models({}));
    expect(models({ gateway: "nobody" })).toEqual([]);
    expect(models({ gateway: "hug,together" })).toHaveLength(4);
  });

  test("is counted with its models and its offers", () => {
    expect(countBy(shelf.catalog, "gateway")).toEqual([
      { id: "groq", models: 4, offers: 4 },
      { id: "huggingface", models: 2, offers: 3 },
      { id: "together", models: 2, offers: 2 },
    ]);
  });
});

test("filters about offers hold on one and the same offer", () => {
  expect(models({ gateway: "hug", provider: "groq" })).toEqual(["openai/gpt-oss"]);
  // It is at Groq, and somebody serves it as Novita, but no one offer is both.
  expect(models({ gateway: "groq", provider: "novita" })).toEqual([]);
  expect(offers({ gateway: "hug", provider: "novita" }).toSorted()).toEqual([
    "huggingface/novita/lab/other",
    "huggingface/novita/openai/gpt-oss",
  ]);
});

test("pages neither miss nor repeat, and each says the same total", () => {
  const all = models({});
  for (const limit of [1, 2, 3, 1_000]) {
    const walked: string[] = [];
    for (let offset = 0; offset < all.length; offset += limit) {
      const page = answerModels(shelf, ModelQuery.parse({ limit: String(limit), offset: String(offset) }));
      expect(page.total).toBe(all.length);
      walked.push(...page.documents.map(idOf));
    }
    expect(walked).toEqual(all);
  }
});

describe("one model", () => {
  test("is found by its id, with its offers", () => {
    const found = findModel(shelf, "openai/gpt-oss");
    const document = parsed(found?.document ?? Buffer.from("{}"));
    expect(document["offers_count"]).toBe(3);
    expect(document["offers"]).toHaveLength(3);
    expect(findModel(shelf, "openai/nothing")).toBeUndefined();
    expect(findModel(shelf, "__proto__")).toBeUndefined();
  });

  test("says when it was created: as stated, else when it was first seen", () => {
    const created = (id: string) => parsed(findModel(shelf, id)?.document ?? Buffer.from("{}"))["created"];
    expect(created("mini/oss")).toBe(Date.UTC(2025, 0, 1) / 1_000);
    expect(created("lab/gpt")).toBe(Math.floor((house.runtime.now() - MINUTE_MS) / 1_000));
  });

  test("its offers were last seen when their source was last read", () => {
    const [document] = answerOffers(
      shelf,
      OfferQuery.parse({ gateway: "groq", model: "mini/oss" }),
    ).documents;
    const { first_seen: first, last_seen: last } = parsed(document ?? Buffer.from("{}"));
    expect(Date.parse(String(last))).toBe(house.runtime.now());
    expect(Date.parse(String(first))).toBeLessThan(house.runtime.now());
  });
});
