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
  /** Lets go of what need not be kept any longer: raw bodies beyond their bounds, and once a day old detail. */
  prune(): Promise<void>;
  /** Lets go of the network, and leaves the reading open. */
  disconnect(): Promise<void>;
}

const THIN_EVERY_MS = 24 * 3_600_000;

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
  let thinnedAt = -Infinity;
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
      const now = runtime.now();
      await ledger.pruneRawBodies({ bytesMax: config.rawBytesMax, olderThan: before(now, config.rawAgeMs) });
      if (runtime.monotonic() - thinnedAt < THIN_EVERY_MS) return;
      thinnedAt = runtime.monotonic();
      await ledger.past.thin(before(now, config.detailAgeMs));
    },
    disconnect: network.close,
    close: async () => {
      await network.close();
      await reading.close();
    },
  };
}

/** Before everything, where what is kept is kept for ever. */
function before(now: number, ageMs: number): number {
  return Math.max(0, now - ageMs);
}
