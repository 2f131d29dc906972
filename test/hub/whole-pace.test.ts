/** The whole Hub and the list of what is served are asked at one origin: they share its pace, and the crawl leaves room. */
import { expect, test } from "vitest";
import { createGate, type Gate } from "../../src/kit/pace.ts";
import { huggingface } from "../../src/sources/huggingface.ts";
import { huggingfaceHub } from "../../src/sources/huggingface-hub.ts";
import { syncAll } from "../../src/sync/all.ts";
import type { SyncContext } from "../../src/sync/context.ts";
import { LIMITS } from "../../src/kit/limits.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { virtualClock } from "../bad-world/scripted.ts";
import { HUB_HOST, simulatedHub } from "../simulator/hub.ts";
import { hubModels } from "../simulator/hub-models.ts";

const QUOTA = 50;
const SHARE = 0.8;
const WINDOW_MS = 300_000;

/** Both lists, ten rows a page, at once. */
async function readBoth(gates: Map<string, Gate> | undefined) {
  const clock = virtualClock();
  const ledger = await openLedger({ url: ":memory:", now: clock.now });
  const hub = simulatedHub({ models: hubModels(900), quota: QUOTA, now: clock.now });
  /** By list, when each request was made. */
  const askedAt = { hub: new Array<number>(), served: new Array<number>() };
  const context: SyncContext = {
    ledger,
    runtime: clock,
    transport: async ({ url }) => {
      const { searchParams: query, pathname: path } = url;
      askedAt[query.has("inference_provider") ? "served" : "hub"].push(clock.monotonic());
      const request = { method: "GET", url: url.href, host: HUB_HOST, path, query, headers: {} };
      const { status = 200, headers = {}, body, value } = hub.answer(request);
      return { status, headers, body: bytesOf(body ?? JSON.stringify(value)) };
    },
    limits: { ...LIMITS, waitMaxMs: WINDOW_MS, runMs: 24 * 3_600_000 },
    addresses: { sourceUrls: new Map(), sourceCredentials: new Set(), mirrorCredentials: false },
    credential: () => undefined,
    quotaShare: SHARE,
    ...(gates === undefined ? {} : { gates }),
    intervalMs: 3_600_000,
    holder: "pace",
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  const reports = await syncAll([inTens(huggingface), inTens(huggingfaceHub)], context);
  await ledger.close();
  return { reports, hub, askedAt };
}

function inTens<Source extends typeof huggingface>(source: Source): Source {
  return {
    ...source,
    paging: { ...source.paging, pageSize: 10, query: { ...source.paging.query, limit: "10" } },
  };
}

async function* bytesOf(text: string | Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

test("together they stay within our share of every window, and nobody is refused", async () => {
  const { reports, hub } = await readBoth(new Map());
  expect(reports).toMatchObject([
    { source: "huggingface", outcome: "complete", pages: 90 },
    { source: "huggingface-hub", outcome: "complete", pages: 90, unique: 900 },
  ]);
  expect(hub.refused).toBe(0);
  expect(Math.max(...hub.windows)).toBeLessThanOrEqual(QUOTA * SHARE);
});

test("what one learns of the quota, the other knows before it asks", async () => {
  const gates = new Map([["https://huggingface.co", createGate()]]);
  const [gate] = gates.values();
  await readBoth(gates);
  expect(gate?.isTold).toBe(true);
  expect(new Set(gate?.usedUpUntil.keys())).toEqual(new Set([SHARE * 0.96, SHARE]));
});

test("the crawl leaves a part of our share to whoever asks for a list meanwhile", async () => {
  const { askedAt } = await readBoth(new Map());
  const windowsOf = (times: readonly number[]) => [
    ...Map.groupBy(times, (at) => Math.floor(at / WINDOW_MS)).values(),
  ];
  for (const requests of windowsOf(askedAt.hub)) expect(requests.length).toBeLessThan(QUOTA * SHARE);
});
