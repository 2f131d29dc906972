/** Cheaper and dearer: by component, under the same condition, exactly. */
import { expect, test } from "vitest";
import { topicsOf } from "../../src/domain/change.ts";
import { priceMovesOf } from "../../src/domain/price-move.ts";

const price = (usd: string, meter = "input", when?: object) => ({ meter, unit: "token", usd, when });
const prices = (before: readonly unknown[], after: readonly unknown[]) => [
  { field: "prices", before, after },
];

test.each([
  ["one fell", [price("0.0000002")], [price("0.0000001")], ["cheaper"]],
  ["one rose by a thousandth", [price("0.000001")], [price("0.000001001")], ["dearer"]],
  ["one moved by less than that", [price("0.000001")], [price("0.0000010009")], []],
  ["one was rounded otherwise", [price("0.0000020000000000000005")], [price("0.000002")], []],
  [
    "one of next to nothing fell",
    [price("0.00000000000000000002")],
    [price("0.00000000000000000001")],
    ["cheaper"],
  ],
  ["what cost nothing has a price", [price("0")], [price("0.0000001")], ["dearer"]],
  ["spelled otherwise", [price("0.10")], [price("0.1")], []],
  [
    "one fell and one rose",
    [price("2"), price("1", "output")],
    [price("1"), price("2", "output")],
    ["cheaper", "dearer"],
  ],
  ["one came", [price("1")], [price("1"), price("9", "output")], []],
  ["one went", [price("1"), price("9", "output")], [price("1")], []],
  ["other conditions", [price("1", "input", { tier: "batch" })], [price("2")], []],
  [
    "the same condition",
    [price("2", "input", { tier: "batch" })],
    [price("1", "input", { tier: "batch" })],
    ["cheaper"],
  ],
  ["no prices before", [], [price("1")], []],
  ["nonsense", [null, 7, { meter: "input" }], ["x", price("1")], []],
])("%s", (_name, before, after, moves) => {
  expect(priceMovesOf(prices(before, after))).toEqual(moves);
});

test("what becomes free is cheaper, and what was free and is paid for is dearer; unknown is neither", () => {
  const billing = (before: string, after: string) => priceMovesOf([{ field: "billing", before, after }]);
  expect(billing("metered", "free")).toEqual(["cheaper"]);
  expect(billing("free", "metered")).toEqual(["dearer"]);
  expect(billing("unknown", "free")).toEqual([]);
  expect(billing("metered", "subscription")).toEqual([]);
});

test("a model moves with its cheapest offer, not with which offer that is", () => {
  const cheapest = (input: string, offer: string) => ({ offer, input_per_million: input });
  const move = (before: object, after: object) => priceMovesOf([{ field: "cheapest", before, after }]);
  expect(move(cheapest("0.2", "a"), cheapest("0.1", "b"))).toEqual(["cheaper"]);
  expect(move(cheapest("0.2", "1"), cheapest("0.2", "2"))).toEqual([]);
});

test("the way is a topic of the change beside the price itself", () => {
  expect(topicsOf(prices([price("2")], [price("1")]))).toEqual(["price", "cheaper"]);
  expect(topicsOf([{ field: "name", before: "2", after: "1" }])).toEqual(["name"]);
});
