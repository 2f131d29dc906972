/** Which model an offer is: by the strongest evidence, and never by a guess. */
import { describe, expect, test } from "vitest";
import type { Facts } from "../../src/domain/listing.ts";
import { isLabName, linkOffer, linkOffers } from "../../src/match/link.ts";

function offer(gateway: string, nativeId: string, facts: Facts = {}, provider = gateway) {
  return { gateway, provider, nativeId, facts };
}

describe("the link of an offer", () => {
  test.each([
    [
      "a stated Hugging Face id",
      offer("openrouter", "meta-llama/llama-3.3-70b", { huggingFaceId: "meta-llama/Llama-3.3-70B" }),
      "meta-llama/Llama-3.3-70B",
      "hugging-face-id",
    ],
    ["a gateway's lab and name", offer("deepinfra", "Qwen/Qwen3-32B"), "Qwen/Qwen3-32B", "lab-and-name"],
    [
      "the same model served in another way",
      offer("openrouter", "qwen/qwen3:free", { variant: "free" }),
      "qwen/qwen3",
      "lab-and-name",
    ],
    [
      "a suffix that is no stated variant",
      offer("openrouter", "qwen/qwen3:thinking"),
      "qwen/qwen3:thinking",
      "lab-and-name",
    ],
    ["a lab's own gateway", offer("google", "models/gemini-2.5-flash"), "google/gemini-2.5-flash", "own-lab"],
    [
      "a stated canonical id",
      offer("portkey", "@team/zai-org/GLM-4.5", { canonicalId: "zai-org/GLM-4.5" }),
      "zai-org/GLM-4.5",
      "canonical-id",
    ],
    [
      "no rule",
      offer("fireworks", "accounts/fireworks/models/yi-6b"),
      "~fireworks/accounts/fireworks/models/yi-6b",
      "unlinked",
    ],
    [
      "a moving alias",
      offer("openrouter", "~anthropic/claude-latest"),
      "~openrouter/~anthropic/claude-latest",
      "unlinked",
    ],
  ])("by %s", (_, linkable, model, rule) => {
    expect(linkOffer(linkable)).toMatchObject({ model, rule });
  });

  test("says its evidence in words", () => {
    expect(linkOffer(offer("deepinfra", "Qwen/Qwen3-32B")).evidence).toBe(
      "deepinfra names models by lab and name",
    );
  });
});

describe("offers of one id at one gateway", () => {
  const HUB = { huggingFaceId: "meta-llama/Llama-3.3-70B" };

  test("are one model: the strongest evidence for one is evidence for all", () => {
    const links = linkOffers([
      offer("openrouter", "meta/llama", {}, "north"),
      offer("openrouter", "meta/llama", HUB, "unstated"),
    ]);
    expect(links.map(({ model, rule }) => [model, rule])).toEqual([
      ["meta-llama/Llama-3.3-70B", "same-id"],
      ["meta-llama/Llama-3.3-70B", "hugging-face-id"],
    ]);
  });

  test("of another gateway, or of another id, are not touched", () => {
    const links = linkOffers([
      offer("deepinfra", "meta/llama"),
      offer("openrouter", "meta/llama:thinking"),
      offer("openrouter", "meta/llama", HUB),
    ]);
    expect(links.map(({ model }) => model)).toEqual([
      "meta/llama",
      "meta/llama:thinking",
      "meta-llama/Llama-3.3-70B",
    ]);
  });

  test("that equal evidence divides keep their own", () => {
    const other = { huggingFaceId: "meta-llama/Llama-3.3-8B" };
    const links = linkOffers([
      offer("openrouter", "meta/llama", HUB, "north"),
      offer("openrouter", "meta/llama", other, "south"),
    ]);
    expect(links.map(({ model }) => model)).toEqual(["meta-llama/Llama-3.3-70B", "meta-llama/Llama-3.3-8B"]);
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
