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

function witness(id: string, standing: ModelStanding, facts: Facts, model = "acme/m-7b"): Witness {
  return {
    ...merged(claim(id, facts, standing === "third-party" ? "third-party" : "own")),
    id,
    model,
    standing,
  };
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

  test("is called by a name that says which one it is: the family's alone, or an offer's, stands behind", () => {
    const model = "openai/gpt-oss-120b";
    const family = witness("cerebras/cerebras/gpt-oss-120b", "gateway", { name: "OpenAI GPT OSS" }, model);
    const free = witness(
      "chutes/unstated/gpt-oss-120b:free",
      "gateway",
      { name: "GPT OSS 120B (free)", variant: "free" },
      model,
    );
    const whole = witness("groq/groq/gpt-oss-120b", "gateway", { name: "GPT OSS 120B" }, model);
    expect(mergeModel([family, free, whole]).name).toBe("GPT OSS 120B");
    expect(mergeModel([family, free]).name).toBe("GPT OSS 120B (free)");
    expect(mergeModel([family]).name).toBe("OpenAI GPT OSS");
    const words = [family, whole].map((one) => ({
      ...one,
      words: explainOffer([remembered(one.source, [[1, one.facts]])]),
    }));
    expect(explainModel(words).get("name")).toMatchObject([
      { value: "GPT OSS 120B", offer: whole.id },
      { value: "OpenAI GPT OSS", offer: family.id },
    ]);
  });

  test("has the size of its id in its name, not that of its active part or of another model", () => {
    const named = (model: string, ...names: readonly string[]) =>
      mergeModel(names.map((name, index) => witness(`g/p/${index}`, "gateway", { name }, model))).name;
    expect(named("qwen/QwQ-32B", "Venice Reasoning", "QwQ 32B")).toBe("QwQ 32B");
    expect(named("qwen/Qwen3-30B-A3B", "Qwen3 3B", "Qwen3 30B")).toBe("Qwen3 30B");
    expect(named("mistralai/Mixtral-8x7B", "Mixtral 7B", "Mixtral 8x7B")).toBe("Mixtral 8x7B");
    expect(named("lab/no-size", "First", "Second")).toBe("First");
  });

  test("has one license, however it is spelled, and none where it is said that none is known", () => {
    const says = (license: string, id: string) => witness(id, "gateway", { license });
    const one = says("Apache 2.0 License", "a/a/m");
    const two = says("apache2", "b/b/m");
    const none = says("unknown", "0/0/m");
    expect(mergeModel([none, two, one]).license).toBe("apache-2.0");
    expect(mergeModel([none]).license).toBeUndefined();
    expect(one.facts.license).toBe("Apache 2.0 License");
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
