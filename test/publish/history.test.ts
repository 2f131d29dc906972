/** What offers were, step by step, as their sources said it. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { historyOf } from "../../src/publish/history.ts";
import { metered, MINUTE_MS, model, NOW, openHouse, type House } from "./ledgers.ts";

let house: House;

beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house.close());

const OFFER = "groq/unstated/lab/a";
const B = metered("lab/b", "0.000002");

/** Each step as the minutes from when and until when, and its price. */
async function steps(offer = OFFER, knownAt = Infinity) {
  const [history] = await historyOf(house.publishing, [offer], knownAt);
  const minute = (at: number | undefined) => (at === undefined ? undefined : (at - NOW) / MINUTE_MS);
  return history?.steps.map(({ from, to, facts }) => [minute(from), minute(to), facts.prices?.[0]?.usd]);
}

test("a price that moves, an offer that goes, and comes back", async () => {
  for (const list of [
    [metered("lab/a", "0.000001"), B],
    [metered("lab/a", "0.000001"), B],
    [metered("lab/a", "0.000003"), B],
    [B],
    [metered("lab/a", "0.000003"), B],
  ])
    await house.says("groq", list);
  expect(await steps()).toEqual([
    [1, 3, "0.000001"],
    [3, 4, "0.000003"],
    [5, undefined, "0.000003"],
  ]);
  expect(await steps(OFFER, NOW + 3 * MINUTE_MS)).toEqual([
    [1, 3, "0.000001"],
    [3, undefined, "0.000003"],
  ]);
  expect(await steps("groq/unstated/lab/none")).toBeUndefined();
});

test("what is said of an offer beside its price begins no step", async () => {
  await house.says("groq", [metered("lab/a", "0.000001", { description: "one" })]);
  await house.says("groq", [metered("lab/a", "0.000001", { description: "two" })]);
  expect(await steps()).toEqual([[1, undefined, "0.000001"]]);
});

test("once the gateway itself spoke of an offer, what others say of it prolongs nothing", async () => {
  const theirs = { ...metered("lab/a", "0.000009"), gateway: "groq" };
  await house.says("genai-prices", [theirs]);
  expect(await steps()).toEqual([[1, undefined, "0.000009"]]);
  await house.says("groq", [model("lab/a")]);
  expect(await steps()).toEqual([[2, undefined, "0.000009"]]);
  await house.says("groq", [B]);
  expect(await steps()).toEqual([[2, 3, "0.000009"]]);
});

test("what only the operator's key shows is in no history", async () => {
  await house.says("groq", [metered("lab/a", "0.000001", { visibility: "account" })]);
  expect(await steps()).toEqual([]);
});
