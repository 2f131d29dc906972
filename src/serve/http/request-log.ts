/** One line of JSON for each request: the route that answered, never what was asked, so that no secret can be in it. */
import type { Answered } from "./traffic.ts";

/** What the server writes about requests: nothing, or a line for each. */
export type Log = "off" | "requests";

export interface Logged extends Answered {
  readonly at: number;
  readonly client: string;
  /** Of the body as it travelled; absent where it was a stream. */
  readonly bytes: number | undefined;
}

export function logLine({ at, method, route, status, ms, bytes, client }: Logged): string {
  const rounded = Math.round(ms * 1_000) / 1_000;
  return `${JSON.stringify({ at: new Date(at).toISOString(), event: "request", method, route, status, ms: rounded, bytes, client })}\n`;
}
