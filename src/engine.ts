/** What writes: the sources asked over the network, their runs, and the revisions that they make. */
import type { Config } from "./config.ts";
import type { OnProgress } from "./domain/progress.ts";
import { holderName, isGone as isHolderGone } from "./holder.ts";
import { httpTransport } from "./kit/client.ts";
import { LIMITS } from "./kit/limits.ts";
import type { Gate } from "./kit/pace.ts";
import { publish, type Published } from "./publish/publish.ts";
import { openReading, type Reading } from "./reading.ts";
import type { Source } from "./kit/source.ts";
import { huggingfaceHub } from "./sources/huggingface-hub.ts";
import type { SyncContext } from "./sync/context.ts";

export interface Engine extends Reading {
  readonly holder: string;
  /** True where a holder of a lease is a process of this machine that has died. */
  isGone(holder: string): boolean;
  syncContext(onProgress: OnProgress, signal: AbortSignal): SyncContext;
  /** Those that are kept current once they were read, though nobody selected them. */
  keptSources(): Promise<readonly Source[]>;
  publish(): Promise<Published>;
  /** Drops raw bodies beyond their bounds. */
  prune(): Promise<void>;
  /** Lets go of the network, and leaves the reading open. */
  disconnect(): Promise<void>;
}

/** Raw bodies are kept within these bounds; the listings that were read from them stay. */
const RAW_BYTES_MAX = 1024 ** 3;
const RAW_AGE_MAX_MS = 365 * 24 * 3_600_000;

/** Closing the engine closes the reading that it stands on. */
export async function openEngine(config: Config, opened?: Reading): Promise<Engine> {
  const reading = opened ?? (await openReading(config));
  const { ledger, runtime, settings } = reading;
  const holder = holderName(runtime);
  const isGone = (name: string) => isHolderGone(name, runtime);
  const network = httpTransport({
    ...(config.proxy === undefined ? {} : { proxy: config.proxy }),
    ...(config.noProxy === undefined ? {} : { noProxy: config.noProxy }),
  });
  const gates = new Map<string, Gate>();
  return {
    ...reading,
    holder,
    isGone,
    syncContext: (onProgress, signal) => ({
      ...settings,
      ledger,
      runtime,
      transport: network.transport,
      limits: LIMITS,
      quotaShare: config.quotaShare,
      gates,
      ...(config.hubLimit === undefined ? {} : { hubLimit: config.hubLimit }),
      intervalMs: config.syncIntervalMs,
      holder,
      isGone,
      signal,
      onProgress,
    }),
    keptSources: async () => {
      const { last } = await ledger.hub.state();
      return last === undefined || reading.sources.includes(huggingfaceHub) ? [] : [huggingfaceHub];
    },
    publish: () => publish({ ...reading, holder, isGone }),
    prune: async () => {
      await ledger.pruneRawBodies({ bytesMax: RAW_BYTES_MAX, olderThan: runtime.now() - RAW_AGE_MAX_MS });
    },
    disconnect: network.close,
    close: async () => {
      await network.close();
      await reading.close();
    },
  };
}
