import { expect, test } from "vitest";
import { entriesOfEach } from "../../src/kit/maps.ts";
import { itemsOf } from "../../src/kit/parse.ts";

const spec = { items: "", entries: (body: unknown) => entriesOfEach(body, "models") };

test("every entry of every inner map is an item, with both of its keys", () => {
  const body = { alpha: { name: "Alpha", models: { one: { id: 1 }, two: null } }, beta: { models: {} } };
  expect(itemsOf(body, spec)).toEqual([
    { outer: "alpha", inner: "one", value: { id: 1 } },
    { outer: "alpha", inner: "two", value: null },
  ]);
});

test.each([[{}], [{ models: null }], [{ models: ["one"] }], ["models"], [null]])(
  "an outer value that keeps no map is an item without a key, not overlooked: %j",
  (held) => {
    expect(itemsOf({ alpha: held }, spec)).toEqual([{ outer: "alpha", value: undefined }]);
  },
);

test.each([["text"], [null], [7]])("a body that is no map is refused: %j", (body) => {
  expect(() => itemsOf(body, spec)).toThrow("the list is not where it should be");
});

test("a bare array is read as it is", () => {
  expect(itemsOf([1, 2], spec)).toEqual([1, 2]);
});
