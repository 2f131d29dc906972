/** Labs and their spellings, as data. */
import { expect, test } from "vitest";
import { labOfFamily, labOfOrganisation, LABS, labSpelled } from "../../src/match/labs.ts";

test("no spelling and no family belongs to two labs", () => {
  const spellings = LABS.flatMap(({ id, spellings: its = [], formerly = [] }) => [
    id.toLowerCase(),
    ...its,
    ...formerly,
  ]);
  const families = LABS.flatMap(({ families: its = [] }) => its);
  expect(spellings.filter((word, index) => spellings.indexOf(word) !== index)).toEqual([]);
  expect(families.filter((word, index) => families.indexOf(word) !== index)).toEqual([]);
});

test("every spelling is written in small letters, as it is looked up", () => {
  const words = LABS.flatMap((lab) => [
    lab.spellings,
    lab.formerly,
    lab.families,
    lab.ownWords,
    lab.flavours,
  ]);
  expect(words.flatMap((its) => its ?? []).filter((word) => word !== word.toLowerCase())).toEqual([]);
});

test.each([
  ["x-ai", "grok-4", "xai-org"],
  ["Z-AI", "glm-5", "zai-org"],
  ["alibaba", "qwen-3-14b", "Qwen"],
  ["alibaba", "wan-2.6", "Wan-AI"],
  ["bytedance", "seed-1.8", "ByteDance-Seed"],
  ["bytedance", "seedance-2.0", "ByteDance"],
])("%s of %s is the lab %s", (word, name, id) => {
  expect(labSpelled(word, name)?.id).toBe(id);
});

test("a company of several labs, for a model of no known family, is no lab of ours", () => {
  expect(labSpelled("alibaba", "happyhorse-1.0")).toBeUndefined();
});

test.each([
  ["claude-opus-5", "anthropic"],
  ["o3-mini", "openai"],
  ["gpt-oss-20b", "openai"],
  ["Qwen3-32B", "Qwen"],
  ["qwq-32b", "Qwen"],
  ["embed-v4.0", "CohereLabs"],
  ["zai-glm-4.7", "zai-org"],
])("%s is of a family of %s", (name, id) => {
  expect(labOfFamily(name)?.id).toBe(id);
});

test.each(["claudette-7b", "gptneo-2", "happyhorse-1.0"])(
  "%s is of no family, whatever it begins with",
  (name) => {
    expect(labOfFamily(name)).toBeUndefined();
  },
);

test("an organisation of the Hub is a lab under its former name too, and not under a gateway's word", () => {
  expect(labOfOrganisation("CohereForAI")?.id).toBe("CohereLabs");
  expect(labOfOrganisation("cohere")).toBeUndefined();
});
