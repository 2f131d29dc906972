/** A Hub that can be changed between two looks at it, read by the job on a clock that moves only when somebody waits. */
import type { HubModel } from "../../src/domain/hub-model.ts";
import { LIMITS } from "../../src/kit/limits.ts";
import type { Runtime } from "../../src/kit/runtime.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { huggingfaceHub } from "../../src/sources/huggingface-hub.ts";
import type { SyncContext } from "../../src/sync/context.ts";
import { runSource, type RunReport } from "../../src/sync/run.ts";
import type { Reply } from "../../tools/upstreams/exchange.ts";
import { virtualClock } from "../bad-world/scripted.ts";
import { HUB_HOST, simulatedHub, type HubOptions } from "../simulator/hub.ts";
import { hubModels, type HubModel as Made } from "../simulator/hub-models.ts";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export interface HubWorld {
  readonly ledger: Ledger;
  readonly clock: Runtime;
  /** What the Hub holds: may be changed. */
  readonly models: Made[];
  readonly renamed: Map<string, string>;
  /** Every request since the last run began. */
  readonly asked: readonly URL[];
  /** In place of the Hub's own answer, as long as it is set. */
  answer?: ((url: URL) => Reply | undefined) | undefined;
  run(changed?: Partial<SyncContext>): Promise<RunReport>;
  /** The models that the ledger gives, by id. */
  known(): Promise<ReadonlyMap<string, HubModel>>;
  pass(ms: number): Promise<void>;
  close(): Promise<void>;
}

export async function openHubWorld(count: number, options: Partial<HubOptions> = {}): Promise<HubWorld> {
  const clock = virtualClock();
  const ledger = await openLedger({ url: ":memory:", now: clock.now });
  const models = hubModels(count, { untaskedEvery: 9 });
  const renamed = new Map<string, string>();
  const hub = simulatedHub({ models, renamed, now: clock.now, onPage: () => undefined, ...options });
  const asked: URL[] = [];
  const world: HubWorld = {
    ledger,
    clock,
    models,
    renamed,
    asked,
    run: (changed = {}) => {
      asked.length = 0;
      return runSource(huggingfaceHub, { ...context, ...changed });
    },
    known: async () => {
      const known = new Map<string, HubModel>();
      for await (const chunk of ledger.hub.models()) for (const model of chunk) known.set(model.id, model);
      return known;
    },
    pass: (ms) => clock.sleep(ms),
    close: () => ledger.close(),
  };
  const context: SyncContext = {
    ledger,
    runtime: clock,
    transport: async ({ url }) => {
      asked.push(url);
      const request = {
        method: "GET",
        url: url.href,
        host: HUB_HOST,
        path: url.pathname,
        query: url.searchParams,
        headers: {},
      };
      const reply = world.answer?.(url) ?? hub.answer(request);
      const text = reply.body ?? JSON.stringify(reply.value);
      return { status: reply.status ?? 200, headers: { ...reply.headers }, body: bytesOf(text) };
    },
    limits: LIMITS,
    addresses: { sourceUrls: new Map(), sourceCredentials: new Set(), mirrorCredentials: false },
    credential: () => undefined,
    quotaShare: 0.8,
    intervalMs: HOUR_MS,
    holder: "hub-world",
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  return world;
}

async function* bytesOf(text: string | Buffer): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
