/** How often callers may make us ask: so many requests in a window, and so many at once. */
import type { Runtime } from "../kit/runtime.ts";

export interface Budget {
  /** Takes one request from the budget: 0, or how long to wait for the next one (milliseconds). */
  take(): number;
}

/** A fixed window, as the Hub's own quotas are. By the monotonic clock: a machine's clock that jumps opens no door. */
export function createBudget(runtime: Runtime, requestsMax: number, windowMs: number): Budget {
  let begun = -Infinity;
  let taken = 0;
  return {
    take: () => {
      const now = runtime.monotonic();
      if (now - begun >= windowMs) {
        begun = now;
        taken = 0;
      }
      if (taken >= requestsMax) return begun + windowMs - now;
      taken += 1;
      return 0;
    },
  };
}
