/** Who says so: of each field every word, and since when it holds. Of a model, by which offer. */
import { assert, property, shuffledSubarray } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Facts } from "../../src/domain/listing.ts";
import type { ModelStanding } from "../../src/merge/authority.ts";
import { explainModel, explainOffer, type RememberedClaim } from "../../src/merge/explain.ts";
import { mergeModel, type Witness } from "../../src/merge/model.ts";
import { claim, input, merged } from "./claims.ts";

function remembered(
  source: string,
  history: readonly (readonly [since: number, facts: Facts])[],
  more: Partial<RememberedClaim> = {},
): RememberedClaim {
  const versions = history.map(([since, facts], index) => {
    const until = history[index + 1]?.[0];
    return { since, facts, ...(until === undefined ? {} : { until }) };
  });
  const authority = source.endsWith("-prices") ? "third-party" : "own";
  return { ...claim(source, versions.at(-1)?.facts ?? {}, authority), versions, ...more };
}

function witness(id: string, standing: ModelStanding, facts: Facts): Witness {
  return { ...merged(claim(id, facts, standing === "third-party" ? "third-party" : "own")), id, standing };
}

describe("a word", () => {
  test("knows since when it was said without a break, and what was said against it", () => {
    const own = remembered("groq", [
      [1, { contextTokens: 8 }],
      [2, { contextTokens: 16 }],
      [3, { contextTokens: 8, license: "mit" }],
      [4, { contextTokens: 8, license: "apache-2.0" }],
    ]);
    const other = remembered("genai-prices", [[1, { contextTokens: 32 }]], { lastSeen: 7 });
    const words = explainOffer([other, own]);
    expect(words.get("contextTokens")).toEqual([
      { value: 8, source: "groq", observedAt: 9, since: 3 },
      { value: 32, source: "genai-prices", observedAt: 7, since: 1 },
    ]);
    expect(words.get("license")).toMatchObject([{ value: "apache-2.0", since: 4 }]);
    expect(words.has("name")).toBe(false);
  });

  test("that is kept says so, and when it was last stated", () => {
    const own = remembered(
      "groq",
      [
        [1, { contextTokens: 8 }],
        [5, { name: "n" }],
      ],
      { earlier: [{ contextTokens: 8 }] },
    );
    expect(explainOffer([own]).get("contextTokens")).toEqual([
      { value: 8, source: "groq", observedAt: 5, since: 1, isKept: true },
    ]);
  });

  test("about money stands as the merge has it, though the first source says that it does not know", () => {
    const own = remembered("groq", [[1, { billing: "unknown" }]]);
    const other = remembered("genai-prices", [[1, { billing: "metered", prices: [input("1")] }]]);
    expect(
      explainOffer([own, other])
        .get("billing")
        ?.map(({ value }) => value),
    ).toEqual(["metered", "unknown"]);
  });
});

describe("a model", () => {
  const lab = witness("anthropic/anthropic/m", "lab", { name: "Lab", contextTokens: 200 });
  const hub = witness("huggingface/groq/a/m", "hub", {
    name: "Hub",
    task: "image-text-to-text",
    license: "mit",
  });
  const wide = witness("openrouter/unstated/a/m", "gateway", {
    name: "Gateway",
    task: "text-generation",
    contextTokens: 64,
    modelContextTokens: 1_000,
    capabilities: { tools: false, vision: true },
  });
  const other = witness("kilo/unstated/a/m", "gateway", {
    contextTokens: 500,
    capabilities: { tools: true, reasoning: false },
    parameters: 7,
  });
  const third = witness("x/unstated/m", "third-party", {
    contextTokens: 9_999,
    parameters: 8,
    openWeights: true,
  });

  test("is what its lab says, then the Hub, then a gateway, then a third party", () => {
    expect(mergeModel([third, other, wide, hub, lab])).toMatchObject({
      name: "Lab",
      task: "image-text-to-text",
      license: "mit",
      parameters: 7,
      openWeights: true,
    });
  });

  test("takes as much as its lab says, else as the widest of its gateways, and never what is served somewhere", () => {
    expect(mergeModel([other, third, lab, wide]).contextTokens).toBe(200);
    expect(mergeModel([other, third, wide]).contextTokens).toBe(1_000);
    expect(mergeModel([other, third]).contextTokens).toBe(500);
    expect(mergeModel([third]).contextTokens).toBe(9_999);
  });

  test("can what one of its offers can; cannot where one says no and none yes; else it is unstated", () => {
    expect(mergeModel([wide, other]).capabilities).toEqual({ reasoning: false, tools: true, vision: true });
    expect(mergeModel([lab, hub]).capabilities).toBeUndefined();
  });

  test("is the same in whatever order its offers come, and the word that stands is the one explained first", () => {
    const all = [lab, hub, wide, other, third];
    const explained = (offers: readonly Witness[]) =>
      explainModel(
        offers.map((one) => ({ ...one, words: explainOffer([remembered(one.source, [[1, one.facts]])]) })),
      );
    assert(
      property(shuffledSubarray(all, { minLength: 1 }), (offers) => {
        const facts = mergeModel(offers);
        expect(mergeModel(offers.toSorted((a, b) => (a.id < b.id ? -1 : 1)))).toEqual(facts);
        for (const [field, words] of explained(offers)) {
          // Each capability is a case of its own: no one's word is the whole.
          const stands = field === "capabilities" ? words[0]?.value : facts[field];
          expect(words[0]?.value).toEqual(stands);
          expect(words.every(({ offer }) => offers.some(({ id }) => id === offer))).toBe(true);
        }
      }),
    );
  });
});
