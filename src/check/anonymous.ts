/** Answers that were given to nobody in particular: told to everybody for an hour, also after a restart. */
import type * as z from "zod";
import type { Runtime } from "../kit/runtime.ts";
import { createFlights } from "./flights.ts";
import type { Kept } from "./kept.ts";

/** What was found out, and when. */
export interface Dated<Value> {
  readonly at: number;
  readonly value: Value;
}

export interface Anonymous<Value> {
  /** `make` is asked where nothing young enough is known, once for all who ask meanwhile. */
  get(name: string, make: () => Promise<Fresh<Value>>, signal?: AbortSignal): Promise<Dated<Value>>;
}

/** What was just found out, and how far it may be believed. */
export interface Fresh<Value> {
  readonly value: Value;
  /** `hour`: for everybody, also after a restart. `minutes`: it may be otherwise soon. `moment`: no answer came. */
  readonly holds: keyof typeof HOLDS_MS;
  /** No answer came, and none will before. */
  readonly retryAfterMs?: number | undefined;
}

const HOLDS_MS = { hour: 3_600_000, minutes: 300_000, moment: 5_000 } as const;
const ANSWERS_MAX = 2_000;

/** `schema` reads what was kept: what another version wrote differently is asked for again. At most `answersMax` stay in memory. */
export function createAnonymous<Value>(
  schema: z.ZodType<Value>,
  { runtime, kept }: { readonly runtime: Runtime; readonly kept: Kept },
  answersMax = ANSWERS_MAX,
): Anonymous<Value> {
  const flights = createFlights<Dated<Value>>(runtime, answersMax);
  return {
    get: (name, make, signal) =>
      flights.get(
        name,
        async () => {
          const before = await kept.load(name);
          const now = runtime.now();
          const age = before === undefined ? Infinity : now - before.at;
          const known = schema.safeParse(before?.value);
          // A negative age is a clock that was set back: how old the answer is, nobody knows.
          if (before !== undefined && known.success && age >= 0 && age < HOLDS_MS.hour)
            return { value: { at: before.at, value: known.data }, keepMs: HOLDS_MS.hour - age };
          const { value, holds, retryAfterMs = 0 } = await make();
          const made = { at: runtime.now(), value };
          if (holds === "hour") await kept.save(name, made);
          return { value: made, keepMs: Math.max(HOLDS_MS[holds], Math.min(retryAfterMs, HOLDS_MS.minutes)) };
        },
        signal,
      ),
  };
}
