/** Names are parsed, not normalised away. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { additions, keyOf, parseName, type Kind } from "../../src/match/name.ts";

describe("a part of a name is read as", () => {
  test.each<[string, Kind, readonly string[]]>([
    ["claude-opus-4-5-20251101", "dates", ["20251101"]],
    ["gpt-4o-2024-05-13", "dates", ["20240513"]],
    ["command-r-08-2024", "dates", ["202408"]],
    ["gemini-2.5-pro-preview-05-06", "dates", ["0506"]],
    ["Qwen3-235B-A22B-Instruct-2507", "dates", ["2507"]],
    ["DeepSeek-R1-0528", "dates", ["0528"]],
    ["GLM-4-FlashX-250414", "dates", ["20250414"]],
    ["Codestral 25.01", "dates", ["2501"]],
    ["claude-opus-4-5", "versions", ["4.5"]],
    ["llama3-1-70b-instruct", "versions", ["3.1"]],
    ["mistral-7b-instruct-v0.2", "versions", ["0.2"]],
    ["imagen-4.0", "versions", ["4"]],
    ["grok-4.20", "versions", ["4.20"]],
    ["Mixtral-8x7B", "sizes", ["8x7b"]],
    ["Qwen3-30B-A3B", "sizes", ["30b", "a3b"]],
    ["gemma-3n-E4B-it", "sizes", ["e4b"]],
    ["all-82M", "sizes", ["82m"]],
    ["gemma-3-4b-it", "roles", ["instruct"]],
    ["rakutenai-7b-chat", "roles", ["chat"]],
    ["Qwen3-32B-FP8", "quantizations", ["fp8"]],
    ["Inkling-NVFP4", "quantizations", ["nvfp4"]],
    ["Coder-32B-Instruct-GGUF", "quantizations", ["gguf"]],
    ["model-4bit", "quantizations", ["int4"]],
    ["gemini-3-flash-preview", "stages", ["preview"]],
    ["DeepSeek-V3.2-Exp", "stages", ["exp"]],
    ["phi-3-mini-128k-instruct", "contexts", ["128k"]],
    ["llama3-70b-8192", "contexts", ["8192"]],
    ["gemini-2.0-flash-001", "revisions", ["001"]],
    ["qwen-plus:thinking", "modes", ["thinking"]],
    ["llama3.1:8b", "sizes", ["8b"]],
    ["glm-4.5v", "words", ["glm", "v"]],
    ["FLUX.1-dev", "words", ["flux", "dev"]],
    ["o3-mini", "words", ["o3", "mini"]],
  ])("%s has %s %j", (name, kind, texts) => {
    expect(parseName(name)[kind]).toEqual(texts);
  });

  test("a lab's own name, which tells nothing apart, unless nothing else is left", () => {
    expect(parseName("NVIDIA-Nemotron-Nano-9B-v2", ["nvidia"]).words).toEqual(["nemotron", "nano"]);
    expect(parseName("nvidia", ["nvidia"]).words).toEqual(["nvidia"]);
  });
});

describe("two names say", () => {
  test.each([
    ["claude-4.5-opus", "claude-opus-4-5"],
    ["qwen-2.5-72b-instruct", "Qwen2.5-72B-Instruct"],
    ["cogito-v2-1-671b", "Cogito v2.1 671B"],
    ["cogito-671b-v2.1", "cogito-v2.1-671b"],
    ["llama3.1-8b", "Llama-3.1-8B"],
    ["Llama-3_1-Nemotron", "llama-3.1-nemotron"],
    ["claude-opus-4-5-20251101", "claude-opus-4.5-2025-11-01"],
    ["Seedream-4", "seedream-4.0"],
    ["gemma-3-4b-it", "Gemma 3 4B Instruct"],
  ])("the same: %s, %s", (a, b) => {
    expect(keyOf(parseName(a))).toBe(keyOf(parseName(b)));
  });

  test.each([
    ["hermes-3-llama-3.1-8b", "hermes-3.1-llama-3-8b"],
    ["gpt-4o", "gpt-o4"],
    ["gpt-4o", "gpt-4"],
    ["grok-4.20", "grok-4.2"],
    ["qwen3-8b", "qwen3-80b"],
    ["qwen3-30b-a3b", "qwen3-30b"],
    ["command-r", "command-r-plus"],
    ["model-0528", "model-2507"],
    ["glm-4.5", "glm-4.5v"],
    ["phi-3-mini-4k", "phi-3-mini-128k"],
    ["model-instruct", "model-chat"],
  ])("not the same: %s, %s", (a, b) => {
    expect(keyOf(parseName(a))).not.toBe(keyOf(parseName(b)));
  });

  test("the same in any case, and with any of - _ and blank between words", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("llama", "instruct", "70b", "fp8", "preview", "mini", "128k"), {
          minLength: 1,
        }),
        fc.constantFrom("-", "_", " "),
        (words, between) => {
          const name = words.join("-");
          expect(keyOf(parseName(words.join(between).toUpperCase()))).toBe(keyOf(parseName(name)));
        },
      ),
    );
  });
});

test("what one name says more than another is known by its kinds", () => {
  const more = (a: string, b: string) => additions(parseName(a), parseName(b));
  expect(more("llama-3.1-8b", "Llama 3.1 8B Instruct")).toEqual(["roles"]);
  expect(more("qwen-3-235b", "Qwen3-235B-A22B")).toEqual(["sizes"]);
  expect(more("gpt-4o", "gpt-4o-2024-05-13")).toEqual(["dates"]);
  expect(more("gpt-4o", "GPT-4o")).toEqual([]);
  expect(more("gpt-4o-mini", "gpt-4o")).toBeUndefined();
  expect(more("model-0528", "model-2507")).toBeUndefined();
});
