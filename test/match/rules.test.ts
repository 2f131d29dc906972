/** Each rule alone: what it claims, and where it is silent. */
import { describe, expect, test } from "vitest";
import { DOCUMENTED_IDS, MOVING_ALIASES, RENAMED } from "../../src/match/aliases.ts";
import {
  isLabName,
  readOffer,
  RULES,
  splitHubId,
  type Claim,
  type ClaimRule,
} from "../../src/match/claim.ts";
import { GATEWAY_NAMES } from "../../src/match/gateways.ts";
import { linkOffers } from "../../src/match/link.ts";
import { canonicalId } from "../../src/match/rules/canonical-id.ts";
import { documentedId } from "../../src/match/rules/documented-id.ts";
import { huggingFaceId } from "../../src/match/rules/hugging-face-id.ts";
import { labAndName } from "../../src/match/rules/lab-and-name.ts";
import { movingAlias } from "../../src/match/rules/moving-alias.ts";
import { ownLab } from "../../src/match/rules/own-lab.ts";
import { parsedName } from "../../src/match/rules/parsed-name.ts";
import { offer } from "./offers.ts";

function claimed(rule: ClaimRule, ...args: Parameters<typeof offer>): string | undefined {
  const claim: Claim | undefined = rule.claim(readOffer(offer(...args)));
  return claim && `${claim.lab}/${claim.name}`;
}

describe("hugging-face-id", () => {
  test("is the id that a source states, or the Hub's own id", () => {
    expect(claimed(huggingFaceId, "venice", "qwen3-4b", { huggingFaceId: "Qwen/Qwen3-4B" })).toBe(
      "Qwen/Qwen3-4B",
    );
    expect(claimed(huggingFaceId, "featherless", "Sao10K/Fimbulvetr-11B-v2")).toBe(
      "Sao10K/Fimbulvetr-11B-v2",
    );
  });

  test("is today's name of a repository that was renamed, and of an organisation", () => {
    expect(claimed(huggingFaceId, "huggingface", "meta-llama/Meta-Llama-3.1-8B-Instruct")).toBe(
      "meta-llama/Llama-3.1-8B-Instruct",
    );
    expect(claimed(huggingFaceId, "huggingface", "THUDM/chatglm3-6b")).toBe("zai-org/chatglm3-6b");
  });

  test("is silent where the source states none, or what cannot be one", () => {
    expect(claimed(huggingFaceId, "openrouter", "a/b")).toBeUndefined();
    expect(claimed(huggingFaceId, "openrouter", "a/b", { huggingFaceId: "no id" })).toBeUndefined();
  });

  test("that adds only a quantisation to the id is a fact about the offer", () => {
    const stated = { huggingFaceId: "nvidia/NVIDIA-Nemotron-3-Super-120B-A12B-FP8" };
    const [link] = linkOffers([offer("openrouter", "nvidia/nemotron-3-super-120b-a12b", stated)]);
    expect(link).toMatchObject({ model: "nvidia/nemotron-3-super-120b-a12b", rule: "hugging-face-id" });
  });
});

describe("documented-id", () => {
  test("is what the gateway's documentation says of an id", () => {
    expect(claimed(documentedId, "cerebras", "llama3.1-8b")).toBe("meta-llama/Llama-3.1-8B-Instruct");
    expect(claimed(documentedId, "bedrock", "meta.llama4-scout-17b-instruct-v1:0")).toBe(
      "meta-llama/Llama-4-Scout-17B-16E-Instruct",
    );
    expect(claimed(documentedId, "elsewhere", "llama3.1-8b")).toBeUndefined();
  });
});

describe("canonical-id", () => {
  const stated = (id: string) => ({ canonicalId: `mistralai/${id}` });

  test("is the model that the list names behind an id", () => {
    expect(claimed(canonicalId, "mistral", "codestral-2412", stated("codestral-2501"))).toBe(
      "mistralai/codestral-2501",
    );
  });

  test("is silent where it only adds a date, and where canonical ids are no keys", () => {
    expect(claimed(canonicalId, "mistral", "mistral-medium", stated("mistral-medium-2505"))).toBeUndefined();
    expect(claimed(canonicalId, "openrouter", "a/b", { canonicalId: "a/c" })).toBeUndefined();
  });
});

describe("lab-and-name", () => {
  test.each([
    ["deepinfra", "Qwen/Qwen3-32B", "Qwen/Qwen3-32B"],
    ["openrouter", "x-ai/grok-4.5", "xai-org/grok-4.5"],
    ["openrouter", "nobody/knows-1", "nobody/knows-1"],
    ["openrouter", "qwen/qwen-plus:thinking", "Qwen/qwen-plus:thinking"],
    ["bedrock", "us.anthropic.claude-opus-4-1-20250805-v1:0", "anthropic/claude-opus-4-1-20250805"],
    ["bedrock", "mistral.mistral-7b-instruct-v0:2", "mistralai/mistral-7b-instruct-v0.2"],
    ["bedrock", "amazon.nova-lite-v1:0:300k", "amazon/nova-lite-v1"],
    ["bedrock", "nvidia.nemotron-nano-9b-v2:0", "nvidia/nemotron-nano-9b-v2"],
    ["chutes", "zai-org/GLM-5.1-TEE", "zai-org/GLM-5.1"],
    ["cloudflare", "@cf/meta/llama-3.2-1b-instruct", "meta-llama/llama-3.2-1b-instruct"],
    ["avian", "z-ai/glm-5", "zai-org/glm-5"],
  ])("at %s reads %s as %s", (gateway, id, model) => {
    expect(claimed(labAndName, gateway, id)).toBe(model);
  });

  test.each([
    ["avian", "nobody/knows-1"],
    ["perplexity", "perplexity/glm-5.2"],
    ["kilo", "stealth/claude-opus-4.8"],
    ["fireworks", "accounts/perplexity/models/r1-1776"],
    ["bedrock", "twelvelabs.pegasus-1-2-v1:0"],
    ["groq", "whisper-large-v3"],
  ])("at %s is silent about %s", (gateway, id) => {
    expect(claimed(labAndName, gateway, id)).toBeUndefined();
  });
});

describe("own-lab", () => {
  test("is a bare name at the lab's own gateway, unless it is of another lab's family", () => {
    expect(claimed(ownLab, "google", "models/gemini-2.5-flash")).toBe("google/gemini-2.5-flash");
    expect(claimed(ownLab, "openai", "babbage-002")).toBe("openai/babbage-002");
    expect(claimed(ownLab, "google", "claude-opus-5")).toBeUndefined();
    expect(claimed(ownLab, "groq", "gpt-oss-120b")).toBeUndefined();
  });
});

describe("parsed-name", () => {
  test("is a bare name of a family, and founds nothing", () => {
    const claim = parsedName.claim(readOffer(offer("sambanova", "Qwen3-32B")));
    expect(claim).toMatchObject({ lab: "Qwen", name: "Qwen3-32B" });
    expect(claim?.standing).toBeUndefined();
    expect(claimed(parsedName, "hyperbolic", "TTS")).toBeUndefined();
  });
});

describe("moving-alias", () => {
  test.each([
    ["openrouter", "~anthropic/claude-sonnet-latest"],
    ["openai", "gpt-5-chat-latest"],
    ["deepinfra", "anthropic/claude-3-7-sonnet-latest"],
    ["deepseek", "deepseek-chat"],
    ["ollama", "llama3.2:latest"],
    ["cohere", "command-nightly"],
  ])("at %s is %s", (gateway, id) => {
    expect(movingAlias(offer(gateway, id))).toBeDefined();
    expect(linkOffers([offer(gateway, id)])[0]).toMatchObject({
      model: `~${gateway}/${id}`,
      rule: "moving-alias",
    });
  });

  test("says what it stands for now, where the source does", () => {
    const alias = offer("openrouter", "~x-ai/grok-latest", { canonicalId: "x-ai/grok-4.5" });
    const [link] = linkOffers([alias, offer("xai", "grok-4.5")]);
    expect(link).toMatchObject({ model: "~openrouter/~x-ai/grok-latest", pointsTo: "xai-org/grok-4.5" });
    expect(linkOffers([alias])[0]?.pointsTo).toBeUndefined();
  });

  test("is no model whose name says nothing of the kind", () => {
    expect(movingAlias(offer("openrouter", "deepseek/deepseek-chat"))).toBeUndefined();
    expect(movingAlias(offer("openai", "gpt-4o"))).toBeUndefined();
  });
});

describe("the tables", () => {
  test("name their sources, and say of which rule a link can be", () => {
    const decorations = Object.values(GATEWAY_NAMES).flatMap((names) => names.decorations ?? []);
    const sources = [...decorations, ...DOCUMENTED_IDS.values(), ...MOVING_ALIASES].map(
      ({ source }) => source,
    );
    expect(sources.filter((source) => !source.startsWith("https://"))).toEqual([]);
    expect(Object.keys(RULES)[0]).toBe("operator");
  });

  test("name models that are Hub ids of today, and moving aliases in the order of time", () => {
    const models = [...RENAMED.values(), ...[...DOCUMENTED_IDS.values()].map(({ model }) => model)];
    expect(
      models.filter((model) => splitHubId(model) === undefined || RENAMED.has(model.toLowerCase())),
    ).toEqual([]);
    for (const { stoodFor } of MOVING_ALIASES)
      expect(stoodFor).toEqual(stoodFor.toSorted((a, b) => (a.since < b.since ? -1 : 1)));
  });
});

test.each([
  ["lab/name", true],
  ["lab/name:thinking", true],
  ["name", false],
  ["a/b/c", false],
  ["~lab/name", false],
  ["@lab/name", false],
  ["/name", false],
  ["lab/", false],
  ["lab/na me", false],
])("%s is a lab and a name: %s", (id, expected) => {
  expect(isLabName(id)).toBe(expected);
});
