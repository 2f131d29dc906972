/** A page whose body never came is asked for by half: what follows is then what the half names, not what was asked for ahead. */
import { expect, test } from "vitest";
import { LIMITS } from "../../src/kit/limits.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { huggingface } from "../../src/sources/huggingface.ts";
import { runSource } from "../../src/sync/run.ts";
import { HUB_HOST, simulatedHub } from "../simulator/hub.ts";
import { hubModels } from "../simulator/hub-models.ts";

test("no row is lost between a page that broke off in its body and the half that came in its place", async () => {
  const hub = simulatedHub({ models: hubModels(2_500) });
  const ledger = await openLedger({ url: ":memory:", now: systemRuntime.now });
  let broken = 0;
  const report = await runSource(huggingface, {
    ledger,
    runtime: systemRuntime,
    transport: async ({ url, signal }) => {
      const { pathname: path, searchParams: query } = url;
      const reply = hub.answer({ method: "GET", url: url.href, host: HUB_HOST, path, query, headers: {} });
      const isFirst = !query.has("cursor") && query.get("limit") === "1000";
      if (isFirst) broken += 1;
      const body = isFirst ? never(signal) : bytesOf(reply.body ?? "");
      return { status: reply.status ?? 200, headers: { ...reply.headers }, body };
    },
    limits: { ...LIMITS, attemptMs: 300, backoffMs: 1 },
    addresses: { sourceUrls: new Map(), sourceCredentials: new Set(), mirrorCredentials: false },
    credential: () => "hf_canary",
    quotaShare: 1,
    intervalMs: 3_600_000,
    holder: "halved",
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  await ledger.close();
  expect(broken).toBe(1);
  expect(report).toMatchObject({ outcome: "complete", unique: 2_500, coverage: { kind: "whole" } });
});

async function* bytesOf(text: string | Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

/** The headers are here, and the body stays away. */
async function* never(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  yield Buffer.from("[");
  await new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
