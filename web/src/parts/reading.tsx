/** Where the reading of a source stands, in words and as a bar. */
import type { Reading } from "../state/progress.ts";
import { countText } from "./figures.ts";

export function ReadingBar({ reading }: { readonly reading: Omit<Reading, "source" | "title"> }) {
  const { rows = 0, rows_expected: expected } = reading;
  return (
    <span className="block">
      {readingText(reading)}
      {expected === undefined || expected === 0 ? undefined : (
        <progress
          className="mt-0.5 block h-1.5 w-40 accent-(--accent)"
          aria-hidden
          max={expected}
          value={Math.min(rows, expected)}
        />
      )}
    </span>
  );
}

/** `9,000 of about 15,700`. */
export function readingText(reading: Omit<Reading, "source" | "title">): string {
  const { rows = 0, rows_expected: expected, placing, waiting_seconds: seconds, why } = reading;
  if (seconds !== undefined) return `waits ${countText(seconds)} s: ${why ?? ""}`;
  if (rows === 0) return "just begun";
  if (expected === undefined) return `${countText(rows)} ${rows === 1 ? "row" : "rows"} so far`;
  const about = placing === true ? "" : "about ";
  return `${countText(rows)} of ${about}${countText(expected)}${placing === true ? " put in their place" : ""}`;
}
