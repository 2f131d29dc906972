/** Which model an offer is: by the strongest evidence, and never by a guess. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { linkOffers, type Link } from "../../src/match/link.ts";
import type { Linkable } from "../../src/match/claim.ts";
import { offer } from "./offers.ts";
import { PAIRS } from "./pairs.ts";

function link(...offers: readonly [Linkable, ...Linkable[]]): Link | undefined {
  return linkOffers(offers)[0];
}

const HUB = { huggingFaceId: "meta-llama/Llama-3.3-70B-Instruct" };

describe("the same model, spelled otherwise,", () => {
  test.each([
    ["a lab's former name", offer("novita", "thudm/glm-4-32b-0414"), "zai-org/GLM-4-32B-0414"],
    ["a lab's short name", offer("vercel", "xai/grok-4"), "xai-org/grok-4"],
    ["a point for a dash", offer("kilo", "anthropic/claude-opus-4.8"), "anthropic/claude-opus-4-8"],
    ["another order of words", offer("deepinfra", "anthropic/claude-4-opus"), "anthropic/claude-opus-4"],
    ["words grown together", offer("nvidia", "meta/llama3-8b-instruct"), "meta-llama/Llama-3-8B-Instruct"],
    ["the lab's name within the name", offer("github", "cohere/cohere-command-a"), "CohereLabs/command-a"],
    ["a p for a point", offer("fireworks", "accounts/fireworks/models/glm-4p7"), "zai-org/GLM-4.7"],
    ["a bare name of a known family", offer("sambanova", "Qwen3-32B"), "Qwen/Qwen3-32B"],
    ["an edition of the interface", offer("bedrock", "qwen.qwen3-32b-v1:0"), "Qwen/Qwen3-32B"],
  ])("is linked: %s", (_, spelled, model) => {
    expect(link(spelled, offer("huggingface", model))?.model).toBe(model);
  });

  test("has the Hub's spelling, else the lab's own, else that of a gateway", () => {
    const gateway = offer("zenmux", "z-ai/glm-4.6");
    const lab = offer("zai", "GLM-4.6");
    expect(link(gateway)?.model).toBe("zai-org/glm-4.6");
    expect(link(gateway, lab)?.model).toBe("zai-org/GLM-4.6");
    expect(link(gateway, lab, offer("huggingface", "zai-org/Glm-4.6"))?.model).toBe("zai-org/Glm-4.6");
  });
});

describe("no link is a guess:", () => {
  test("a short name is ambiguous where the lab has a base and an instruct model of it", () => {
    const models = [
      offer("huggingface", "meta-llama/Llama-3.1-8B"),
      offer("huggingface", "meta-llama/Llama-3.1-8B-Instruct"),
    ];
    expect(link(offer("ollama", "llama3.1:8b"), ...models)?.rule).toBe("ambiguous");
    expect(link(offer("vercel", "meta/llama-3.1-8b"), ...models)).toMatchObject({
      model: "~vercel/meta/llama-3.1-8b",
      rule: "ambiguous",
      candidates: ["meta-llama/Llama-3.1-8B", "meta-llama/Llama-3.1-8B-Instruct"],
    });
  });

  test("where the gateway spells Hub names out, it is the base model", () => {
    const models = [
      offer("huggingface", "meta-llama/Llama-3.1-8B"),
      offer("huggingface", "meta-llama/Llama-3.1-8B-Instruct"),
    ];
    expect(link(offer("together", "meta-llama/Llama-3.1-8B"), ...models)?.model).toBe(
      "meta-llama/Llama-3.1-8B",
    );
  });

  test("an id and a name for people that mean two models are ambiguous", () => {
    const dated = offer("huggingface", "deepseek-ai/DeepSeek-R1-0528");
    const plain = offer("huggingface", "deepseek-ai/DeepSeek-R1");
    const named = offer("together", "deepseek-ai/DeepSeek-R1", { name: "DeepSeek R1-0528" });
    expect(link(named, dated, plain)).toMatchObject({
      rule: "ambiguous",
      candidates: ["deepseek-ai/DeepSeek-R1", "deepseek-ai/DeepSeek-R1-0528"],
    });
    expect(link(named, plain)).toMatchObject({ rule: "lab-and-name", model: "deepseek-ai/DeepSeek-R1" });
  });

  test("two models of the Hub whose parts agree stay two, and another spelling is neither", () => {
    const links = linkOffers([
      offer("featherless", "someone/Merge-7B-v2"),
      offer("featherless", "someone/Merge-v2-7B"),
      offer("novita", "someone/merge_7b_v2"),
    ]);
    expect(links.map(({ model }) => model)).toEqual([
      "someone/Merge-7B-v2",
      "someone/Merge-v2-7B",
      "~novita/someone/merge_7b_v2",
    ]);
    expect(links[2]).toMatchObject({ rule: "ambiguous" });
  });

  test("a bare name that nobody else knows founds no model", () => {
    expect(link(offer("github-copilot", "claude-fable-9"))).toEqual({
      model: "~github-copilot/claude-fable-9",
      rule: "unlinked",
      evidence: "nothing: no rule says which model it is, so it is a model of its own",
    });
  });
});

describe("an operator's word", () => {
  test("wins over every rule, for one offer or for all of a model", () => {
    const offers = [offer("openrouter", "a/b", HUB), offer("groq", "a/c"), offer("kilo", "a/c")];
    const links = linkOffers(offers, [
      { of: "openrouter/openrouter/a/b", model: "lab/one" },
      { of: "a/c", model: "lab/two" },
    ]);
    expect(links).toMatchObject([
      { model: "lab/one", rule: "operator" },
      { model: "lab/two", rule: "operator" },
      { model: "lab/two", rule: "operator" },
    ]);
  });
});

describe("offers of one id at one gateway", () => {
  test("are one model: the strongest evidence for one is evidence for all", () => {
    const scout = { huggingFaceId: "meta-llama/Scout" };
    const links = linkOffers([
      offer("openrouter", "meta/llama", {}, "north"),
      offer("openrouter", "meta/llama", scout, "unstated"),
      offer("openrouter", "meta/llama:free", { variant: "free" }, "unstated"),
    ]);
    expect(links.map(({ model, rule }) => [model, rule])).toEqual([
      ["meta-llama/Scout", "same-id"],
      ["meta-llama/Scout", "hugging-face-id"],
      ["meta-llama/Scout", "same-id"],
    ]);
  });

  test("are those of a gateway that passes on another's ids", () => {
    expect(link(offer("kilo", "meta/llama"), offer("openrouter", "meta/llama", HUB))?.model).toBe(
      HUB.huggingFaceId,
    );
  });

  test("of another gateway, or of another id, are not touched", () => {
    const links = linkOffers([
      offer("deepinfra", "lab/name"),
      offer("openrouter", "lab/name:thinking"),
      offer("openrouter", "lab/name", { huggingFaceId: "lab/Other-Name-2025-01-01" }),
    ]);
    expect(links.map(({ model }) => model)).toEqual([
      "lab/name",
      "lab/name:thinking",
      "lab/Other-Name-2025-01-01",
    ]);
  });

  test("that equal evidence divides keep their own", () => {
    const other = { huggingFaceId: "meta-llama/Llama-3.1-8B" };
    const links = linkOffers([
      offer("openrouter", "meta/llama", HUB, "north"),
      offer("openrouter", "meta/llama", other, "south"),
    ]);
    expect(links.map(({ model }) => model)).toEqual([HUB.huggingFaceId, other.huggingFaceId]);
  });
});

test("the same offers in any order have the same links", () => {
  const offers = PAIRS.flatMap(({ a, b }) => [a, b]);
  const expected = linkOffers(offers);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(
        offers.map((_, index) => index),
        { minLength: offers.length, maxLength: offers.length },
      ),
      (order) => {
        const links = linkOffers(order.flatMap((index) => offers[index] ?? []));
        expect(links).toEqual(order.map((index) => expected[index]));
      },
    ),
    { numRuns: 20 },
  );
});
