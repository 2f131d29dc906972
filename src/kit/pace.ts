/** How fast a source may be asked: its own pace, and the upstream's rate headers on top. */
import { WorldError } from "../domain/errors.ts";
import type { Limits } from "./limits.ts";
import { quotasOf } from "./rate-headers.ts";
import type { Runtime } from "./runtime.ts";

export interface Pace {
  /** The least time between two requests. */
  readonly intervalMs: number;
  /** Only for requests without a credential, and only until an answer states a quota: that says it better. */
  readonly untilTold?: true;
}

export interface Pacer {
  /** Resolves when the next request may be made. */
  turn(signal: AbortSignal): Promise<void>;
  /** When the quota is full again (milliseconds since 1970), where it is used up now. */
  notBefore(): number | undefined;
  /** Learns from an answer's headers. */
  observe(headers: { readonly [name: string]: string }): void;
  /** The upstream asks for silence, whoever of us would ask next. */
  stayAway(ms: number): void;
}

/** The pace that holds for requests with a credential, or without. */
export function paceOf(pace: Pace | undefined, hasCredential: boolean): Pace | undefined {
  return pace?.untilTold === true && hasCredential ? undefined : pace;
}

/** `quotaShare` is the part of an upstream's quota that we may use, so that the user's other work goes on. */
export function createPacer(
  pace: Pace | undefined,
  options: {
    readonly runtime: Runtime;
    readonly limits: Limits;
    readonly quotaShare: number;
    onWait(ms: number, why: string): void;
  },
): Pacer {
  const { runtime, limits, quotaShare } = options;
  // By the monotonic clock: a machine's clock that jumps neither stalls us nor lets us rush.
  let lastTurn = -Infinity;
  let quotaFull = 0;
  let isTold = false;

  function stayAway(ms: number): void {
    quotaFull = Math.max(quotaFull, runtime.monotonic() + Math.max(0, ms));
  }

  return {
    notBefore() {
      const ms = quotaFull - runtime.monotonic();
      return ms > 0 ? runtime.now() + Math.ceil(Math.min(ms, limits.stayAwayMaxMs)) : undefined;
    },
    async turn(signal) {
      // Looked at again after every wait: another page's answer may have used the quota up meanwhile.
      for (;;) {
        const now = runtime.monotonic();
        const intervalMs = pace === undefined || (pace.untilTold && isTold) ? 0 : pace.intervalMs;
        const ms = Math.max(lastTurn + intervalMs, quotaFull) - now;
        if (ms <= 0) {
          lastTurn = now;
          return;
        }
        if (ms > limits.waitMaxMs) {
          throw new WorldError(
            "wait-too-long",
            `the quota is used up for ${Math.ceil(ms / 1_000)} s`,
            runtime.now() + Math.ceil(Math.min(ms, limits.stayAwayMaxMs)),
          );
        }
        if (ms > 1_000) options.onWait(ms, "the upstream's quota");
        await runtime.sleep(ms, signal);
      }
    },
    observe(headers) {
      const now = runtime.now();
      for (const { remaining, limit, resetAt } of quotasOf(headers, now)) {
        isTold = true;
        const reserve = limit === undefined ? 0 : limit - limit * quotaShare;
        if (remaining <= reserve) stayAway(resetAt - now);
      }
    },
    stayAway,
  };
}
