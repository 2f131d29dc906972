/** The recorded series: what an upstream's items gained and lost is named on the day, and a recorder's noise is nothing. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { httpTransport } from "../../src/kit/client.ts";
import { LIMITS } from "../../src/kit/limits.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { SOURCES } from "../../src/sources/index.ts";
import { runSource, type RunReport } from "../../src/sync/run.ts";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { daysOf, directory } from "./recorded.ts";

let upstreams: Upstreams;
let ledger: Ledger;
const network = httpTransport({});

beforeEach(async () => {
  upstreams = await startUpstreams({ directory: directory() });
  ledger = await openLedger({ url: ":memory:", now: Date.now });
});
afterEach(async () => {
  await upstreams.close();
  await ledger.close();
});

/** Reads a source day by day; answers the paths that drifted, by day. */
async function driftByDay(id: string, dates: readonly string[]) {
  const drift = new Map<string, readonly string[]>();
  const reports: RunReport[] = [];
  for (const date of dates) {
    upstreams.setAt(date);
    const before = new Set((await open()).map(({ subject, message }) => subject + message));
    reports.push(await read(id));
    const fresh = (await open()).filter(({ subject, message }) => !before.has(subject + message));
    if (fresh.length > 0)
      drift.set(date, fresh.map(({ subject, message }) => `${message.split(":")[0]} ${subject}`).toSorted());
  }
  return { drift, reports };
}

function open() {
  return ledger.findings({ kind: "drift", limit: 1_000 });
}

async function read(id: string): Promise<RunReport> {
  const source = SOURCES.find((one) => one.id === id);
  if (source === undefined) throw new Error(`there is no source ${id}`);
  return runSource(source, {
    ledger,
    runtime: systemRuntime,
    transport: network.transport,
    limits: LIMITS,
    addresses: {
      mirror: upstreams.url,
      mirrorCredentials: false,
      sourceUrls: new Map(),
      sourceCredentials: new Set(),
    },
    credential: () => undefined,
    quotaShare: 1,
    intervalMs: 0,
    holder: "acceptance",
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
}

describe("drift", () => {
  test("xAI's list states prices from 2026-05-23, and aliases and context by 2026-08-05", async () => {
    const { drift } = await driftByDay("xai", [
      "2026-05-01",
      "2026-05-06",
      "2026-05-16",
      "2026-05-21",
      "2026-05-23",
      "2026-08-05",
    ]);
    expect([...drift.keys()]).toEqual(["2026-05-23", "2026-08-05"]);
    expect(drift.get("2026-05-23")).toEqual(
      [
        "cached_prompt_text_token_price",
        "cached_prompt_text_token_price_long_context",
        "completion_text_token_price",
        "completion_text_token_price_long_context",
        "image_price",
        "long_context_threshold",
        "prompt_image_token_price",
        "prompt_text_token_price",
        "prompt_text_token_price_long_context",
      ].map((path) => `new ${path}`),
    );
    expect(drift.get("2026-08-05")).toEqual(["new aliases", "new aliases[]", "new context_length"]);
  });

  test("chutes' twenty days drift nowhere, and its noise opens no version on a day without news", async () => {
    const days = daysOf("https://llm.chutes.ai/v1/models", "2026-06-11", "2026-06-30").map(
      ({ date }) => date,
    );
    const { drift, reports } = await driftByDay("chutes", days);
    expect([...drift.keys()]).toEqual([]);
    expect(
      reports.slice(1).filter(({ added, changed, removed }) => added + changed + removed === 0).length,
    ).toBeGreaterThan(10);
  });

  test("openrouter's July names what came, once", async () => {
    const days = daysOf("https://openrouter.ai/api/v1/models?output", "2026-07-13", "2026-08-05").map(
      ({ date }) => date,
    );
    const { drift } = await driftByDay("openrouter", days);
    const named = [...drift.values()].flat();
    expect(new Set(named).size).toBe(named.length);
    expect([...drift.keys()]).toEqual(["2026-07-14", "2026-07-30"]);
    expect(drift.get("2026-07-14")).toContain("new pricing.overrides[].min_prompt_tokens");
    expect(drift.get("2026-07-30")).toEqual([
      "new alias_target",
      "new alias_target.name",
      "new alias_target.slug",
    ]);
  });
});
