/** What was asked, and how it went: counted by route and status, and timed. Nothing that a caller wrote is kept. */

/** Upper bounds in seconds: ready pages take microseconds, a check at the Hub seconds. */
const BOUNDS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const;

/** One answer that went out. */
export interface Answered {
  readonly method: string;
  /** The route's path as it is registered; `none` where no route has the address. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
}

export interface Traffic {
  count(answered: Answered): void;
  /** So far, in the order in which they were first seen. */
  requests(): readonly (Omit<Answered, "ms"> & { readonly count: number })[];
  /** By route: how many took at most so many seconds, how many there were, and how long they took together. */
  durations(): readonly {
    readonly route: string;
    readonly buckets: readonly (readonly [bound: number, count: number])[];
    readonly count: number;
    readonly seconds: number;
  }[];
}

export function createTraffic(): Traffic {
  const requests = new Map<string, Omit<Answered, "ms"> & { count: number }>();
  /** Of the last answer: most of them are like the one before. */
  let last: (Omit<Answered, "ms"> & { count: number }) | undefined;
  const durations = new Map<string, { readonly buckets: number[]; count: number; seconds: number }>();
  return {
    count: ({ method, route, status, ms }) => {
      if (last?.route !== route || last.status !== status || last.method !== method) {
        const key = `${method} ${route} ${status}`;
        last = requests.get(key) ?? { method, route, status, count: 0 };
        requests.set(key, last);
      }
      last.count += 1;
      const timed = durations.get(route) ?? { buckets: BOUNDS_SECONDS.map(() => 0), count: 0, seconds: 0 };
      durations.set(route, timed);
      timed.count += 1;
      timed.seconds += ms / 1_000;
      // Each in the first bucket that holds it; what is read adds them up.
      const index = BOUNDS_SECONDS.findIndex((bound) => ms <= bound * 1_000);
      if (index >= 0) timed.buckets[index] = (timed.buckets[index] ?? 0) + 1;
    },
    requests: () => [...requests.values()],
    durations: () =>
      [...durations].map(([route, { buckets, count, seconds }]) => ({
        route,
        buckets: upTo(buckets),
        count,
        seconds,
      })),
  };
}

/** By each bound, how many took at most so long. */
function upTo(buckets: readonly number[]): readonly (readonly [bound: number, count: number])[] {
  let sum = 0;
  return BOUNDS_SECONDS.map((bound, index) => {
    sum += buckets[index] ?? 0;
    return [bound, sum];
  });
}
