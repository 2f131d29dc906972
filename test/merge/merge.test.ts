/** Whose word wins about an offer, field by field; and that the order in which sources were read changes nothing. */
import { assert, constantFrom, option, property, record, shuffledSubarray, type Arbitrary } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Facts } from "../../src/domain/listing.ts";
import type { Price } from "../../src/domain/price.ts";
import type { Claim } from "../../src/merge/claim.ts";
import { mergeClaims } from "../../src/merge/merge.ts";
import { claim, input, KEY, merged } from "./claims.ts";

describe("an offer", () => {
  test("is what its gateway's own list says, and a third party fills the gaps", () => {
    const own = claim("groq", { name: "Own", contextTokens: 131_072 });
    const other = claim(
      "genai-prices",
      { name: "Theirs", contextTokens: 8_192, license: "mit" },
      "third-party",
    );
    expect(merged(own, other).facts).toEqual({ name: "Own", contextTokens: 131_072, license: "mit" });
  });

  test("takes money from one source, whole, and says whose it is", () => {
    const own = claim("groq", { billing: "unknown" });
    const prices = [input("1"), { ...input("2"), meter: "output" as const }];
    const other = claim("genai-prices", { billing: "metered", prices }, "third-party");
    expect(merged(own, other)).toMatchObject({
      facts: { billing: "metered", prices },
      source: "groq",
      pricesSource: "genai-prices",
    });
    const priced = claim("groq", { billing: "metered", prices: [input("9")] });
    expect(merged(priced, other).facts.prices).toEqual([input("9")]);
    expect(merged(priced, other).pricesSource).toBeUndefined();
  });

  test("that is paid by subscription, or for nothing, takes no price from others", () => {
    for (const billing of ["subscription", "free", "dynamic"] as const) {
      const other = claim("genai-prices", { billing: "metered", prices: [input("1")] }, "third-party");
      expect(merged(claim("groq", { billing }), other).facts).toEqual({ billing });
    }
  });

  test("says of each capability what the first says who states it; what nobody states is not there", () => {
    const own = claim("groq", { capabilities: { tools: false } });
    const other = claim("genai-prices", { capabilities: { tools: true, vision: true } }, "third-party");
    expect(merged(own, other).facts.capabilities).toEqual({ tools: false, vision: true });
  });

  test("of third parties alone is marked so, and ends where the gateway's own list is whole and does not hold it", () => {
    const [one, two] = ["genai-prices", "models-dev"].map((source) =>
      claim(source, { name: source }, "third-party"),
    );
    if (one === undefined || two === undefined) throw new Error("two");
    expect(merged(one, two)).toMatchObject({ attested: "third-party", facts: { name: "models-dev" } });
    expect(mergeClaims(KEY, [one, two], true)).toBeUndefined();
    expect(mergeClaims(KEY, [one, claim("groq", {})], true)?.attested).toBe("own");
  });
});

describe("a value that is not stated any more", () => {
  const before: Facts = {
    contextTokens: 131_072,
    capabilities: { tools: true, vision: true },
    billing: "metered",
    prices: [input("1"), { ...input("2"), meter: "cache_read" }],
    deprecatedAt: 5,
    endsAt: 6,
    status: "deprecated",
    visibility: "account",
  };

  test("lasts, but for what is taken back by leaving it out", () => {
    const { facts } = merged({ ...claim("groq", { name: "n", billing: "unknown" }), earlier: [before] });
    expect(facts).toEqual({
      name: "n",
      contextTokens: 131_072,
      capabilities: { tools: true, vision: true },
      billing: "metered",
      prices: before.prices,
    });
  });

  test("lasts no part of a price list that is still stated", () => {
    const now: Facts = { billing: "metered", prices: [input("3")], capabilities: { tools: false } };
    expect(merged({ ...claim("groq", now), earlier: [before] }).facts).toMatchObject({
      prices: [input("3")],
      capabilities: { tools: false, vision: true },
    });
    const free: Facts = { billing: "free" };
    expect(merged({ ...claim("groq", free), earlier: [before] }).facts.prices).toBeUndefined();
  });

  test("is the one stated last, and goes before what a third party says", () => {
    const own = {
      ...claim("groq", {}),
      earlier: [{ contextTokens: 2 }, { contextTokens: 1, license: "mit" }],
    };
    const other = claim("genai-prices", { contextTokens: 3, license: "other" }, "third-party");
    expect(merged(own, other).facts).toEqual({ contextTokens: 2, license: "mit" });
  });
});

describe("a contradiction", () => {
  test("names both words, at the source whose word does not stand", () => {
    const own = claim("deepinfra", {
      billing: "metered",
      prices: [input("0.00000015")],
      contextTokens: 131_072,
      capabilities: { tools: true },
    });
    const other = claim(
      "genai-prices",
      {
        billing: "metered",
        prices: [input("0.0000003")],
        contextTokens: 32_768,
        capabilities: { tools: false },
      },
      "third-party",
    );
    expect(merged(other, own).conflicts).toEqual([
      {
        kind: "conflict",
        source: "genai-prices",
        subject: "groq/groq/a/b",
        message:
          "context_tokens: deepinfra says 131072, genai-prices 32768; tools: deepinfra says yes, genai-prices no; " +
          "input: deepinfra says $0.15 per million tokens, genai-prices $0.3 per million tokens",
      },
    ]);
  });

  test("is no difference of rounding, and nothing that only one of them states", () => {
    const own = claim("groq", { prices: [input("0.00000015")], contextTokens: 131_072, license: "mit" });
    const near = { prices: [input("0.0000001500001")], contextTokens: 128_000, quantization: "fp8" };
    expect(merged(own, claim("genai-prices", near, "third-party")).conflicts).toEqual([]);
  });

  test("is found between two third parties where the gateway is silent", () => {
    const claims = [
      claim("groq", {}),
      claim("models-dev", { contextTokens: 1_000 }, "third-party"),
      claim("genai-prices", { contextTokens: 9_000 }, "third-party"),
    ];
    expect(merged(...claims).conflicts).toMatchObject([
      { source: "genai-prices", message: "context_tokens: models-dev says 1000, genai-prices 9000" },
    ]);
  });
});

describe("for any claims", () => {
  const prices: Arbitrary<readonly Price[]> = constantFrom([input("1")], [input("2")], []);
  const facts: Arbitrary<Facts> = record(
    {
      name: constantFrom("a", "b"),
      contextTokens: constantFrom(1, 2),
      license: constantFrom("mit", "other"),
      billing: constantFrom("metered", "unknown", "free"),
      prices,
      capabilities: constantFrom({ tools: true }, { tools: false, vision: true }),
      endsAt: constantFrom(1, 2),
    },
    { requiredKeys: [] },
  );
  const named = (source: string, authority: Claim["authority"]) =>
    record({ facts, earlier: option(facts, { nil: undefined }) }).map(
      ({ facts: stated, earlier }): Claim => ({
        ...claim(source, stated, authority),
        ...(earlier === undefined ? {} : { earlier: [earlier] }),
      }),
    );
  const four = record({
    a: named("xai", "own"),
    b: named("xai-language", "own"),
    c: named("models-dev", "third-party"),
    d: named("genai-prices", "third-party"),
  }).map(({ a, b, c, d }) => [a, b, c, d] as const);
  const shuffled = shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 });

  test("no order of sources changes a merge, its contradictions among it", () => {
    assert(
      property(four, shuffled, (claims, order) => {
        const other = order.flatMap((index) => claims[index] ?? []);
        expect(mergeClaims(KEY, other, false)).toEqual(mergeClaims(KEY, claims, false));
      }),
    );
  });

  test("the gateway's own word always stands, and nothing stands that nobody said", () => {
    assert(
      property(four, (claims) => {
        const result: Facts = merged(...claims).facts;
        const own = claims.filter(({ authority }) => authority === "own").map((one) => one.facts);
        for (const field of ["name", "contextTokens", "license"] as const) {
          const said = own.map((one) => one[field]).filter((value) => value !== undefined);
          const standing = said.length === 0 ? [result[field]] : said;
          expect(standing, "what is said now goes before what is kept").toContain(result[field]);
          const all = claims.flatMap(({ facts: now, earlier = [] }) =>
            [now, ...earlier].map((one) => one[field]),
          );
          expect(all).toContain(result[field]);
        }
      }),
    );
  });
});
