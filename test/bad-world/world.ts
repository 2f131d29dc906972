/** A small world to break: the simulator, a ledger in memory, the real sync and the real publish. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { httpTransport } from "../../src/kit/client.ts";
import { LIMITS, type Limits } from "../../src/kit/limits.ts";
import { systemRuntime, type Runtime } from "../../src/kit/runtime.ts";
import type { Catalog } from "../../src/catalog/catalog.ts";
import type { Source, WebSource } from "../../src/kit/source.ts";
import type { Transport } from "../../src/kit/transport.ts";
import type { Addresses } from "../../src/kit/place.ts";
import type { OnProgress } from "../../src/domain/progress.ts";
import { openLedger } from "../../src/ledger/open.ts";
import type { Ledger } from "../../src/ledger/ledger.ts";
import { publish } from "../../src/publish/publish.ts";
import { syncAll } from "../../src/sync/all.ts";
import type { SyncContext } from "../../src/sync/context.ts";
import type { RunReport } from "../../src/sync/run.ts";
import { textOf } from "../catalog/contents.ts";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";

/** As in the program, but with less patience. */
export const HASTY: Limits = {
  ...LIMITS,
  attemptMs: 5_000,
  runMs: 20_000,
  bodyBytesMax: 1024 * 1024,
  retriesPerPageMax: 1,
  retriesPerRunMax: 2,
  backoffMs: 1,
  backoffMaxMs: 5,
  waitMaxMs: 500,
};

export interface WorldOptions {
  readonly limits?: Partial<Limits>;
  readonly runtime?: Runtime;
  readonly transport?: Transport;
  readonly addresses?: Partial<Addresses>;
  readonly credentials?: { readonly [name: string]: string };
  readonly onProgress?: OnProgress;
  readonly intervalMs?: number;
  /** A simulator that is there already; the world does not close it. */
  readonly upstreams?: Upstreams;
}

/** What a reader is served of one gateway: its documents by id, as the bytes that leave the house. */
export type Served = ReadonlyMap<string, string>;

export interface World {
  readonly upstreams: Upstreams;
  readonly ledger: Ledger;
  readonly context: SyncContext;
  sync(...sources: readonly Source[]): Promise<readonly RunReport[]>;
  /** One source, one report. */
  run(source: Source, changed?: Partial<SyncContext>): Promise<RunReport>;
  /** Publishes, and reads what is served of each gateway. */
  served(...sources: readonly Source[]): Promise<ReadonlyMap<string, Served>>;
  close(): Promise<void>;
}

export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const upstreams = options.upstreams ?? (await startUpstreams());
  const runtime = options.runtime ?? systemRuntime;
  const directory = mkdtempSync(join(tmpdir(), "bad-world-"));
  const ledger = await openLedger({ url: ":memory:", now: runtime.now });
  const http = httpTransport({});
  const context: SyncContext = {
    ledger,
    runtime,
    transport: options.transport ?? http.transport,
    limits: { ...HASTY, ...options.limits },
    addresses: {
      sourceUrls: new Map(),
      sourceCredentials: new Set(),
      mirror: upstreams.url,
      mirrorCredentials: false,
      ...options.addresses,
    },
    credential: (names) => names.map((name) => options.credentials?.[name]).find((one) => one !== undefined),
    quotaShare: 0.8,
    intervalMs: options.intervalMs ?? 3_600_000,
    holder: "bad-world",
    signal: new AbortController().signal,
    onProgress: options.onProgress ?? (() => undefined),
  };
  const sync = (...sources: readonly Source[]) => syncAll(sources, context);
  return {
    upstreams,
    ledger,
    context,
    sync,
    run: async (source, changed = {}) => {
      const [report] = await syncAll([source], { ...context, ...changed });
      if (report === undefined) throw new Error("one source gives one report");
      return report;
    },
    served: async (...sources) => {
      const standings = new Map(
        sources.map(({ id, gateway, authority }) => [id, { gateway, authority }] as const),
      );
      const shelves = await publish({ ledger, runtime, directory, standings, holder: "bad-world" });
      return byGateway(sources, shelves.operator);
    },
    close: async () => {
      await ledger.close();
      await http.close();
      if (options.upstreams === undefined) await upstreams.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** The ids of the offers that are served of one gateway, in order. */
export function offersIn(served: Served | undefined): readonly string[] {
  return [...(served ?? new Map<string, string>()).keys()]
    .filter((id) => id.includes("/unstated/"))
    .toSorted();
}

/** What the model ids of unlinked offers begin with. */
export function offerIdOf(source: WebSource, nativeId: string): string {
  return `${source.gateway}/unstated/${nativeId}`;
}

function byGateway(sources: readonly Source[], catalog: Catalog): ReadonlyMap<string, Served> {
  const served = new Map<string, Map<string, string>>(sources.map(({ gateway }) => [gateway, new Map()]));
  for (const text of textOf(catalog).split("\n")) {
    if (text === "") continue;
    const { id, gateways, gateway } = JSON.parse(text) as {
      readonly id: string;
      readonly gateway?: string;
      readonly gateways?: readonly string[];
    };
    for (const name of gateways ?? [gateway ?? ""]) served.get(name)?.set(id, text);
  }
  return served;
}
