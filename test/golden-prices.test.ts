/** Golden price vectors: what each upstream's wire states, and what that is in dollars for a million. */
import { describe, expect, test } from "vitest";
import { perMillion, type Price } from "../src/domain/price.ts";
import type { Facts } from "../src/domain/listing.ts";
import { mapItem } from "../src/kit/map.ts";
import { SOURCES } from "../src/sources/index.ts";

/** `meter` or `meter if condition` → dollars for a million units. */
type Expected = { readonly [meter: string]: string };
type Vector = readonly [source: string, what: string, item: object, perMillion: Expected];

const openrouter = (pricing: object, outputs = ["text"], id = "openai/gpt-oss-120b") => ({
  id,
  architecture: { input_modalities: ["text"], output_modalities: outputs },
  pricing,
});
const hub = (pricing: object, more: object = {}) => ({
  id: "moonshotai/Kimi-K3",
  providers: [{ provider: "together", status: "live", pricing, ...more }],
});
const nebius = (input: number, output: number) => ({
  name: "DeepSeek-V4-Flash",
  flavors: [
    {
      model_id: "deepseek-ai/DeepSeek-V4-Flash",
      input_price_per_million_tokens: input,
      output_price_per_million_tokens: output,
    },
  ],
});

const venice = (pricing: object, type = "text") => ({ id: "llama-3.3-70b", type, model_spec: { pricing } });
const zenmux = (pricings: object) => ({ id: "a/b", output_modalities: ["text"], pricings });
const perMTokens = (value: number, prompt?: object) => ({
  value,
  unit: "perMTokens",
  currency: "USD",
  ...(prompt === undefined ? {} : { conditions: { prompt_tokens: { ...prompt, unit: "kTokens" } } }),
});
const perCount = (value: number) => ({ value, unit: "perCount", currency: "USD" });
const HALF_AND_ONE: Expected = { input: "0.5", output: "1" };

const VECTORS: readonly Vector[] = [
  [
    "openrouter",
    "dollars per token",
    openrouter({ prompt: "0.000000037", completion: "0.00000017" }),
    { input: "0.037", output: "0.17" },
  ],
  [
    "openrouter",
    "an override above a prompt length",
    openrouter({
      prompt: "0.0000001",
      completion: "0.0000006",
      overrides: [{ min_prompt_tokens: 272_000, prompt: "0.0000002", completion: "0.0000009" }],
    }),
    { input: "0.1", output: "0.6", "input if over 272000": "0.2", "output if over 272000": "0.9" },
  ],
  [
    "openrouter",
    "an override that wraps midnight",
    openrouter({
      prompt: "0.000001",
      completion: "0.000002",
      overrides: [{ utc_start: 1000, utc_end: 100, prompt: "0.0000005" }],
    }),
    { input: "1", output: "2", "input if from 600 to 60": "0.5" },
  ],
  [
    "openrouter",
    "twenty-two decimals, exactly",
    openrouter({
      prompt: "0.000000002",
      completion: "0.000000002",
      input_cache_write: "0.0000000208333333333333",
      input_cache_write_1h: "0.00000004",
    }),
    { input: "0.002", output: "0.002", cache_write: "0.0208333333333333", "cache_write if 1h": "0.04" },
  ],
  ["openrouter", "a router's -1 is no price", openrouter({ prompt: "-1", completion: "-1" }), {}],
  [
    "openrouter",
    "zeros of 2025 are unused meters",
    openrouter({ prompt: "0.000003", completion: "0.000015", request: "0", image: "0", web_search: "0" }),
    { input: "3", output: "15" },
  ],
  [
    "openrouter",
    "zero beside a video is no price",
    openrouter({ prompt: "0", completion: "0" }, ["video"]),
    {},
  ],
  ["openrouter", "zero without a word of it is no price", openrouter({ prompt: "0", completion: "0" }), {}],
  [
    "openrouter",
    "zero that is stated to be free",
    openrouter({ prompt: "0", completion: "0" }, ["text"], "openai/gpt-oss-20b:free"),
    { input: "0", output: "0" },
  ],
  [
    "openrouter",
    "speech by the character",
    openrouter({ prompt: "0.000015", completion: "0" }, ["speech"]),
    { "input per character": "15" },
  ],
  [
    "openrouter",
    "transcription by who knows what",
    openrouter({ prompt: "0.0001", completion: "0" }, ["transcription"]),
    {},
  ],
  [
    "together",
    "dollars per million",
    { id: "openai/gpt-oss-120b", type: "chat", pricing: { input: 0.15, output: 0.6 } },
    { input: "0.15", output: "0.6" },
  ],
  [
    "together",
    "speech by the million characters",
    { id: "cartesia/sonic", type: "audio", pricing: { input: 65, output: 0 } },
    { "input per character": "65" },
  ],
  [
    "together",
    "zero is no price",
    { id: "togethercomputer/MoA-1", type: "chat", pricing: { input: 0, output: 0 } },
    {},
  ],
  [
    "groq",
    "dollars per token",
    { id: "openai/gpt-oss-120b", pricing: { prompt: "0.00000015", completion: "0.0000006", request: "0" } },
    { input: "0.15", output: "0.6" },
  ],
  [
    "novita",
    "ten-thousandths per million",
    { id: "deepseek/deepseek-v3-0324", input_token_price_per_m: 2800, output_token_price_per_m: 11_400 },
    { input: "0.28", output: "1.14" },
  ],
  [
    "novita",
    "again",
    {
      id: "meta-llama/llama-3.3-70b-instruct",
      input_token_price_per_m: 1300,
      output_token_price_per_m: 3900,
    },
    { input: "0.13", output: "0.39" },
  ],
  [
    "xai",
    "cents per hundred million, dearer for long prompts",
    {
      id: "grok-4.20-0309-non-reasoning",
      prompt_text_token_price: 12_500,
      completion_text_token_price: 25_000,
      cached_prompt_text_token_price: 2_000,
      long_context_threshold: 200_000,
      prompt_text_token_price_long_context: 25_000,
      completion_text_token_price_long_context: 50_000,
    },
    {
      input: "1.25",
      output: "2.5",
      cache_read: "0.2",
      "input if over 200000": "2.5",
      "output if over 200000": "5",
    },
  ],
  [
    "xai",
    "two cents for an image",
    { id: "grok-imagine-image", image_price: 200_000_000 },
    { "image per image": "20000" },
  ],
  [
    "deepinfra",
    "float noise",
    {
      id: "Qwen/Qwen3.5-27B",
      metadata: { pricing: { input_tokens: 0.26, output_tokens: 2.5999999999999996 } },
    },
    { input: "0.26", output: "2.6" },
  ],
  [
    "cerebras",
    "dollars per token",
    { id: "gemma-4-31b", pricing: { prompt: "0.00000099", completion: "0.00000149" } },
    { input: "0.99", output: "1.49" },
  ],
  [
    "chutes",
    "OpenRouter's names, but per million",
    {
      id: "Qwen/Qwen3-32B-TEE",
      pricing: { prompt: 0.104, completion: 0.416, input_cache_read: 0.010399999999999998 },
    },
    { input: "0.104", output: "0.416", cache_read: "0.0104" },
  ],
  ["nebius", "dollars per million", nebius(0.14, 0.28), { input: "0.14", output: "0.28" }],
  [
    "nebius-account",
    "dollars per token",
    { id: "deepseek-ai/DeepSeek-V4-Flash", pricing: { prompt: "0.00000014", completion: "0.00000028" } },
    { input: "0.14", output: "0.28" },
  ],
  ["huggingface-router", "dollars per million", hub({ input: 3, output: 15 }), { input: "3", output: "15" }],
  ["huggingface-router", "zero that is not free", hub({ input: 0, output: 0 }, { is_free: false }), {}],
  [
    "huggingface-router",
    "zero that is free",
    hub({ input: 0, output: 0 }, { is_free: true }),
    { input: "0", output: "0" },
  ],
  [
    "sambanova",
    "dollars per token",
    { id: "DeepSeek-R1-0528", pricing: { prompt: "0.00000500", completion: "0.00000700" } },
    { input: "5", output: "7" },
  ],
  [
    "sambanova",
    "transcription by the hour, not by its zeros",
    {
      id: "Whisper-Large-v3",
      pricing: { prompt: "0.00000000", completion: "0.00000000", duration_per_hour: "0.100" },
    },
    { "audio_input per hour": "100000" },
  ],
  [
    "perplexity",
    "dollars per million, as the row says",
    {
      id: "anthropic/claude-fable-5",
      pricing: { input: 10, output: 50, cache_read: 1, unit: "usd_per_1m_tokens" },
    },
    { input: "10", output: "50", cache_read: "1" },
  ],
  [
    "perplexity",
    "another unit is not converted",
    { id: "a/b", pricing: { input: 10, output: 50, unit: "usd_per_1k_tokens" } },
    {},
  ],
  [
    "vercel",
    "dearer from a prompt length on, that one included",
    {
      id: "google/gemini-3-pro",
      pricing: {
        input: "0.000002",
        input_tiers: [
          { cost: "0.000002", min: 0, max: 200_001 },
          { cost: "0.000004", min: 200_001 },
        ],
        output: "0.000012",
        input_cache_read: "0.0000002",
        web_search: "14",
      },
    },
    {
      input: "2",
      output: "12",
      cache_read: "0.2",
      "search per search": "14000",
      "input if over 200000": "4",
    },
  ],
  [
    "vercel",
    "an image",
    { id: "a/b", type: "image", pricing: { image: "0.04" } },
    { "image per image": "40000" },
  ],
  ["vercel", "zero is no price", { id: "a/b", pricing: { input: "0", output: "0" } }, {}],
  [
    "baseten",
    "dollars per token, as text or numbers",
    { id: "a/b", pricing: { prompt: 6e-7, completion: "0.0000022" } },
    { input: "0.6", output: "2.2" },
  ],
  [
    "requesty",
    "numbers for one token",
    { id: "google/gemini-2.5-pro", input_price: 1.25e-6, output_price: 1e-5, max_output_tokens: 0 },
    { input: "1.25", output: "10" },
  ],
  [
    "requesty",
    "caching, where it is said to be there",
    {
      id: "google/gemini-2.5-pro",
      input_price: 1.25e-6,
      output_price: 1e-5,
      cached_price: 3.1e-7,
      caching_price: 2.375e-6,
      supports_caching: true,
    },
    { input: "1.25", output: "10", cache_read: "0.31", cache_write: "2.375" },
  ],
  ["requesty", "5e-07 is a number too", { id: "a/b", input_price: 5e-7, output_price: 1e-6 }, HALF_AND_ONE],
  [
    "venice",
    "dollars per million, beside credits",
    venice({ input: { usd: 0.5, vcu: 5, diem: 0.5 }, output: { usd: 2, vcu: 20, diem: 2 } }),
    { input: "0.5", output: "2" },
  ],
  ["venice", "an image", venice({ generation: { usd: 0.01 } }, "image"), { "image per image": "10000" }],
  ["venice", "speech by who knows what", venice({ input: { usd: 3.5 } }, "tts"), {}],
  [
    "zenmux",
    "a unit in words",
    zenmux({ prompt: [perMTokens(5)], completion: [perMTokens(25)], web_search: [perCount(0.01)] }),
    { input: "5", output: "25", "search per search": "10000" },
  ],
  [
    "zenmux",
    "from 32 thousand tokens on, and more than 32 thousand",
    zenmux({
      prompt: [perMTokens(1.2, { gte: 0, lt: 32 }), perMTokens(2.4, { gte: 32 })],
      completion: [perMTokens(6, { gte: 0, lte: 32 }), perMTokens(12, { gt: 32 })],
    }),
    { input: "1.2", "input if over 31999": "2.4", output: "6", "output if over 32000": "12" },
  ],
  [
    "zenmux",
    "of two prices for the same prompts the dearer one",
    zenmux({ prompt: [perMTokens(2)], input_cache_read: [perMTokens(0.25), perMTokens(0.17)] }),
    { input: "2", cache_read: "0.25" },
  ],
  [
    "zenmux",
    "no price for short answers alone",
    zenmux({
      prompt: [
        { ...perMTokens(0.3), conditions: { completion_tokens: { gte: 0, lt: 0.2, unit: "kTokens" } } },
        { ...perMTokens(0.6), conditions: { completion_tokens: { gte: 0.2, unit: "kTokens" } } },
      ],
    }),
    { input: "0.6" },
  ],
  [
    "zenmux",
    "another currency is no dollar",
    zenmux({ prompt: [{ ...perMTokens(7), currency: "CNY" }] }),
    {},
  ],
  [
    "zenmux",
    "another unit is not guessed",
    zenmux({ prompt: [{ ...perMTokens(7), unit: "perKTokens" }] }),
    {},
  ],
  [
    "kilo",
    "OpenRouter's sheet; an image has no unit there",
    openrouter({ prompt: "0.00000125", completion: "0.00001", image: "0.00000125" }),
    { input: "1.25", output: "10" },
  ],
  ["kilo", "a router's -1 is no price", openrouter({ prompt: "-1", completion: "-1" }), {}],
  [
    "cloudflare",
    "dollars per token",
    {
      id: "@cf/openai/gpt-oss-120b",
      output_modalities: ["text"],
      pricing: { prompt: "0.00000035", completion: "0.00000075" },
    },
    { input: "0.35", output: "0.75" },
  ],
  [
    "deepinfra-list",
    "cents per token, and a factor for what is cached",
    {
      model_name: "moonshotai/Kimi-K2.5",
      type: "text-generation",
      pricing: {
        type: "tokens",
        cents_per_input_token: 4.5e-5,
        cents_per_output_token: 0.000225,
        rate_per_input_token_cached: 0.15555556,
        rate_per_input_token_cache_write: null,
      },
    },
    { input: "0.45", output: "2.25", cache_read: "0.07" },
  ],
  [
    "deepinfra-list",
    "tiers as factors of all that a token costs",
    {
      model_name: "a/b",
      pricing: {
        type: "tokens",
        cents_per_input_token: 5e-5,
        cents_per_output_token: 1e-4,
        rate_per_input_token_cached: 0.5,
        rate_per_service_tier_priority: 1.5,
        rate_per_service_tier_flex: 0,
      },
    },
    {
      ...HALF_AND_ONE,
      cache_read: "0.25",
      "input if priority": "0.75",
      "output if priority": "1.5",
      "cache_read if priority": "0.375",
    },
  ],
  [
    "deepinfra-list",
    "cents as text",
    { model_name: "a/b", pricing: { cents_per_input_token: "0.00005", cents_per_output_token: "0.0001" } },
    HALF_AND_ONE,
  ],
  [
    "deepinfra-list",
    "cents per character",
    {
      model_name: "a/b",
      type: "text-to-speech",
      pricing: { type: "input_character_length", cents_per_input_chars: 0.000062 },
    },
    { "input per character": "0.62" },
  ],
  [
    "xai-language",
    "cents per hundred million; a search in 1e-10 dollars",
    {
      id: "grok-3",
      prompt_text_token_price: 30_000,
      cached_prompt_text_token_price: 7_500,
      prompt_image_token_price: 0,
      completion_text_token_price: 150_000,
      search_price: 250_000_000,
    },
    { input: "3", output: "15", cache_read: "0.75", "search per search": "25000" },
  ],
  [
    "models-dev",
    "dollars per million, dearer for long prompts",
    {
      gateway: "google",
      nativeId: "models/gemini-2.5-pro",
      model: { cost: { input: 1.25, output: 10, context_over_200k: { input: 2.5, output: 15 } } },
    },
    { input: "1.25", output: "10", "input if over 200000": "2.5", "output if over 200000": "15" },
  ],
  [
    "featherless",
    "a subscription has no price",
    { id: "Sao10K/Fimbulvetr-11B-v2", pricing: { prompt: "0", completion: "0" } },
    {},
  ],
];

test.each(VECTORS)("%s: %s", (source, _what, item, expected) => {
  const prices = factsOf(source, item).prices ?? [];
  expect(Object.fromEntries(prices.map((price) => [label(price), perMillion(price)]))).toEqual(expected);
});

describe("how a caller pays", () => {
  test.each([
    ["openrouter", openrouter({ prompt: "-1", completion: "-1" }), "dynamic"],
    ["openrouter", openrouter({ prompt: "0", completion: "0" }), "unknown"],
    ["openrouter", openrouter({ prompt: "0.0001", completion: "0" }, ["transcription"]), "metered"],
    ["openrouter", openrouter({ prompt: "0", completion: "0" }, ["text"], "a/b:free"), "free"],
    [
      "openrouter",
      openrouter({ prompt: "0.000001", completion: "0.000002" }, ["text"], "a/b:free"),
      "metered",
    ],
    ["novita", { id: "a/b", input_token_price_per_m: 0, output_token_price_per_m: 0 }, "free"],
    [
      "novita",
      { id: "a/b", input_token_price_per_m: 7, output_token_price_per_m: 7, currency: "CNY" },
      "metered",
    ],
    ["together", { id: "a/b", type: "image", pricing: { input: 0, output: 0 } }, "unknown"],
    ["chutes", { id: "a/b", price: { usd: 0.2, tao: 0.001 } }, "metered"],
    ["chutes", { id: "a/b", price: { usd: 0, tao: 0 } }, "unknown"],
    ["huggingface-router", hub({ input: 0, output: 0 }, { is_free: false }), "unknown"],
    ["zenmux", { ...zenmux({ prompt: [perMTokens(0)] }), display_name: "B (Free)" }, "free"],
    ["zenmux", zenmux({ prompt: [perMTokens(0)] }), "unknown"],
    ["zenmux", zenmux({ prompt: [{ ...perMTokens(7), currency: "CNY" }] }), "metered"],
    ["kilo", openrouter({ prompt: "-1", completion: "-1" }), "dynamic"],
    ["kilo", { ...openrouter({ prompt: "0", completion: "0" }), isFree: true }, "free"],
    ["kilo", openrouter({ prompt: "0", completion: "0" }), "unknown"],
    ["venice", venice({ input: { usd: 3.5 } }, "tts"), "metered"],
    ["deepinfra-list", { model_name: "a/b", pricing: { type: "uptime" } }, "unknown"],
    ["models-dev", { gateway: "a", nativeId: "b", model: { cost: { input: 0, output: 0 } } }, "unknown"],
    ["ollama", { name: "qwen3:14b" }, "unknown"],
    ["featherless", { id: "a/b" }, "subscription"],
    ["fireworks", { id: "accounts/a/models/b" }, "unknown"],
    ["perplexity", { id: "a/b", pricing: { input: 10, unit: "usd_per_1k_tokens" } }, "metered"],
    ["perplexity", { id: "a/b" }, "unknown"],
    ["sambanova", { id: "a", pricing: { prompt: "0.00000000", completion: "0.00000000" } }, "unknown"],
  ])("%s: %j is %s", (source, item, billing) => {
    expect(factsOf(source, item).billing).toBe(billing);
  });
});

function factsOf(id: string, item: object): Facts {
  const source = SOURCES.find((one) => one.id === id);
  if (source === undefined) throw new Error(`no source ${id}`);
  const mapped = mapItem(source, item, "/0");
  expect(mapped.kind).toBe("listed");
  const [listing] = mapped.kind === "listed" ? mapped.listings : [];
  return listing?.facts ?? {};
}

function label({ meter, unit, when }: Price): string {
  const per = unit === "token" ? "" : ` per ${unit}`;
  if (when === undefined) return meter + per;
  const over = when.promptTokensOver === undefined ? [] : [`over ${when.promptTokensOver}`];
  const window = when.utc === undefined ? [] : [`from ${when.utc.from} to ${when.utc.to}`];
  const words = [when.tier, when.ttl].filter((word) => word !== undefined);
  return `${meter}${per} if ${[...over, ...window, ...words].join(" and ")}`;
}
