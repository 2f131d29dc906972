/** A world's time: it passes when somebody sleeps or the test says so, and its clock may jump or stand still. */
import type { Runtime } from "../../src/kit/runtime.ts";

export interface VirtualRuntime extends Runtime {
  /** Time passes, for the clock too unless it stands still. */
  advance(ms: number): void;
  /** The clock is set, and no time passes. */
  jump(ms: number): void;
  freeze(frozen: boolean): void;
}

export function virtualRuntime(start: number, random: () => number): VirtualRuntime {
  let clock = start;
  let passed = 0;
  let isFrozen = false;
  const advance = (ms: number) => {
    passed += ms;
    if (!isFrozen) clock += ms;
  };
  return {
    // Whole milliseconds, as every clock gives them.
    now: () => Math.floor(clock),
    monotonic: () => passed,
    random,
    // Nobody waits here without an end: what hangs in other tests fails at once in this one.
    deadline: () => new AbortController().signal,
    sleep: (ms) => {
      advance(ms);
      return Promise.resolve();
    },
    advance,
    jump: (ms) => {
      clock += ms;
    },
    freeze: (frozen) => {
      isFrozen = frozen;
    },
  };
}
