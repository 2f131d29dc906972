/** What a change says in words: only what moved, in the words that a reader knows. */
import { expect, test } from "vitest";
import { movedTexts } from "../../src/notify/moved-text.ts";

const input = (perMillion: string) => ({
  meter: "input",
  unit: "token",
  usd: `0.00000${perMillion.replace(".", "")}`,
  per_million: perMillion,
});

test.each([
  ["a number", 8_192, 131_072, "context_tokens 8192 → 131072"],
  ["what was not stated", undefined, "live", "context_tokens not stated → live"],
  ["a list of words", ["a", "b"], ["b", "c"], "context_tokens +c, −a"],
  ["the same words in another order", ["a", "b"], ["b", "a"], "context_tokens in another order"],
  ["a list that begins", undefined, ["a"], 'context_tokens not stated → ["a"]'],
  [
    "an object",
    { tools: true, vision: false },
    { tools: true, vision: true },
    "context_tokens vision false → true",
  ],
  ["a part that goes", { offer: "a", note: "b" }, { offer: "a" }, "context_tokens note b → not stated"],
  ["a long text", "x".repeat(100), "y", `context_tokens ${"x".repeat(60)}… → y`],
])("of %s", (_, before, after, said) => {
  const moved = { field: "context_tokens", ...(before === undefined ? {} : { before }), after };
  expect(movedTexts(moved).map(({ what, how }) => `${what} ${how}`)).toEqual([said]);
});

test("of prices only those that moved, each with its unit", () => {
  const image = { meter: "image", unit: "image", usd: "0.04" };
  const batch = { ...input("0.1"), when: { tier: "batch" } };
  const before = [input("0.2"), image];
  const after = [input("0.3"), image, batch];
  expect(movedTexts({ field: "prices", before, after })).toEqual([
    { what: "input", how: "$0.2 per million → $0.3 per million" },
    { what: 'input {"tier":"batch"}', how: "not stated → $0.1 per million" },
  ]);
  expect(movedTexts({ field: "prices", before: [image], after: [] })).toEqual([
    { what: "image", how: "$0.04 per image → not stated" },
  ]);
  expect(movedTexts({ field: "prices", before: [image], after: [image] })).toEqual([
    { what: "prices", how: "as before" },
  ]);
});
