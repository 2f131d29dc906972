/** What a run of the Hub's job has to do now. Pure. */
import type { HubState } from "../../ledger/hub.ts";

/** The counters of all models, removals and renames are found by a crawl of the whole list. */
const CRAWL_EVERY_MS = 7 * 24 * 3_600_000;
const TOP_EVERY_MS = 6 * 3_600_000;

export type Due =
  | { readonly kind: "whole" }
  /** What was modified since, and where it is time, the counters at the top. */
  | { readonly kind: "modified"; readonly watermark: number; readonly top: boolean };

/** An instant in our future was written by a clock that jumped: it says nothing, and the whole list does. */
export function dueNow(
  { crawl, last, watermark, countersAt }: HubState,
  now: number,
  limit: number | undefined,
): Due {
  if (crawl !== undefined || last === undefined || watermark === undefined || watermark > now)
    return { kind: "whole" };
  const isNarrow = last.limit !== undefined && last.limit < (limit ?? Infinity);
  if (isNarrow || isLongAgo(last.endedAt, now, CRAWL_EVERY_MS)) return { kind: "whole" };
  return { kind: "modified", watermark, top: isLongAgo(countersAt ?? 0, now, TOP_EVERY_MS) };
}

function isLongAgo(at: number, now: number, everyMs: number): boolean {
  return at > now || now - at >= everyMs;
}
