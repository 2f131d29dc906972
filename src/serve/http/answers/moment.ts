/** A moment as people write it: an ISO date or date-time, or how long ago (`7d`, `24h`, `30m`). */
import { readDate } from "../../../domain/instant.ts";
import { BadQuestion, quoted } from "./question.ts";

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const AGO = /^(\d{1,6})([mhdw])$/;
export const MOMENT_ALLOWED =
  "An ISO date or date-time (`2026-08-05T00:00:00Z`), or how long ago (`7d`, `24h`, `30m`).";

export const SPAN_ALLOWED = "A length of time: `90d`, `12w`, `24h`.";

/** Milliseconds since 1970 UTC, or nothing where the text is no moment. */
function readMoment(text: string, now: number): number | undefined {
  const ago = readSpan(text);
  return ago === undefined ? readDate(text) : now - ago;
}

/** Milliseconds, or nothing where the text is no length of time. */
export function readSpan(text: string): number | undefined {
  const [, count, unit] = AGO.exec(text) ?? [];
  // The pattern allows these four units and no other.
  return unit === undefined ? undefined : Number(count) * UNIT_MS[unit as keyof typeof UNIT_MS];
}

/** From when until when a question is; open where it does not say. Throws `BadQuestion`, also where it ends before it begins. */
export function rangeAsked(
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined },
  now: number,
): { readonly since?: number; readonly until?: number } {
  const from = since === undefined ? undefined : momentOf("since", since, now);
  const to = until === undefined ? undefined : momentOf("until", until, now);
  if (from !== undefined && to !== undefined && to <= from)
    throw new BadQuestion(
      "bad-value",
      `until (${quoted(until ?? "")}) does not lie after since (${quoted(since ?? "")})`,
      {
        parameter: "until",
      },
    );
  return { ...(from === undefined ? {} : { since: from }), ...(to === undefined ? {} : { until: to }) };
}

/** The same of a parameter. Throws `BadQuestion`. */
export function momentOf(parameter: string, text: string, now: number): number {
  const ms = readMoment(text, now);
  if (ms !== undefined) return ms;
  throw new BadQuestion("bad-value", `${parameter} cannot be ${quoted(text)}. ${MOMENT_ALLOWED}`, {
    parameter,
  });
}
