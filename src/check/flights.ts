/** Many callers, one request: whoever asks while an answer is on its way waits for that one; what came is kept for a while. */
import type { Runtime } from "../kit/runtime.ts";

/** What was made, and how long it may be told to others. */
export interface Made<Value> {
  readonly value: Value;
  readonly keepMs: number;
}

export interface Flights<Value> {
  /** `make` runs once for all callers of one key; a caller's signal ends his own waiting, and nobody else's. */
  get(key: string, make: () => Promise<Made<Value>>, signal?: AbortSignal): Promise<Value>;
}

interface Entry<Value> {
  readonly value: Promise<Value>;
  /** By the monotonic clock; nothing while it is on its way. */
  until?: number;
}

/** At most `entriesMax` answers are kept; the oldest go first. */
export function createFlights<Value>(runtime: Runtime, entriesMax: number): Flights<Value> {
  const entries = new Map<string, Entry<Value>>();

  function start(key: string, make: () => Promise<Made<Value>>): Entry<Value> {
    const made = make();
    const entry: Entry<Value> = { value: made.then(({ value }) => value) };
    entries.set(key, entry);
    void keep(key, entry, made);
    return entry;
  }

  async function keep(key: string, entry: Entry<Value>, made: Promise<Made<Value>>): Promise<void> {
    const { keepMs } = await made.catch(() => ({ keepMs: 0 }));
    entry.until = runtime.monotonic() + keepMs;
    if (keepMs > 0) makeRoom();
    else forget(key, entry);
  }

  function forget(key: string, entry: Entry<Value>): void {
    if (entries.get(key) === entry) entries.delete(key);
  }

  function makeRoom(): void {
    for (const [key, { until }] of entries) {
      if (entries.size <= entriesMax) return;
      if (until !== undefined) entries.delete(key);
    }
  }

  return {
    get: (key, make, signal) => {
      const known = entries.get(key);
      const isGood = known !== undefined && (known.until === undefined || runtime.monotonic() < known.until);
      if (known !== undefined && !isGood) entries.delete(key);
      return untilAborted((isGood ? known : start(key, make)).value, signal);
    },
  };
}

async function untilAborted<Value>(value: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return value;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([value, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
