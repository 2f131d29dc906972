/** Sorted by the price of input, from what sources say to what is answered: unknown is last in both directions, and free only what is said to be. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { answerModels, answerOffers } from "../../src/catalog/answer.ts";
import { readDocument } from "../../src/catalog/documents.ts";
import { ModelQuery, OfferQuery } from "../../src/catalog/query.ts";
import type { Facts } from "../../src/domain/listing.ts";
import { metered, model, openHouse, type House } from "./ledgers.ts";

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const ZERO: Facts = { prices: [{ meter: "input", unit: "token", usd: "0" }] };
const SAID = [
  metered("lab/cheap", "0.0000001"),
  metered("lab/dear", "0.00001"),
  metered("lab/fine", "0.0000000208333333333333"),
  model("lab/free", { ...ZERO, billing: "free" }),
  // A list of zeros without that word, a router, a subscription, and a price by the picture.
  model("lab/u-zeros", { ...ZERO, billing: "unknown" }),
  model("lab/u-routed", { billing: "dynamic" }),
  model("lab/u-flat", { billing: "subscription" }),
  model("lab/u-picture", { billing: "metered", prices: [{ meter: "image", unit: "image", usd: "0.02" }] }),
];
const KNOWN = ["free", "fine", "cheap", "dear"];

test.each(["asc", "desc"])("models and offers, %s", async (order) => {
  await house.says("groq", SAID);
  const { operator: catalog } = await house.publish();
  const shelf = { catalog, freshness: new Map() };
  const expected = order === "asc" ? KNOWN : KNOWN.toReversed();
  const asked = { sort: "input_price", order, limit: "100" };
  for (const documents of [
    answerModels(shelf, ModelQuery.parse(asked)).documents,
    answerOffers(shelf, OfferQuery.parse(asked)).documents,
  ]) {
    const names = documents.map((one) => String(readDocument(one)["id"]).split("/").at(-1));
    expect(names.slice(0, KNOWN.length)).toEqual(expected);
    expect(names.slice(KNOWN.length).every((name) => name?.startsWith("u-"))).toBe(true);
    expect(names).toHaveLength(SAID.length);
  }
});

test("a bound on the price lets no unknown price pass", async () => {
  await house.says("groq", SAID);
  const { operator: catalog } = await house.publish();
  const shelf = { catalog, freshness: new Map() };
  const found = answerModels(shelf, ModelQuery.parse({ max_input_price: "1" })).documents;
  expect(found.map((one) => String(readDocument(one)["id"])).toSorted()).toEqual([
    "lab/cheap",
    "lab/fine",
    "lab/free",
  ]);
});
