/** One attempt to send one message, and what its outcome means: received, again later, or never again. */
import type { Delivery, Watch } from "../domain/watch.ts";
import { NotSent, type Poster } from "../kit/post.ts";
import { retryAfterMs } from "../kit/rate-headers.ts";
import type { Runtime } from "../kit/runtime.ts";
import type { Aftermath } from "../ledger/watches.ts";
import type { Message } from "./message.ts";
import { signedHeaders } from "./signature.ts";

/** From the request to the headers of the answer. */
export const ATTEMPT_MS = 15_000;
const [SECOND_MS, MINUTE_MS, HOUR_MS] = [1_000, 60_000, 3_600_000];
/** Whoever takes nothing for so long is asked no more. */
const PATIENCE_MS = 72 * HOUR_MS;
/** What Standard Webhooks recommends; the last wait repeats. */
const WAITS_MS = [
  5 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
];
const JITTER = 0.1;
const ERROR_LENGTH_MAX = 200;

export type Outcome = Pick<Delivery, "at" | "ms" | "status" | "error"> & { readonly retryAfter?: string };

export interface Sender {
  readonly poster: Poster;
  readonly runtime: Runtime;
  readonly userAgent: string;
  /** An attempt under way breaks off. */
  readonly signal: AbortSignal;
}

/** Throws nothing: whatever breaks is the receiver's matter, and noted. */
export async function send(
  { poster, runtime, userAgent, signal: stop }: Sender,
  { url }: Watch,
  { id, body }: Message,
  secret: string,
): Promise<Outcome> {
  const [at, begun] = [runtime.now(), runtime.monotonic()];
  const headers = {
    "content-type": "application/json",
    "user-agent": userAgent,
    ...signedHeaders(secret, { id, body, at }),
  };
  const signal = AbortSignal.any([stop, runtime.deadline(ATTEMPT_MS)]);
  const answered = await poster.post({ url: new URL(url), headers, body, signal }).then(
    ({ status, retryAfter }) => {
      const error = statusFault(status);
      return {
        status,
        ...(error === undefined ? {} : { error }),
        ...(retryAfter === undefined ? {} : { retryAfter }),
      };
    },
    (error: unknown) => ({ error: faultOf(error) }),
  );
  return { at, ms: Math.round(runtime.monotonic() - begun), ...answered };
}

/** What an attempt means for its watch. */
export function aftermathOf(
  { failures, failingSince }: Watch,
  { at, status, error, retryAfter }: Outcome,
  position: number,
  random: number,
): Aftermath {
  if (error === undefined) return { kind: "received", position };
  if (status === GONE) return { kind: "paused", why: error };
  const end = (failingSince ?? at) + PATIENCE_MS;
  if (at >= end) return { kind: "paused", why: `nothing was taken for three days: ${error}` };
  const planned = (WAITS_MS[failures] ?? WAITS_MS.at(-1) ?? HOUR_MS) * (1 - JITTER + 2 * JITTER * random);
  const wanted = Math.max(planned, retryAfterMs(retryAfter, at) ?? 0);
  return { kind: "again", nextAt: Math.ceil(Math.min(at + wanted, end)) };
}

const GONE = 410;

function statusFault(status: number): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === GONE) return "the receiver is gone for good (410)";
  if (status >= 300 && status < 400) return `a redirect (${status}), which is not followed`;
  return `status ${status}`;
}

function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error).slice(0, ERROR_LENGTH_MAX);
  if (error instanceof NotSent) return error.message;
  if (error.name === "TimeoutError") return `no answer within ${ATTEMPT_MS / SECOND_MS} seconds`;
  const code = "code" in error ? String(error.code) : error.name;
  return `no connection, or it broke: ${code}`.slice(0, ERROR_LENGTH_MAX);
}
