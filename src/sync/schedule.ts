/** Keeps sources fresh while the program serves: each has its own hour, and a slow one delays nobody. */
import type { Source } from "../kit/source.ts";
import type { SourceHealth } from "../ledger/ledger.ts";
import { syncAll } from "./all.ts";
import type { SyncContext } from "./context.ts";
import type { RunReport } from "./run.ts";

export interface Schedule {
  /** Reads these now, due or not; those that are being read already are left to finish. */
  now(sources: readonly Source[]): Promise<readonly RunReport[]>;
  /** Resolves when the signal of the context has fired and nothing runs any more. */
  readonly stopped: Promise<void>;
}

export interface ScheduleOptions {
  readonly sources: readonly Source[];
  /** Kept current besides, as it stands when one looks. */
  further?(): Promise<readonly Source[]>;
  readonly context: SyncContext;
  readonly intervalMs: number;
  /** After each run that the ledger knows of. */
  onRun(report: RunReport): void;
  /** After the last of the sources that ran together is done. */
  onRound(reports: readonly RunReport[]): void;
  /** The ledger did not answer: the next look tries again. */
  onTrouble(error: unknown): void;
}

/** How often we look who is due: a clock that jumps is noticed within this. */
const LOOK_EVERY_MS = 5_000;
/** A source that did not answer is tried again after this, then after twice as long each time, up to its interval. */
const RETRY_AFTER_MS = 60_000;

export function startSchedule(options: ScheduleOptions): Schedule {
  const { context } = options;
  const running = new Map<string, Promise<readonly RunReport[]>>();
  const round: RunReport[] = [];
  /** When sources were tried of which the ledger knows nothing: they were skipped, or it could not be written. */
  const unnoted = new Map<string, number>();
  /** How often in a row a source has failed, since the program serves. */
  const failures = new Map<string, number>();

  function note(report: RunReport): void {
    if (report.runId === undefined) {
      unnoted.set(report.source, context.runtime.monotonic());
      return;
    }
    unnoted.delete(report.source);
    if (report.outcome === "failed") failures.set(report.source, failuresOf(report.source) + 1);
    else failures.delete(report.source);
    options.onRun(report);
  }

  function failuresOf(source: string): number {
    return failures.get(source) ?? 0;
  }

  /** A ledger that is full must not let an upstream be asked at every look. */
  function wasTriedLately(source: Source): boolean {
    return context.runtime.monotonic() - (unnoted.get(source.id) ?? -Infinity) < options.intervalMs;
  }

  async function now(sources: readonly Source[]): Promise<readonly RunReport[]> {
    const free = sources.filter(({ id }) => !running.has(id));
    const runs = free.map((source) => {
      const run = syncAll([source], context, note);
      running.set(source.id, run);
      return run.then((reports) => {
        running.delete(source.id);
        round.push(...reports);
        if (running.size === 0) options.onRound(round.splice(0));
        return reports;
      });
    });
    return (await Promise.all(runs)).flat();
  }

  async function look(): Promise<void> {
    while (!context.signal.aborted) {
      try {
        const health = new Map((await context.ledger.health()).map((one) => [one.source, one]));
        const sources = [...options.sources, ...((await options.further?.()) ?? [])];
        const at = context.runtime.now();
        const due = (source: Source) => ({
          intervalMs: options.intervalMs,
          stayAwayMaxMs: context.limits.stayAwayMaxMs,
          failures: failuresOf(source.id),
        });
        void now(
          sources.filter(
            (source) => isDue(health.get(source.id), at, due(source)) && !wasTriedLately(source),
          ),
        );
      } catch (error) {
        options.onTrouble(error);
      }
      await context.runtime
        .sleep(Math.min(LOOK_EVERY_MS, options.intervalMs), context.signal)
        .catch(() => undefined);
    }
    await Promise.allSettled(running.values());
  }

  return { now, stopped: look() };
}

interface Patience {
  readonly intervalMs: number;
  readonly stayAwayMaxMs: number;
  /** How often in a row it failed; none is known where the program has just started. */
  readonly failures?: number;
}

/** What lies in the future, further than anybody is ever asked to wait, was written by a clock that jumped: it counts as long ago. */
export function isDue(
  health: SourceHealth | undefined,
  now: number,
  { intervalMs, stayAwayMaxMs, failures = 0 }: Patience,
): boolean {
  const notBefore = health?.notBefore ?? now;
  if (notBefore > now && notBefore <= now + stayAwayMaxMs) return false;
  // A run that was stopped from outside says nothing of its source, and a recording nothing of today.
  const isCut = health?.lastRun?.report.error?.code === "aborted";
  const isImported = health?.lastRun?.report.recording !== undefined;
  const last = isCut || isImported ? undefined : health?.lastRun?.recordedAt;
  const isFailed = health?.lastRun?.report.outcome === "failed";
  const waitMs = isFailed ? RETRY_AFTER_MS * 2 ** Math.max(0, failures - 1) : Infinity;
  return last === undefined || last > now || now - last >= Math.min(waitMs, intervalMs);
}
