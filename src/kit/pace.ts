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

/** What the runs that ask one origin know together. All instants are of the monotonic clock. */
export interface Gate {
  lastTurn: number;
  /** The upstream asked for silence until then. */
  silentUntil: number;
  /** By share of the quota: until when it is used up. */
  readonly usedUpUntil: Map<number, number>;
  /** An answer stated a quota. */
  isTold: boolean;
}

export function createGate(): Gate {
  return { lastTurn: -Infinity, silentUntil: 0, usedUpUntil: new Map(), isTold: false };
}

/** The pace that holds for requests with a credential, or without. */
export function paceOf(pace: Pace | undefined, hasCredential: boolean): Pace | undefined {
  return pace?.untilTold === true && hasCredential ? undefined : pace;
}

/**
 * `quotaShare` is the part of an upstream's quota that we may use, so that the user's other work goes on. Whoever shares a
 * gate learns from the others' answers.
 */
export function createPacer(
  pace: Pace | undefined,
  options: {
    readonly runtime: Runtime;
    readonly limits: Limits;
    readonly quotaShare: number;
    readonly gate?: Gate;
    onWait(ms: number, why: string): void;
  },
): Pacer {
  const { runtime, limits, quotaShare, gate = createGate() } = options;
  gate.usedUpUntil.set(quotaShare, gate.usedUpUntil.get(quotaShare) ?? 0);

  // By the monotonic clock: a machine's clock that jumps neither stalls us nor lets us rush.
  function openAt(): number {
    return Math.max(gate.silentUntil, gate.usedUpUntil.get(quotaShare) ?? 0);
  }

  return {
    notBefore() {
      const ms = openAt() - runtime.monotonic();
      return ms > 0 ? runtime.now() + Math.ceil(Math.min(ms, limits.stayAwayMaxMs)) : undefined;
    },
    async turn(signal) {
      // Looked at again after every wait: another page's answer may have used the quota up meanwhile.
      for (;;) {
        const now = runtime.monotonic();
        const intervalMs = pace === undefined || (pace.untilTold && gate.isTold) ? 0 : pace.intervalMs;
        const ms = Math.max(gate.lastTurn + intervalMs, openAt()) - now;
        if (ms <= 0) {
          gate.lastTurn = now;
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
        gate.isTold = true;
        const fullAgain = runtime.monotonic() + Math.max(0, resetAt - now);
        for (const [share, until] of gate.usedUpUntil) {
          const reserve = limit === undefined ? 0 : limit - limit * share;
          if (remaining <= reserve) gate.usedUpUntil.set(share, Math.max(until, fullAgain));
        }
      }
    },
    stayAway(ms) {
      gate.silentUntil = Math.max(gate.silentUntil, runtime.monotonic() + Math.max(0, ms));
    },
  };
}
