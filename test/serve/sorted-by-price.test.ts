/** Sorted by the price of input at the doors: unknown last in both directions, free first only where it is stated to be free. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Shelf } from "../../src/catalog/catalog.ts";
import type { Facts } from "../../src/domain/listing.ts";
import { metered, model, openHouse, type House } from "../publish/ledgers.ts";
import { fakeApplication } from "./support/application.ts";
import { fakeHost, type } from "./support/host.ts";
import { served } from "./support/server.ts";

const ZEROS: Facts = { prices: [{ meter: "input", unit: "token", usd: "0" }] };

let house: House;
let shelf: Shelf;

beforeAll(async () => {
  house = await openHouse();
  await house.says("groq", [
    metered("lab/dear", "0.00001"),
    metered("lab/cheap", "0.0000001"),
    model("lab/free", { ...ZEROS, billing: "free" }),
    model("lab/zeros-alone", { ...ZEROS, billing: "unknown" }),
    model("lab/flat", { billing: "subscription" }),
    model("lab/routed", { billing: "dynamic" }),
  ]);
  shelf = { catalog: (await house.publish()).operator, freshness: new Map() };
});
afterAll(() => house.close());

const ORDERS = [
  ["asc", ["free", "cheap", "dear"]],
  ["desc", ["dear", "cheap", "free"]],
] as const;

const UNKNOWN = ["flat", "routed", "zeros-alone"];

/** Their names, those without a known price among themselves by name. */
function inOrder(ids: readonly string[]): readonly string[] {
  const names = ids.map((id) => id.split("/").at(-1) ?? "");
  return [...names.slice(0, -UNKNOWN.length), ...names.slice(-UNKNOWN.length).toSorted()];
}

describe.each(ORDERS)("input_price %s", (order, known) => {
  const expected = [...known, ...UNKNOWN];

  test.each(["models", "offers"])("GET /v1/%s", async (list) => {
    const answer = await served({ shelf }).inject(`/v1/${list}?sort=input_price&order=${order}`);
    expect(inOrder(answer.json<{ data: { id: string }[] }>().data.map(({ id }) => id))).toEqual(expected);
  });

  test.each(["models", "offers"])("modeldex %s", async (list) => {
    const host = fakeHost(fakeApplication({ shelf }));
    const { out } = await type([list, "--sort", "input_price", "--order", order], host);
    expect(inOrder([...out.matchAll(/\blab\/[a-z-]+/g)].map(([id]) => id))).toEqual(expected);
  });
});

test("ranked by cost, what is not stated to be free is not among what costs nothing", async () => {
  const host = fakeHost(fakeApplication({ shelf }));
  const { out } = await type(["cheapest", "--input", "1M", "--json"], host);
  const cost: { data: { model: string; usd: string }[]; not_priced: { offer: string }[] } = JSON.parse(out);
  expect(cost.data.map(({ model: id, usd }) => [id, usd])).toEqual([
    ["lab/free", "0"],
    ["lab/cheap", "0.1"],
    ["lab/dear", "10"],
  ]);
  expect(cost.not_priced).toHaveLength(3);
});
