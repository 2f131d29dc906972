/** What the explorer says of a field that moved. */
import { expect, test } from "vitest";
import { fieldMoves } from "../../web/src/parts/field-moves.ts";

test.each([
  ["a number", "output_tokens_max", 65_536, undefined, ["output tokens max: 65536 → not stated"]],
  ["a list", "aliases", ["a", "b"], ["b", "c"], ["aliases: +c, −a"]],
  ["an order", "aliases", ["a", "b"], ["b", "a"], ["aliases: in another order"]],
  [
    "an object",
    "capabilities",
    { json_mode: true, tools: true },
    { tools: false },
    ["capabilities, json mode: yes → not stated", "capabilities, tools: yes → no"],
  ],
  ["an object that begins", "call", undefined, { model: "a" }, ['call: not stated → {"model":"a"}']],
])("of %s", (_, field, before, after, said) => {
  expect(fieldMoves(field, before, after).map(({ what, how }) => `${what}: ${how}`)).toEqual(said);
});
