/** No request goes where it should not (S2): a name that could lead anywhere else is refused, and repeated nowhere. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BadName } from "../../src/check/names.ts";
import { createHub } from "../../src/check/hub.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import { placeAt, startAsking, type Asking } from "./asking.ts";

let asking: Asking;
beforeEach(async () => {
  asking = await startAsking();
});
afterEach(() => asking.end());

const CLIMBS = [
  "..",
  "../..",
  "../whoami-v2",
  "a/../../whoami-v2",
  "a/..",
  "./a",
  "a/.",
  ".",
  "a..b/c",
  "lab/x..y",
];
const CODED = [
  "%2e%2e",
  "%2e%2e/whoami-v2",
  "..%2fwhoami-v2",
  "a%2fb",
  "%252e%252e",
  "lab/%00",
  "lab%2Fname",
  "％２ｅ",
];
const ADDRESSES = [
  "http://127.0.0.1:9/x",
  "https://evil.example",
  "//evil.example/x",
  "\\\\evil.example\\x",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "http:evil",
  "@evil.example",
  "user:pass@evil.example/x",
  "[::1]/x",
  "169.254.169.254",
].filter((address) => !/^[\d.]+$/.test(address));
const BROKEN = [
  "lab/name\nhost: evil",
  "lab/name\r\n\r\nGET /",
  "lab\tname",
  "lab/na me",
  "lab/name\0",
  "lab/name?expand=x",
  "lab/name#x",
  "lab/name;x",
  "lab/name&x=1",
  "a/b/c",
  "a//b",
  "/a/b",
  "a/b/",
  "lab/",
  "/",
  "",
  " ",
  "-lab/name",
  "lab/name-",
  ".lab/name",
  "lab/name.",
  "lab/näme",
  "lab/\u202ename",
  "lab/\ud800",
  "x".repeat(97),
  `lab/${"x".repeat(97)}`,
  "lab/name.git",
  "lab/name:groq",
  "__proto__ /x",
  "lab/'or'1",
  "lab/<b>",
  "*",
  "lab/*",
];
const ALL = [...CLIMBS, ...CODED, ...ADDRESSES, ...BROKEN];

test.each(ALL)("the model %j is refused before anybody is asked", async (model) => {
  const failed = await asking.checks.validateModelProvider(model, "groq").catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(BadName);
  // A longer one than the message's own words: it is not repeated.
  expect(String(failed).includes(model) && model.length > 4).toBe(false);
  expect(asking.hub.requests).toEqual([]);
});

test.each([
  ...ALL.filter((name) => !["x".repeat(97)].includes(name)),
  "x".repeat(65),
  "constructor()",
  "fireworks ai",
])("the provider %j is refused before anybody is asked", async (provider) => {
  await expect(asking.checks.validateModelProvider("lab/name", provider)).rejects.toThrow(BadName);
  await expect(asking.checks.getModelsForProvider(provider)).rejects.toThrow(BadName);
  expect(asking.hub.requests).toEqual([]);
});

test.each(ALL.slice(0, 40))("the task %j is refused before anybody is asked", async (task) => {
  await expect(asking.checks.validateModelProvider("lab/name", "groq", { task })).rejects.toThrow(BadName);
  await expect(asking.checks.getAvailableModels({ task })).rejects.toThrow(BadName);
  expect(asking.hub.requests).toEqual([]);
});

test.each([
  "hf_abcdefghijklmnopqrstuvwxyz012345",
  "lab/hf_abcdefghijklmnopqrstuvwxyz012345",
  "api_org_abcdefghijklmnopqrstuvwxyz",
  "hf_oauth_abcdefghijklmnopqrstuvwxyz",
])("%s looks like a token, and enters no address", async (token) => {
  await expect(asking.checks.validateModelProvider(token, "groq")).rejects.toThrow("looks like a token");
  await expect(asking.checks.validateModelProvider("lab/name", token)).rejects.toThrow(BadName);
  await expect(asking.checks.getAvailableModels({ task: token })).rejects.toThrow(BadName);
  expect(asking.hub.requests).toEqual([]);
});

test.each(["__proto__", "constructor", "toString", "gpt2", "a", "Lab_1/Na-me.v2", "01-ai/Yi", "lab/a--b"])(
  "the model %s can be asked for, at its own path",
  async (model) => {
    await asking.checks.validateModelProvider(model, "groq");
    expect(asking.hub.requests.map(({ path }) => path)).toEqual([`/api/models/${model}`]);
  },
);

describe("the last look", () => {
  test.each([["..", "whoami-v2"], ["models", ".."], ["."]])(
    "parts that make another path than they say are not asked: %s",
    async (...path) => {
      const hub = createHub({
        transport: () => Promise.reject(new Error("asked")),
        runtime: systemRuntime,
        place: placeAt(asking.hub.url),
      });
      expect(await hub.ask({ path })).toMatchObject({ why: expect.stringContaining("it was not asked") });
    },
  );
});
