/** How fast a long list is read, and when it will be done. */
import type { Host } from "./host.ts";
import { count, duration } from "./words.ts";

/** Before so much time, a rate is chance. */
const SAID_AFTER_MS = 5_000;

export interface PaceText {
  /** `, 1,250 rows/s, 12 min 5 s left`; empty while it is too early to say. */
  say(source: string, rows: number, expected: number | undefined): string;
  forget(source: string): void;
}

export function paceText(clock: Host["clock"]): PaceText {
  /** Where each began: a list that goes on where it was broken off begins with rows. */
  const begins = new Map<string, { readonly rows: number; readonly at: number }>();
  return {
    say: (source, rows, expected) => {
      const begin = begins.get(source) ?? { rows, at: clock.monotonic() };
      begins.set(source, begin);
      const ms = clock.monotonic() - begin.at;
      const perSecond = ((rows - begin.rows) / ms) * 1_000;
      if (ms < SAID_AFTER_MS || !(perSecond > 0)) return "";
      const left =
        expected === undefined || expected <= rows
          ? ""
          : `, ${duration(((expected - rows) / perSecond) * 1_000)} left`;
      return `, ${count(Math.round(perSecond))} rows/s${left}`;
    },
    forget: (source) => void begins.delete(source),
  };
}
