/** A world without a network: a clock that only moves when somebody sleeps, and answers by script. */
import type { Runtime } from "../../src/kit/runtime.ts";
import type { Transport, WireRequest } from "../../src/kit/transport.ts";

/** Begins on a day of 2026. When nobody has anything else to do, the next sleeper wakes, and it is as late as he wished. */
export function virtualClock(startsAt = Date.UTC(2026, 7, 5)): Runtime {
  let elapsed = 0;
  const sleepers: { readonly at: number; wake(): void }[] = [];
  const wakeNext = () => {
    const [next, ...rest] = sleepers.toSorted((a, b) => a.at - b.at);
    if (next === undefined) return;
    sleepers.splice(0, sleepers.length, ...rest);
    elapsed = Math.max(elapsed, next.at);
    next.wake();
  };
  return {
    now: () => startsAt + elapsed,
    monotonic: () => elapsed,
    random: () => 0.5,
    deadline: () => new AbortController().signal,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      const { promise, resolve } = Promise.withResolvers<void>();
      sleepers.push({ at: elapsed + ms, wake: resolve });
      setImmediate(wakeNext);
      await promise;
    },
  };
}

export interface Scripted {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly value?: unknown;
}

export interface Script {
  readonly transport: Transport;
  /** When each request was made, by the clock, and what it asked. */
  readonly asked: readonly { readonly at: number; readonly url: string }[];
}

/** Answers each request by the function; a thrown error is a broken connection. */
export function script(clock: Runtime, answer: (request: WireRequest, nth: number) => Scripted): Script {
  const asked: { at: number; url: string }[] = [];
  return {
    asked,
    transport: async (request) => {
      asked.push({ at: clock.now(), url: request.url.href });
      const { status = 200, headers = {}, value } = answer(request, asked.length);
      return { status, headers, body: bodyOf(value) };
    },
  };
}

async function* bodyOf(value: unknown): AsyncGenerator<Uint8Array> {
  yield Buffer.from(JSON.stringify(value ?? null));
}
