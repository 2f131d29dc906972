/** How far long work is, in one line: drawn again on a terminal, now and then a line of its own elsewhere. */
import type { Host } from "./host.ts";
import { plain } from "./plain.ts";
import { fit } from "./width.ts";

const REDRAW_EVERY_MS = 100;
const LINE_EVERY_MS = 5_000;
const CLEARED = "\r\u001b[K";

export interface RedrawnLine {
  show(text: string): void;
  /** Takes it off the screen. */
  clear(): void;
}

export function redrawn({ err, clock }: Pick<Host, "err" | "clock">): RedrawnLine {
  const everyMs = err.isTerminal ? REDRAW_EVERY_MS : LINE_EVERY_MS;
  let saidAt = clock.monotonic();
  return {
    show: (text) => {
      if (clock.monotonic() - saidAt < everyMs) return;
      saidAt = clock.monotonic();
      err.write(err.isTerminal ? `${CLEARED}${fit(plain(text), err.columns - 1)}` : `${plain(text)}\n`);
    },
    clear: () => {
      if (err.isTerminal) err.write(CLEARED);
    },
  };
}
