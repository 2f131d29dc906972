/** A source, its upstream and a ledger on disk: what runs of the real sync are tried with. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LIMITS } from "../../src/kit/limits.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { syncAll } from "../../src/sync/all.ts";
import type { SyncContext } from "../../src/sync/context.ts";
import type { RunReport } from "../../src/sync/run.ts";
import type { Item } from "../simulator/paging-styles.ts";
import { sourceOf } from "../worlds/lists.ts";
import { scriptedUpstream, type Upstream } from "../worlds/scripted-transport.ts";
import { virtualRuntime, type VirtualRuntime } from "../worlds/virtual-runtime.ts";
import { HOUR_MS, NOW } from "./states.ts";

export const SOURCE = sourceOf("alpha", "single");

export interface Bench {
  readonly path: string;
  readonly ledger: Ledger;
  readonly runtime: VirtualRuntime;
  readonly upstream: Upstream;
  readonly context: SyncContext;
  /** What the upstream lists from now on. */
  lists(...ids: readonly string[]): void;
  /** An hour later. */
  run(more?: Partial<SyncContext>): Promise<RunReport>;
  openIds(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openBench(lockWaitMs = 50): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "modeldex-sync-"));
  const path = join(folder, "modeldex.db");
  const runtime = virtualRuntime(NOW, () => 0.5);
  const ledger = await openLedger({ url: path, now: runtime.now, lockWaitMs });
  let list: readonly Item[] = [];
  const upstream = scriptedUpstream("single", () => list);
  const context: SyncContext = {
    ledger,
    runtime,
    transport: upstream.transport,
    limits: LIMITS,
    addresses: { sourceUrls: new Map(), sourceCredentials: new Set(), mirrorCredentials: false },
    credential: () => undefined,
    quotaShare: 1,
    intervalMs: HOUR_MS,
    holder: "one",
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  return {
    path,
    ledger,
    runtime,
    upstream,
    context,
    lists: (...ids) => {
      list = ids.map((id) => ({ id, name: id, price: "0.000001" }));
    },
    run: async (more = {}) => {
      runtime.advance(HOUR_MS);
      upstream.script({});
      const [report] = await syncAll([SOURCE], { ...context, ...more });
      if (report === undefined) throw new Error("one source, one report");
      return report;
    },
    openIds: async () =>
      (await ledger.sourceState(SOURCE.id)).open.map(({ nativeId }) => nativeId).toSorted(),
    close: async () => {
      await ledger.close();
      rmSync(folder, { recursive: true });
    },
  };
}
