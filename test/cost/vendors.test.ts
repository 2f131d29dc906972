/** Usage objects as vendors return them, read by each vendor's own rule. */
import { describe, expect, test } from "vitest";
import { BadUsage, type Usage } from "../../src/cost/usage.ts";
import { vendorUsage } from "../../src/cost/vendors.ts";
import { decimalText } from "../../src/domain/decimal.ts";

/** `meter` or `meter 1h` → how many, and how long a prompt is. */
function counts({ quantities, promptTokens }: Usage) {
  return {
    ...Object.fromEntries(
      quantities.map(({ meter, ttl, count }) => [
        ttl === undefined ? meter : `${meter} ${ttl}`,
        Number(decimalText(count)),
      ]),
    ),
    ...(promptTokens === undefined ? {} : { prompt: Number(decimalText(promptTokens)) }),
  };
}

type Case = readonly [what: string, usage: object, counts: object];

const CASES: readonly Case[] = [
  [
    "OpenAI chat: what is cached lies inside the prompt, reasoning inside the completion",
    {
      prompt_tokens: 2_006,
      completion_tokens: 300,
      total_tokens: 2_306,
      prompt_tokens_details: { cached_tokens: 1_920, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: 192,
        audio_tokens: 0,
        accepted_prediction_tokens: 5,
        rejected_prediction_tokens: 0,
      },
    },
    { prompt: 2_006, input: 86, cache_read: 1_920, output: 108, reasoning: 192 },
  ],
  [
    "OpenAI chat: audio lies inside both",
    {
      prompt_tokens: 100,
      completion_tokens: 50,
      total_tokens: 150,
      prompt_tokens_details: { audio_tokens: 80 },
      completion_tokens_details: { audio_tokens: 40 },
    },
    { prompt: 100, input: 20, audio_input: 80, output: 10, audio_output: 40 },
  ],
  [
    "OpenAI chat: where cached and audio are more than the prompt, some of the audio is cached",
    {
      prompt_tokens: 120,
      completion_tokens: 0,
      prompt_tokens_details: { cached_tokens: 100, audio_tokens: 100 },
    },
    { prompt: 120, cache_read: 20, audio_cache_read: 80, audio_input: 20 },
  ],
  [
    "xAI: reasoning stands beside the completion, and the total says so",
    {
      prompt_tokens: 32,
      completion_tokens: 9,
      total_tokens: 135,
      completion_tokens_details: { reasoning_tokens: 94 },
    },
    { prompt: 32, input: 32, output: 9, reasoning: 94 },
  ],
  [
    "DeepSeek: hits and misses make the prompt",
    {
      prompt_tokens: 100,
      completion_tokens: 7,
      total_tokens: 107,
      prompt_cache_hit_tokens: 64,
      prompt_cache_miss_tokens: 36,
    },
    { prompt: 100, input: 36, cache_read: 64, output: 7 },
  ],
  [
    "OpenRouter: what is written into a cache lies inside the prompt",
    {
      prompt_tokens: 1_000,
      completion_tokens: 1,
      prompt_tokens_details: { cached_tokens: 200, cache_write_tokens: 300 },
    },
    { prompt: 1_000, input: 500, cache_read: 200, cache_write: 300, output: 1 },
  ],
  [
    "OpenAI responses: what is cached lies inside the input, reasoning inside the output",
    {
      input_tokens: 75,
      input_tokens_details: { cached_tokens: 30 },
      output_tokens: 1_186,
      output_tokens_details: { reasoning_tokens: 1_024 },
      total_tokens: 1_261,
    },
    { prompt: 75, input: 45, cache_read: 30, output: 162, reasoning: 1_024 },
  ],
  [
    "OpenAI images: what comes out are pictures",
    {
      input_tokens: 50,
      output_tokens: 4_160,
      total_tokens: 4_210,
      input_tokens_details: { text_tokens: 10, image_tokens: 40 },
    },
    { prompt: 50, input: 50, image_output: 4_160 },
  ],
  ["OpenAI transcription by the second", { type: "duration", seconds: 12.5 }, { audio_input: 12.5 }],
  [
    "Anthropic: what is cached stands beside the input, and the prompt is all of it",
    {
      input_tokens: 100,
      cache_creation_input_tokens: 248,
      cache_read_input_tokens: 1_800,
      output_tokens: 503,
      cache_creation: { ephemeral_5m_input_tokens: 148, ephemeral_1h_input_tokens: 100 },
      server_tool_use: { web_search_requests: 2 },
      service_tier: "standard",
    },
    {
      prompt: 2_148,
      input: 100,
      cache_read: 1_800,
      cache_write: 148,
      "cache_write 1h": 100,
      output: 503,
      search: 2,
    },
  ],
  [
    "Google: what is cached lies inside the prompt; thoughts and the prompts of tools stand beside",
    {
      promptTokenCount: 1_000,
      cachedContentTokenCount: 400,
      candidatesTokenCount: 50,
      thoughtsTokenCount: 200,
      toolUsePromptTokenCount: 30,
      totalTokenCount: 1_280,
      promptTokensDetails: [
        { modality: "TEXT", tokenCount: 700 },
        { modality: "AUDIO", tokenCount: 300 },
      ],
      cacheTokensDetails: [
        { modality: "TEXT", tokenCount: 300 },
        { modality: "AUDIO", tokenCount: 100 },
      ],
    },
    {
      prompt: 1_030,
      input: 430,
      cache_read: 300,
      audio_cache_read: 100,
      audio_input: 200,
      output: 50,
      reasoning: 200,
    },
  ],
  [
    "Google, as its Python client writes it, with a picture",
    {
      prompt_token_count: 10,
      candidates_token_count: 1_295,
      total_token_count: 1_305,
      candidates_tokens_details: [{ modality: "IMAGE", token_count: 1_290 }],
    },
    { prompt: 10, input: 10, output: 5, image_output: 1_290 },
  ],
];

describe("a usage object is read as its vendor means it", () => {
  test.each(CASES)("%s", (_what, usage, expected) => {
    const read = vendorUsage(usage);
    expect(counts(read)).toEqual(expected);
    expect(read.unread).toBeUndefined();
    expect(read.requests).toEqual({ digits: 1n, scale: 0 });
  });

  test("no token is counted twice: the parts of a chat are its total", () => {
    for (const [, usage] of CASES) {
      if (!("total_tokens" in usage)) continue;
      const { quantities } = vendorUsage(usage);
      const tokens = quantities.filter(({ unit }) => unit === "token");
      expect(tokens.reduce((sum, { count }) => sum + Number(decimalText(count)), 0)).toBe(usage.total_tokens);
    }
  });

  test("inside the whole answer that it stands in, with the tier", () => {
    const answer = {
      id: "x",
      model: "y",
      service_tier: "flex",
      usage: { prompt_tokens: 3, completion_tokens: 4, completion_tokens_details: null },
    };
    expect(vendorUsage(answer)).toMatchObject({ dialect: "openai-chat", tier: "flex" });
    expect(counts(vendorUsage(answer))).toEqual({ prompt: 3, input: 3, output: 4 });
    expect(vendorUsage({ usageMetadata: { promptTokenCount: 3 } })).toMatchObject({ dialect: "google" });
    expect(vendorUsage({ input_tokens: 1, output_tokens: 1, service_tier: "batch" }).tier).toBe("batch");
  });

  test("what is stated and not understood is told", () => {
    expect(
      vendorUsage({ prompt_tokens: 1, completion_tokens: 1, num_sources_used: 3, cost: 0 }).unread,
    ).toEqual(["num_sources_used"]);
  });

  test.each<readonly [object, RegExp]>([
    [{}, /no usage that is known/],
    [{ tokens: 5 }, /no usage that is known/],
    [{ prompt_tokens: -1 }, /prompt_tokens is no count: -1/],
    [{ prompt_tokens: "5" }, /prompt_tokens is no count: "5"/],
    [{ prompt_tokens: 1e300 }, /no count/],
    [
      { prompt_tokens: 5, prompt_tokens_details: { cached_tokens: 6 } },
      /the parts of the .* are more than all/,
    ],
    [{ output_tokens: 5, output_tokens_details: { reasoning_tokens: 6 } }, /the parts of the output/],
    [
      { cache_creation_input_tokens: 5, cache_creation: { ephemeral_1h_input_tokens: 6 } },
      /the parts of the cache_creation_input_tokens/,
    ],
  ])("%j is refused", (usage, message) => {
    expect(() => vendorUsage(usage)).toThrow(BadUsage);
    expect(() => vendorUsage(usage)).toThrow(message);
  });
});
