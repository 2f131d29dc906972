/** What upstreams state, and what it is in dollars for a million: the same through the ledger, the command line and HTTP. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Billing, Price } from "../../src/domain/price.ts";
import type { StoredListing } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { moved } from "./digits.ts";
import { newHome, type Document, type Home, type Served } from "./program.ts";
import { directory } from "./recorded.ts";

/** `meter`, `meter over 200000 tokens`, `image per image` → dollars for a million tokens, or for one of another unit. */
interface Vector {
  readonly offer: string;
  readonly source: string;
  readonly billing?: Billing;
  readonly prices: { readonly [meter: string]: string };
}

const VECTORS: readonly Vector[] = [
  {
    offer: "openrouter/unstated/openai/gpt-oss-120b",
    source: "openrouter",
    prices: { input: "0.037", output: "0.17" },
  },
  {
    offer: "openrouter/unstated/openai/gpt-5.6-luna-pro",
    source: "openrouter",
    prices: {
      input: "0.1",
      output: "0.6",
      cache_read: "0.01",
      cache_write: "0.125",
      "search per search": "0.005",
      "input over 272000 tokens": "0.2",
      "output over 272000 tokens": "0.9",
      "cache_read over 272000 tokens": "0.02",
      "cache_write over 272000 tokens": "0.25",
    },
  },
  { offer: "openrouter/unstated/openrouter/auto", source: "openrouter", billing: "dynamic", prices: {} },
  {
    offer: "together/together/openai/gpt-oss-120b",
    source: "together",
    prices: { input: "0.15", output: "0.6" },
  },
  {
    offer: "together/together/cartesia/sonic",
    source: "together",
    prices: { "input per character": "0.000065" },
  },
  {
    offer: "groq/groq/openai/gpt-oss-120b",
    source: "groq",
    prices: { input: "0.15", output: "0.6", cache_read: "0.075" },
  },
  {
    offer: "novita/novita/deepseek/deepseek-v3-0324",
    source: "novita",
    prices: { input: "0.28", output: "1.14" },
  },
  {
    offer: "novita/novita/meta-llama/llama-3.3-70b-instruct",
    source: "novita",
    prices: { input: "0.13", output: "0.39" },
  },
  {
    offer: "xai/xai/grok-4.20-0309-non-reasoning",
    source: "xai",
    prices: {
      input: "1.25",
      output: "2.5",
      cache_read: "0.2",
      image_input: "1.25",
      "input over 200000 tokens": "2.5",
      "output over 200000 tokens": "5",
      "cache_read over 200000 tokens": "0.4",
    },
  },
  { offer: "xai/xai/grok-imagine-image", source: "xai", prices: { "image per image": "0.02" } },
  { offer: "cerebras/cerebras/gemma-4-31b", source: "cerebras", prices: { input: "0.99", output: "1.49" } },
  {
    offer: "chutes/chutes/Qwen/Qwen3-32B-TEE",
    source: "chutes",
    prices: { input: "0.104", output: "0.416", cache_read: "0.0104" },
  },
  {
    offer: "deepinfra/deepinfra/ByteDance/Seed-2.0-mini",
    source: "deepinfra",
    prices: { input: "0.1", output: "0.4", cache_read: "0.02" },
  },
  {
    offer: "deepinfra/deepinfra/openai/gpt-oss-20b",
    source: "deepinfra",
    prices: { input: "0.03", output: "0.14" },
  },
  {
    offer: "nebius/nebius/deepseek-ai/DeepSeek-V4-Flash",
    source: "nebius",
    prices: { input: "0.14", output: "0.28" },
  },
  {
    offer: "huggingface/together/moonshotai/Kimi-K3",
    source: "huggingface-router",
    prices: { input: "3", output: "15" },
  },
];

let upstreams: Upstreams;
let home: Home;
let served: Served;
let listings: readonly StoredListing[];

beforeAll(async () => {
  upstreams = await startUpstreams({ directory: directory() });
  home = newHome({ MODELDEX_MIRROR: upstreams.url });
  await home.ask(["sync", ...new Set(VECTORS.map(({ source }) => source))]);
  served = await home.serve({ MODELDEX_SOURCES: "chutes" });
  const ledger = await openLedger({
    url: join(home.settings["MODELDEX_HOME"] ?? "", "modeldex.db"),
    now: Date.now,
  });
  listings = await Array.fromAsync(ledger.openListings());
  await ledger.close();
});

afterAll(async () => {
  await served.stop();
  await upstreams.close();
  home.drop();
});

describe.each(VECTORS)("$offer", ({ offer, source, billing = "metered", prices }) => {
  const nativeId = offer.split("/").slice(2).join("/");
  const gateway = offer.split("/")[0] ?? "";
  const stated = { billing, prices, disagreeing: [] };

  test("in the ledger", () => {
    const found = listings.find(
      (one) => one.source === source && `${one.gateway}/${one.provider}/${one.nativeId}` === offer,
    );
    expect(found?.facts.billing).toBe(billing);
    expect(asVector(found?.facts.prices ?? [])).toEqual(prices);
  });

  test("on the command line", async () => {
    const { data } = await home.ask(["offers", "--gateway", gateway, "--limit", "1000"]);
    expect(shownOf(data.find(({ id }) => id === offer))).toEqual(stated);
  });

  test("over HTTP", async () => {
    const { data } = await served.get(
      `/v1/offers?gateway=${gateway}&limit=1000&q=${encodeURIComponent(nativeId)}`,
    );
    expect(shownOf(data.find(({ id }) => id === offer))).toEqual(stated);
  });
});

/** A document's prices by its two ways of saying them, which must agree. */
function shownOf(document: Document | undefined) {
  const shown = (document?.["prices"] ?? []) as readonly (Price & { readonly per_million?: string })[];
  const disagreeing = shown.filter(
    ({ unit, usd, per_million: million }) => million !== (unit === "token" ? moved(usd, 6) : undefined),
  );
  return { billing: document?.["billing"], prices: asVector(shown), disagreeing };
}

function asVector(prices: readonly Price[]): Vector["prices"] {
  return Object.fromEntries(
    prices.map(({ meter, unit, usd, when }) => [
      [
        meter,
        ...(unit === "token" ? [] : [`per ${unit}`]),
        ...(when?.promptTokensOver === undefined ? [] : [`over ${when.promptTokensOver} tokens`]),
      ].join(" "),
      unit === "token" ? moved(usd, 6) : usd,
    ]),
  );
}
