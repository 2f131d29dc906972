/** Answers whose status says no, or later, or elsewhere. */

import type { Exchange } from "../../tools/upstreams/exchange.ts";
import { answering, type NamedFault } from "./fault.ts";

/** Every form of `Retry-After` that was seen or that RFC 9110 allows; absent stands for no header. */
const RETRY_AFTER = {
  "no Retry-After": undefined,
  "Retry-After 0": "0",
  "Retry-After 3": "3",
  "a date as Retry-After": "Wed, 21 Oct 2122 07:28:00 GMT",
  "a past date as Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT",
  "garbage as Retry-After": "soon",
  "Retry-After -1": "-1",
  "ten years as Retry-After": "315360000",
} as const;

/** The rate header with and without quota left: the second contradicts the status, and is seen. */
const RATE_LIMIT = {
  "RateLimit r=0": `"default";r=0;t=30`,
  "RateLimit r=12": `"default";r=12;t=30`,
} as const;

const STATUSES = {
  401: "unauthorized",
  403: "forbidden",
  404: "not found",
  500: "internal error",
  502: "bad gateway",
  503: "unavailable",
  504: "gateway timeout",
} as const;

/** Where a redirect may lead; the upstream's own host is reached through the mirror again. */
const REDIRECTS = {
  "to itself": ({ request }) => request.url,
  "to a file": () => "file:///etc/passwd",
  "to 127.0.0.1": () => "http://127.0.0.1:9/v1/models",
  "to another host": () => "https://elsewhere.example/v1/models",
} as const satisfies Record<string, (exchange: Exchange) => string>;

type StatusCode = keyof typeof STATUSES;
type StatusName = { [Code in StatusCode]: `${Code} ${(typeof STATUSES)[Code]}` }[StatusCode];

export const statusFaults: readonly NamedFault<
  | `429 with ${keyof typeof RETRY_AFTER | keyof typeof RATE_LIMIT}`
  | StatusName
  | "204 no content"
  | "304 without a prior validator"
  | `redirects ${keyof typeof REDIRECTS}`
>[] = [
  ...entries(RETRY_AFTER).map(([form, value]) =>
    answering(`429 with ${form}`, () => refusal(429, value === undefined ? {} : { "retry-after": value })),
  ),
  ...entries(RATE_LIMIT).map(([form, value]) =>
    answering(`429 with ${form}`, () => refusal(429, { ratelimit: value })),
  ),
  ...entries(STATUSES).map(([code, words]) =>
    answering(`${code} ${words}` as StatusName, () => refusal(Number(code))),
  ),
  answering("204 no content", () => ({ status: 204, headers: {}, body: Buffer.alloc(0) })),
  answering("304 without a prior validator", () => ({ status: 304, headers: {}, body: Buffer.alloc(0) })),
  ...entries(REDIRECTS).map(([where, location]) =>
    answering(`redirects ${where}`, (exchange) => refusal(302, { location: location(exchange) })),
  ),
];

/** For a redirect to a second server of the test's own, to see what it would have been sent. */
export function redirectTo(location: string): NamedFault<"redirects"> {
  return answering("redirects", () => refusal(302, { location }));
}

function refusal(status: number, headers: Record<string, string> = {}) {
  const body = Buffer.from(JSON.stringify({ error: { message: `status ${status}`, code: status } }));
  return { status, headers: { "content-type": "application/json", ...headers }, body };
}

function entries<Key extends PropertyKey, Value>(
  table: Record<Key, Value>,
): [`${Key & (string | number)}`, Value][] {
  return Object.entries(table) as [`${Key & (string | number)}`, Value][];
}
