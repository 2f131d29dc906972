/** Money against the recorded bodies, read without the program's own code, and against another calculator. */
import { calcPrice, extractUsage, findProvider, waitForUpdate } from "@pydantic/genai-prices";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { moved } from "./digits.ts";
import { newHome, type Document, type Home, type Served } from "./program.ts";
import { directory, rowsOf } from "./recorded.ts";

const BODY = "openrouter/models-all.2026-08-05.json";
const SOURCES = ["openrouter", "genai-prices", "anthropic", "openai", "google", "groq", "cerebras"];
/** The day of the other calculator's edition. */
const AT = new Date("2026-09-23T12:00:00Z");

let upstreams: Upstreams;
let home: Home;
let served: Served;

beforeAll(async () => {
  upstreams = await startUpstreams({ directory: directory() });
  home = newHome({ MODELDEX_MIRROR: upstreams.url });
  await home.ask(["sync", ...SOURCES]);
  served = await home.serve({ MODELDEX_SOURCES: "groq" });
  await waitForUpdate();
});

afterAll(async () => {
  await served.stop();
  await upstreams.close();
  home.drop();
});

interface PriceShown {
  readonly meter: string;
  readonly per_million?: string;
  readonly when?: object;
}

async function offersOf(gateway: string): Promise<ReadonlyMap<string, Document>> {
  const offers = new Map<string, Document>();
  for (let offset = 0; ; offset += 1_000) {
    const page = await served.get(`/v1/offers?gateway=${gateway}&limit=1000&offset=${offset}`);
    for (const offer of page.data) offers.set(offer.id, offer);
    if (!page.has_more) return offers;
  }
}

describe("accuracy", () => {
  test("no price that OpenRouter's body states for tokens differs from what is answered", async () => {
    const offers = await offersOf("openrouter");
    const differing: string[] = [];
    let compared = 0;
    for (const { id, pricing, architecture } of rowsOf(BODY)) {
      const stated = pricing as { readonly prompt: string; readonly completion: string };
      const { output_modalities: outputs } = architecture as {
        readonly output_modalities: readonly string[];
      };
      if (!outputs.includes("text") || Number(stated.prompt) <= 0) continue;
      const shown = (offers.get(`openrouter/unstated/${id}`)?.["prices"] ?? []) as readonly PriceShown[];
      const plain = (meter: string) =>
        shown.find((price) => price.meter === meter && price.when === undefined)?.per_million;
      compared += 1;
      if (plain("input") !== moved(stated.prompt, 6) || plain("output") !== moved(stated.completion, 6))
        differing.push(id);
    }
    console.log(`openrouter beside its body: ${compared} offers compared, ${differing.length} differ`);
    expect(compared).toBeGreaterThan(300);
    expect(differing).toEqual([]);
  });

  test("of a price list of others is counted beside the gateways' own, by a command", async () => {
    const ended = await home.run(["accuracy", "genai-prices"]);
    console.log(ended.out.split("\n").slice(0, 14).join("\n"));
    const found = JSON.parse((await home.run(["accuracy", "genai-prices", "--json"])).out);
    expect(found).toMatchObject({ object: "accuracy", source: "genai-prices", authority: "third-party" });
    expect(found.compared).toBeGreaterThan(200);
    expect(found.wrong).toBeGreaterThan(0);
    const own = JSON.parse((await home.run(["accuracy", "openrouter", "--json"])).out);
    expect(own).toMatchObject({ differing: 0 });
  });
});

const chat = (prompt: number, completion: number, cached = 0, reasoning = 0) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion,
  prompt_tokens_details: { cached_tokens: cached },
  completion_tokens_details: { reasoning_tokens: reasoning },
});
const responses = (input: number, output: number, cached = 0, reasoning = 0) => ({
  input_tokens: input,
  output_tokens: output,
  total_tokens: input + output,
  input_tokens_details: { cached_tokens: cached },
  output_tokens_details: { reasoning_tokens: reasoning },
});
const anthropic = (input: number, output: number, read = 0, written = 0, hour = 0) => ({
  input_tokens: input,
  output_tokens: output,
  cache_read_input_tokens: read,
  cache_creation_input_tokens: written + hour,
  cache_creation: { ephemeral_5m_input_tokens: written, ephemeral_1h_input_tokens: hour },
});
const google = (prompt: number, candidates: number, cached = 0, thoughts = 0, audio = 0) => ({
  promptTokenCount: prompt,
  candidatesTokenCount: candidates,
  cachedContentTokenCount: cached,
  thoughtsTokenCount: thoughts,
  totalTokenCount: prompt + candidates + thoughts,
  promptTokensDetails: [
    { modality: "TEXT", tokenCount: prompt - audio },
    ...(audio === 0 ? [] : [{ modality: "AUDIO", tokenCount: audio }]),
  ],
});

type Case = readonly [offer: string, provider: string, model: string, flavor: string, usage: object];

const ofAnthropic = (model: string, usage: object): Case => [
  `anthropic/anthropic/${model}`,
  "anthropic",
  model,
  "default",
  usage,
];
const ofOpenAi = (model: string, flavor: string, usage: object): Case => [
  `openai/openai/${model}`,
  "openai",
  model,
  flavor,
  usage,
];
const ofGoogle = (model: string, usage: object): Case => [
  `google/google/models/${model}`,
  "google",
  model,
  "default",
  usage,
];
const ofOpenRouter = (model: string, usage: object): Case => [
  `openrouter/unstated/${model}`,
  "openrouter",
  model,
  "chat",
  usage,
];

const CASES: readonly Case[] = [
  ofAnthropic("claude-sonnet-4-6", anthropic(2_000, 900)),
  ofAnthropic("claude-opus-4-8", anthropic(50, 700, 18_000, 1_200)),
  ofAnthropic("claude-opus-4-6", anthropic(90, 120, 0, 300, 4_000)),
  ofAnthropic("claude-sonnet-5", anthropic(230_000, 1_500)),
  ofAnthropic("claude-sonnet-4-6", anthropic(10, 900, 199_990, 500)),
  ofOpenAi("gpt-5", "chat", chat(2_006, 1_300, 1_920, 1_024)),
  ofOpenAi("gpt-5", "responses", responses(75, 1_186, 30, 1_024)),
  ofOpenAi("gpt-4o", "chat", chat(10_000, 500, 8_000)),
  ofOpenAi("o3", "responses", responses(4_000, 9_000, 0, 8_500)),
  ofOpenAi("gpt-5.6-terra", "chat", chat(300_000, 7)),
  ofGoogle("gemini-2.5-pro", google(12_000, 800, 0, 2_000)),
  ofGoogle("gemini-2.5-pro", google(350_000, 800, 100_000)),
  ofGoogle("gemini-2.5-flash", google(9_000, 100, 0, 50, 6_000)),
  ofGoogle("gemini-2.5-flash-lite", google(1_000, 10)),
  ["groq/groq/openai/gpt-oss-120b", "groq", "openai/gpt-oss-120b", "default", chat(3_000, 600)],
  ["cerebras/cerebras/gpt-oss-120b", "cerebras", "gpt-oss-120b", "chat", chat(3_000, 600)],
  ofOpenRouter("anthropic/claude-sonnet-4.5", chat(60_000, 2_000, 40_000)),
  ofOpenRouter("openai/gpt-5.6-luna", chat(300_000, 2_000)),
  ofOpenRouter("openai/gpt-oss-120b", chat(5_000, 900)),
  ofOpenRouter("google/gemini-2.5-flash", chat(5_000, 900, 1_000)),
];

interface Part {
  readonly meter: string;
  readonly count: string;
  readonly price: { readonly per_million?: string };
}

describe("the cost of twenty usage objects beside another calculator's", () => {
  test("is the same wherever the prices are, and differs only by a price that the gateway states otherwise", async () => {
    const lines: string[] = [];
    const unexplained: string[] = [];
    for (const [id, providerId, model, flavor, usage] of CASES) {
      const ours = await costAt(id, usage);
      const theirs = await theirCost(providerId, model, flavor, usage);
      const isSame = Math.abs(ours.usd - theirs.usd) <= theirs.usd * 1e-9;
      const reason = isSame ? "" : reasonOf(ours, theirs);
      lines.push(`${isSame ? "same  " : "differs"} ${id}: ${ours.usd} beside ${theirs.usd} ${reason}`);
      if (!isSame && reason === "") unexplained.push(id);
    }
    console.log(lines.join("\n"));
    expect(lines).toHaveLength(20);
    expect(unexplained).toEqual([]);
    expect(lines.filter((line) => line.startsWith("same")).length).toBeGreaterThanOrEqual(14);
  });
});

interface Costed {
  readonly usd: number;
  readonly isOwnPrice: boolean;
  readonly parts: readonly Part[];
}

async function costAt(id: string, usage: object): Promise<Costed> {
  const offers = await offersOf(id.split("/")[0] ?? "");
  const answer = await fetch(`${served.url}/v1/cost`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: offers.get(id)?.["model"], usage }),
  });
  const cost = (await answer.json()) as {
    readonly data: readonly (Document & { readonly offer: string })[];
  };
  const found = cost.data.find(({ offer }) => offer === id);
  if (found === undefined) throw new Error(`${id} has no cost: ${JSON.stringify(cost).slice(0, 600)}`);
  return {
    usd: Number(found["usd"]),
    isOwnPrice: found["prices_source"] === undefined,
    parts: found["components"] as readonly Part[],
  };
}

async function theirCost(providerId: string, model: string, flavor: string, usage: object) {
  const provider = findProvider({ providerId });
  if (provider === undefined) throw new Error(providerId);
  const root = flavor === "default" && providerId === "google" ? "usageMetadata" : "usage";
  const read = extractUsage(provider, { model, modelVersion: model, [root]: usage }, flavor);
  const priced = calcPrice(read.usage, model, { providerId, timestamp: AT });
  if (priced === null) throw new Error(`${providerId} ${model} is not known there`);
  return { usd: priced.total_price, sheet: priced.model_price };
}

const KEYS: { readonly [meter: string]: string } = {
  input: "input_mtok",
  output: "output_mtok",
  cache_read: "cache_read_mtok",
};

/** The gateway states another price than that list does; what else may differ is no reason. */
function reasonOf(ours: Costed, theirs: { readonly sheet: object }): string {
  if (!ours.isOwnPrice) return "";
  const sheet = new Map(Object.entries(theirs.sheet));
  const apart = ours.parts.flatMap(({ meter, price }) => {
    const stated = JSON.stringify(sheet.get(KEYS[meter] ?? "") ?? "nothing");
    return stated === price.per_million
      ? []
      : [`${meter}: the gateway states ${price.per_million}, it ${stated}`];
  });
  return apart.length === 0 ? "" : `(${apart.join("; ")})`;
}
