import { describe, expect, test } from "vitest";
import { placeOf, type Addresses } from "../../src/kit/place.ts";
import { sourceOf } from "../bad-world/kinds.ts";

const NONE: Addresses = { sourceUrls: new Map(), sourceCredentials: new Set(), mirrorCredentials: false };
const SOURCE = sourceOf("single", "api");
const OWN = "https://api.example/v1/models";

const ask = (addresses: Partial<Addresses>, url: string) =>
  placeOf(SOURCE, { ...NONE, ...addresses }).asked(new URL(url)).href;
const at = (url: string): Partial<Addresses> => ({ sourceUrls: new Map([["api", url]]) });

describe("which address is asked", () => {
  test.each([
    ["at home", {}, OWN, OWN],
    [
      "at a mirror",
      { mirror: "http://m.example:9/x/" },
      `${OWN}?a=1`,
      "http://m.example:9/x/api.example/v1/models?a=1",
    ],
    ["at an address of its own", at("http://p.example/y/"), `${OWN}?a=1`, "http://p.example/y/models?a=1"],
    [
      "which wins over a mirror",
      { ...at("http://p.example"), mirror: "http://m.example" },
      OWN,
      "http://p.example/models",
    ],
    [
      "a next that is there already",
      at("http://p.example/y"),
      "http://p.example/y/models?b=2",
      "http://p.example/y/models?b=2",
    ],
    ["the base itself", at("http://p.example/y"), "https://api.example/v1", "http://p.example/y"],
  ] as const)("%s", (_where, addresses, url, asked) => expect(ask(addresses, url)).toBe(asked));
});

describe("no address of anybody else is asked", () => {
  const foreign = [
    "https://elsewhere.example/v1/models",
    "https://api.example:444/v1/models",
    "http://api.example/v1/models",
    "https://user@api.example/v1/models",
    "https://:secret@api.example/v1/models",
    "https://api.example.evil.example/v1/models",
    "file:///etc/passwd",
    "data:application/json,[]",
    "invalid:",
  ];
  test.each(foreign)("%s", (url) => {
    for (const addresses of [{}, { mirror: "http://m.example" }, at("http://p.example/y")])
      expect(() => ask(addresses, url)).toThrow(/lies at another origin/);
  });

  test.each([
    ["http://p.example:80", "https://api.example/v180/models", "a longer port"],
    ["http://p.example", "https://api.example/v1.evil.example/models", "a longer host"],
    ["http://p.example", "https://api.example/v1@evil.example/models", "another host"],
    ["http://p.example/y", "https://api.example/v2/models", "another path of the upstream"],
    ["http://p.example/y", "http://p.example/z/models", "another path of the stand-in"],
    ["http://p.example/y", "http://p.example/yy/models", "a path that only begins like it"],
    ["http://p.example/y", "http://somebody@p.example/y/models", "a user name"],
    ["http://p.example/y", "http://p.example/y/../z/models", "a way out"],
  ])("%s does not stand in for %s: %s", (address, url) => {
    expect(() => ask(at(address), url)).toThrow(/lies at another origin/);
  });

  test("nor a neighbour's at the same mirror", () => {
    const mirror = "http://m.example";
    expect(() => ask({ mirror }, "http://m.example/other.example/v1/models")).toThrow(/another origin/);
    expect(() => ask({ mirror }, "http://m.example/api.example/../other.example/")).toThrow(/another origin/);
  });
});

test("a refusal names the origins and nothing secret", () => {
  expect(() => ask({}, "https://user:secret@api.example/v1?key=secret")).toThrow(
    expect.objectContaining({ code: "origin-refused", message: expect.not.stringContaining("secret") }),
  );
});

describe("whether the credential goes there", () => {
  test.each([
    ["home", {}, true],
    ["a mirror", { mirror: "http://m.example" }, false],
    ["a mirror that may", { mirror: "http://m.example", mirrorCredentials: true }, true],
    ["an address of its own", at("http://p.example"), false],
    ["one beside a mirror that may", { ...at("http://p.example"), mirrorCredentials: true }, false],
    ["one that may", { ...at("http://p.example"), sourceCredentials: new Set(["api"]) }, true],
    ["one when another's may", { ...at("http://p.example"), sourceCredentials: new Set(["ap"]) }, false],
  ] as const)("%s: %s", (_where, addresses, takes) =>
    expect(placeOf(SOURCE, { ...NONE, ...addresses }).takesCredential).toBe(takes),
  );
});
