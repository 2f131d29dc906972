/** How fast a source may be asked: its own pace, and the upstream's rate headers on top. */
import { WorldError } from "../domain/errors.ts";
import type { Limits } from "./limits.ts";
import { quotasOf } from "./rate-headers.ts";
import type { Runtime } from "./runtime.ts";

export interface Pace {
  /** The least time between two requests. */
  readonly intervalMs: number;
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
  let nextTurn = 0;
  let quotaFull = 0;

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
        const ms = Math.max(nextTurn, quotaFull) - now;
        if (ms <= 0) {
          nextTurn = now + (pace?.intervalMs ?? 0);
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
        const reserve = limit === undefined ? 0 : limit - limit * quotaShare;
        if (remaining <= reserve) stayAway(resetAt - now);
      }
    },
    stayAway,
  };
}
