/** What every way of running needs, wired once: the ledger, the sources, the way to ask them, and the way to publish. */
import { hostname } from "node:os";
import { join } from "node:path";
import type { Freshness, Shelf } from "./catalog/catalog.ts";
import type { Config } from "./config.ts";
import type { OnProgress } from "./domain/progress.ts";
import { httpTransport } from "./kit/client.ts";
import { LIMITS } from "./kit/limits.ts";
import type { Addresses } from "./kit/place.ts";
import { systemRuntime, type Runtime } from "./kit/runtime.ts";
import type { Source } from "./kit/source.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { openLedger } from "./ledger/open.ts";
import { currentShelves, publish, type PublishContext, type Published } from "./publish/publish.ts";
import { UnknownName, type SourceCard } from "./serve/application.ts";
import { SOURCES } from "./sources/index.ts";
import type { SyncContext } from "./sync/context.ts";
import { skipReason } from "./sync/run.ts";

export interface Engine {
  readonly ledger: Ledger;
  readonly runtime: Runtime;
  readonly holder: string;
  /** True where a holder of a lease is a process of this machine that has died. */
  isGone(holder: string): boolean;
  /** The sources that the operator selected: all, unless he named some. */
  readonly sources: readonly Source[];
  readonly cards: readonly SourceCard[];
  /** Those of these names; all selected ones where none is named. Throws `UnknownName`. */
  sourcesNamed(names: readonly string[]): readonly Source[];
  syncContext(onProgress: OnProgress, signal: AbortSignal): SyncContext;
  publish(): Promise<Published>;
  /** What can be read now, for everybody or for the operator; nothing before the first revision. */
  shelf(audience: "public" | "operator"): Promise<Shelf | undefined>;
  /** Drops raw bodies beyond their bounds. */
  prune(): Promise<void>;
  close(): Promise<void>;
}

/** Raw bodies are kept within these bounds; the listings that were read from them stay. */
const RAW_BYTES_MAX = 1024 ** 3;
const RAW_AGE_MAX_MS = 365 * 24 * 3_600_000;

export async function openEngine(config: Config, known: readonly Source[] = SOURCES): Promise<Engine> {
  const runtime = systemRuntime;
  const holder = `${hostname()}:${process.pid}:${runtime.random().toString(36).slice(2)}`;
  const ledger = await openLedger({ url: config.database, now: runtime.now });
  const network = httpTransport({
    ...(config.proxy === undefined ? {} : { proxy: config.proxy }),
    ...(config.noProxy === undefined ? {} : { noProxy: config.noProxy }),
  });
  const addresses = addressesOf(config);
  const credential = (names: readonly string[]) => config.credential(names);
  const publishing: PublishContext = {
    ledger,
    runtime,
    holder,
    isGone,
    directory: join(config.home, "catalog"),
    standings: new Map(known.map(({ id, authority, gateway }) => [id, { authority, gateway }])),
  };

  function sourcesNamed(names: readonly string[]): readonly Source[] {
    const unknown = names.filter((name) => !known.some(({ id }) => id === name));
    if (unknown.length > 0) {
      throw new UnknownName(
        `there is no source ${unknown.join(", ")}; the sources are ${known.map(({ id }) => id).join(", ")}`,
      );
    }
    return names.length === 0 ? sources : known.filter(({ id }) => names.includes(id));
  }
  const sources = config.sources === undefined ? known : sourcesNamed(config.sources);

  return {
    ledger,
    runtime,
    holder,
    isGone,
    sources,
    sourcesNamed,
    cards: known.map((source) => cardOf(source, skipReason(source, { addresses, credential }) === undefined)),
    syncContext: (onProgress, signal) => ({
      ledger,
      runtime,
      transport: network.transport,
      limits: LIMITS,
      addresses,
      credential,
      quotaShare: config.quotaShare,
      intervalMs: config.syncIntervalMs,
      holder,
      isGone,
      signal,
      onProgress,
    }),
    publish: () => publish(publishing),
    shelf: async (audience) => {
      const shelves = await currentShelves(publishing);
      return shelves === undefined
        ? undefined
        : { catalog: shelves[audience], freshness: await freshnessOf(ledger) };
    },
    prune: async () => {
      await ledger.pruneRawBodies({ bytesMax: RAW_BYTES_MAX, olderThan: runtime.now() - RAW_AGE_MAX_MS });
    },
    close: async () => {
      await network.close();
      await ledger.close();
    },
  };
}

/** When each source was last read. */
export async function freshnessOf(ledger: Ledger): Promise<Freshness> {
  const health = await ledger.health();
  return new Map(
    health.flatMap(({ source, lastApplied }) =>
      lastApplied === undefined ? [] : [[source, lastApplied.observedAt]],
    ),
  );
}

function addressesOf(config: Config): Addresses {
  return {
    sourceUrls: new Map(Object.entries(config.sourceUrls)),
    sourceCredentials: new Set(
      Object.entries(config.sourceCredentials).flatMap(([id, allowed]) => (allowed ? [id] : [])),
    ),
    mirrorCredentials: config.mirrorCredentials,
    ...(config.mirror === undefined ? {} : { mirror: config.mirror }),
  };
}

function cardOf(source: Source, configured: boolean): SourceCard {
  const { id, title, docs, gateway, authority, priceUnit } = source;
  const isWeb = source.kind === "web";
  return {
    id,
    title,
    docs,
    gateway,
    authority,
    url: isWeb ? source.baseUrl + source.views[0].path : docs,
    credentials: isWeb ? source.auth.names : [],
    credentialOptional: isWeb ? source.auth.optional : true,
    paging: isWeb ? source.paging.kind : "package",
    configured,
    ...(priceUnit === undefined ? {} : { priceUnit }),
  };
}

/** `host:process:…`: of another machine's process nothing is known; its lease runs out by itself. */
function isGone(holder: string): boolean {
  const [host, id] = holder.split(":");
  if (host !== hostname() || !/^\d+$/.test(id ?? "")) return false;
  try {
    process.kill(Number(id), 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
