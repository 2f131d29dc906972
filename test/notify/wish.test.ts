/** What a watch wishes for. */
import { expect, test } from "vitest";
import type { Change } from "../../src/domain/change.ts";
import { isWished } from "../../src/notify/wish.ts";

const CHANGE: Change = {
  subject: "offer",
  subjectId: "groq/groq/openai/GPT-oss-120b",
  kind: "changed",
  topics: ["price"],
  cause: "upstream",
  gateway: "groq",
  model: "openai/gpt-oss-120b",
  fields: [],
};

function priced(before: string | undefined, after: string | undefined): Change {
  const prices = (usd: string | undefined) =>
    usd === undefined ? [] : [{ meter: "input", unit: "token", usd }];
  return { ...CHANGE, fields: [{ field: "prices", before: prices(before), after: prices(after) }] };
}

test.each([
  ["0.1", "0.11", true],
  ["0.1", "0.09", true],
  ["0.00000015", "0.000000165", true],
  ["0.00000015", "0.000000164999", false],
  ["0.1", "0.109999", false],
  ["0.1", "0.0900001", false],
  ["0", "0.0000001", true],
  [undefined, "0.1", true],
  ["0.1", undefined, true],
])("from %s to %s is a move of at least 10 %: %s", (before, after, is) => {
  expect(isWished(priced(before, after), { minChangePercent: "10" })).toBe(is);
});

test("one price of several that moves enough is enough", () => {
  const prices = (output: string) => [
    { meter: "input", unit: "token", usd: "0.1" },
    { meter: "output", unit: "token", usd: output },
  ];
  const change = { ...CHANGE, fields: [{ field: "prices", before: prices("1"), after: prices("2") }] };
  expect(isWished(change, { minChangePercent: "100" })).toBe(true);
  expect(isWished(change, { minChangePercent: "100.01" })).toBe(false);
});

test("a model's cheapest price counts, whichever offer it is", () => {
  const cheapest = (offer: string, usd: string) => ({ offer, input_per_million: usd });
  const change = (usd: string): Change => ({
    ...CHANGE,
    fields: [{ field: "cheapest", before: cheapest("a", "0.10"), after: cheapest("b", usd) }],
  });
  expect(isWished(change("0.12"), { minChangePercent: "10" })).toBe(true);
  expect(isWished(change("0.101"), { minChangePercent: "10" })).toBe(false);
});

test("what is no price is news whatever the share", () => {
  const field = { field: "billing", before: "free", after: "metered" };
  expect(isWished({ ...CHANGE, fields: [field] }, { minChangePercent: "10" })).toBe(true);
  expect(isWished({ ...CHANGE, kind: "removed" }, { minChangePercent: "10" })).toBe(true);
});

test("all words of a text must stand in the ids, in either case", () => {
  expect(isWished(CHANGE, { q: "gpt GROQ" })).toBe(true);
  expect(isWished(CHANGE, { q: "gpt anthropic" })).toBe(false);
});
