/** The outside world that is no network: clock, sleep and chance. It comes in as an argument, so that a test can be its master. */
import { createHmac, generateKeySync } from "node:crypto";

export interface Runtime {
  /** Milliseconds since 1970 UTC, by the machine's clock, which may jump. */
  now(): number;
  /** Milliseconds since some moment; never runs backwards. */
  monotonic(): number;
  /** Resolves after `ms`, or rejects with the signal's reason. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** At least 0, below 1. */
  random(): number;
  /** A signal that fires after `ms`. */
  deadline(ms: number): AbortSignal;
}

/** A longer timer than this fires at once in Node: the wait is cut here, and its caller looks again. */
const TIMER_MS_MAX = 2_147_483_647;

export const systemRuntime: Runtime = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  random: () => Math.random(),
  deadline: (ms) => AbortSignal.timeout(Math.min(Math.max(0, Math.ceil(ms)), TIMER_MS_MAX)),
  sleep: (ms, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (signal?.aborted === true) return Promise.reject(signal.reason);
    const timer = setTimeout(done, Math.min(Math.max(0, ms), TIMER_MS_MAX));
    signal?.addEventListener("abort", stopped, { once: true });
    function done() {
      signal?.removeEventListener("abort", stopped);
      resolve();
    }
    function stopped() {
      clearTimeout(timer);
      reject(signal?.reason);
    }
    return promise;
  },
};

/** Names for texts that say nothing of them: hashes under a key that nobody can guess or print, of this process alone. */
export function keyedHash(): (text: string) => string {
  const key = generateKeySync("hmac", { length: 256 });
  return (text) => createHmac("sha256", key).update(text).digest("base64url");
}

/** 256 bits that nobody can guess: a key for signatures. */
export function newKey(): Uint8Array {
  return generateKeySync("hmac", { length: 256 }).export();
}
