/** Publishes while runs finish: soon, but not more often than every so many milliseconds, and one at a time. */
import type { Runtime } from "../kit/runtime.ts";
import type { Published } from "./publish.ts";

export interface Publisher {
  /** Something was written: publish soon. */
  request(): void;
  /** Publishes now, if anything was requested since the last time; resolves when it is done. */
  flush(): Promise<void>;
}

export function createPublisher(options: {
  readonly runtime: Runtime;
  readonly everyMs: number;
  /** Nothing is published sooner after the start, unless flushed: what is read together is one revision. */
  readonly firstAfterMs: number;
  readonly signal: AbortSignal;
  publish(): Promise<Published>;
  onPublished(published: Published): void;
  onError(error: unknown): void;
}): Publisher {
  const { runtime, everyMs, firstAfterMs, signal } = options;
  let requested = false;
  let dueAt = runtime.monotonic() + firstAfterMs;
  let working: Promise<void> = Promise.resolve();
  let waiting = false;

  const isRequested = () => requested;

  async function publishOnce(): Promise<void> {
    if (!requested) return;
    requested = false;
    dueAt = runtime.monotonic() + everyMs;
    try {
      options.onPublished(await options.publish());
    } catch (error) {
      // The ledger keeps what was read: it is published the next time.
      requested = true;
      options.onError(error);
    }
  }

  function flush(): Promise<void> {
    // A publish that failed is no reason not to try the next one.
    working = working.catch(() => undefined).then(publishOnce);
    return working;
  }

  async function publishLater(): Promise<void> {
    waiting = true;
    try {
      // What is requested while a revision is made is in none yet, and what failed is tried again.
      while (isRequested()) {
        await runtime.sleep(Math.max(0, dueAt - runtime.monotonic()), signal);
        await flush();
      }
    } catch {
      // Stopped while waiting: whoever stops also flushes.
    } finally {
      waiting = false;
    }
  }

  return {
    flush,
    request: () => {
      requested = true;
      if (!waiting) void publishLater();
    },
  };
}
