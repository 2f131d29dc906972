/** Dated, quantised and tuned models are models of their own, and say what they are a variant of. */
import { expect, test } from "vitest";
import { variantsOf } from "../../src/match/variant.ts";

function variantOf(model: string, others: readonly string[], gateway = "huggingface"): string | undefined {
  return variantsOf([model, ...others].map((each) => ({ model: each, gateway }))).get(model);
}

test.each([
  ["openai/gpt-4o-2024-05-13", "openai/gpt-4o"],
  ["Qwen/Qwen3-32B-FP8", "Qwen/Qwen3-32B"],
  ["Qwen/Qwen3-32B-AWQ", "Qwen/qwen3-32b"],
  ["meta-llama/Llama-3.1-8B-Instruct", "meta-llama/Llama-3.1-8B"],
  ["google/gemini-3-pro-image-preview", "google/gemini-3-pro-image"],
  ["Qwen/qwen-plus:thinking", "Qwen/qwen-plus"],
  ["google/gemini-2.0-flash-001", "google/gemini-2.0-flash"],
  ["anthropic/claude-opus-5-fast", "anthropic/claude-opus-5"],
  ["Qwen/Qwen3-235B-A22B-Instruct-2507", "Qwen/Qwen3-235B-A22B"],
])("%s is a variant of %s, where that is known", (model, of) => {
  expect(variantOf(model, [of])).toBe(of);
  expect(variantOf(model, [])).toBeUndefined();
});

test.each([
  ["google/gemini-2.5-flash-lite", "google/gemini-2.5-flash"],
  ["xai-org/grok-4-fast", "xai-org/grok-4"],
  ["Qwen/Qwen3-14B", "Qwen/Qwen3-32B"],
  ["zai-org/glm-5-turbo", "zai-org/GLM-5"],
  ["unsloth/Qwen3-14B-Base", "unsloth/Qwen3-14B"],
  ["deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "deepseek-ai/DeepSeek-R1"],
])("%s is no variant of %s", (model, of) => {
  expect(variantOf(model, [of])).toBeUndefined();
});

test("a gateway's own word for another quality makes a variant at that gateway alone", () => {
  const turbo = ["meta-llama/Llama-3.3-70B-Instruct-Turbo", ["meta-llama/Llama-3.3-70B-Instruct"]] as const;
  expect(variantOf(...turbo, "together")).toBe("meta-llama/Llama-3.3-70B-Instruct");
  expect(variantOf(...turbo, "huggingface")).toBeUndefined();
});

test("the nearest is named, and of two that are as near neither", () => {
  expect(variantOf("openai/gpt-4o-mini-2024-07-18", ["openai/gpt-4o", "openai/gpt-4o-mini"])).toBe(
    "openai/gpt-4o-mini",
  );
  expect(variantOf("lab/Model-7B-v2-fp8", ["lab/Model-7B-v2", "lab/Model-v2-7B"])).toBeUndefined();
});

test("a model that stands alone, as nobody says which it is, is a variant of nothing", () => {
  expect(variantOf("~groq/gpt-4o-2024-05-13", ["openai/gpt-4o"])).toBeUndefined();
});
