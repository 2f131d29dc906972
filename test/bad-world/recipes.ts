/** What every recipe of the bad world must come to: a code from the table of errors, or why it does no harm. */
import { ERRORS, type ErrorCode } from "../../src/domain/errors.ts";
import type { FaultName } from "../simulator/faults.ts";
import type { Kind } from "./kinds.ts";

/** On which page it begins; a later page is asked for in vain, too. */
export const POSITIONS = { "page 1": 1, "page 2": 2, "the last page": 3 } as const;
export type Position = keyof typeof POSITIONS;

/** An error, or how the run ends well: the outcome and what its coverage proves. */
export type Verdict = ErrorCode | "complete whole" | "complete window" | "unchanged whole";

interface Recipe {
  readonly verdict: Verdict;
  /** Where one kind of paging sees it otherwise. */
  readonly but?: { readonly [kind in Kind]?: { readonly [position in Position]?: Verdict } };
}

const is = (verdict: Verdict, but?: Recipe["but"]): Recipe =>
  but === undefined ? { verdict } : { verdict, but };

export const RECIPES: { readonly [name in FaultName]: Recipe } = {
  "never answers": is("timeout"),
  "stalls before the headers": is("timeout"),
  "stalls after the headers": is("timeout"),
  "stalls in mid-body": is("timeout"),
  "sends one byte a second": is("timeout"),
  "never reads and never answers": is("timeout"),
  "closes without an answer": is("unreachable"),
  "closes after the headers": is("body-cut"),

  "429 with no Retry-After": is("rate-limited"),
  "429 with Retry-After 0": is("rate-limited"),
  "429 with Retry-After 3": is("wait-too-long"),
  "429 with a date as Retry-After": is("wait-too-long"),
  "429 with a past date as Retry-After": is("rate-limited"),
  "429 with garbage as Retry-After": is("rate-limited"),
  "429 with Retry-After -1": is("rate-limited"),
  "429 with ten years as Retry-After": is("wait-too-long"),
  "429 with RateLimit r=0": is("wait-too-long"),
  "429 with RateLimit r=12": is("rate-limited"),
  "401 unauthorized": is("unauthorized"),
  "403 forbidden": is("unauthorized"),
  "404 not found": is("not-found"),
  "500 internal error": is("upstream-error"),
  "502 bad gateway": is("upstream-error"),
  "503 unavailable": is("upstream-error"),
  "504 gateway timeout": is("upstream-error"),
  "204 no content": is("bad-status"),
  // A list of one request was asked for with the validator of the last answer: there it is an honest word.
  "304 without a prior validator": is("bad-status", { single: { "page 1": "unchanged whole" } }),
  "redirects to itself": is("redirect-refused"),
  "redirects to a file": is("redirect-refused"),
  "redirects to 127.0.0.1": is("redirect-refused"),
  "redirects to another host": is("redirect-refused"),

  "an empty body": is("not-json"),
  "a body of null": is("wrong-shape"),
  "a body of {}": is("wrong-shape"),
  // A bare array is what this list is made of: an empty page is well-formed and proves nothing.
  "a body of []": is("wrong-shape", {
    link: { "page 1": "empty", "page 2": "complete window", "the last page": "complete window" },
  }),
  'a body of ""': is("wrong-shape"),
  'a body of {"data":null}': is("wrong-shape"),
  "an error with 200": is("error-body"),
  "HTML as JSON": is("html"),
  "HTML with 200": is("html"),
  "JSON as text/html": is("html"),
  // The right body behind three bytes that mean nothing.
  "a byte order mark": is("complete whole"),
  "UTF-16": is("bad-encoding"),
  "Latin-1": is("bad-encoding"),
  "JSON in a JSON string": is("wrong-shape"),
  "trailing garbage": is("not-json"),
  "nesting 10,000 deep": is("too-deep"),
  "a truncated body": is("not-json"),
  "a body cut by a closed connection": is("body-cut"),
  "a body cut by a reset": is("body-cut"),
  "a content-length too long": is("body-cut"),
  "a content-length too short": is("not-json"),
  "a body of 100 MB": is("too-large"),
  "a million ids": is("too-large"),
  "a gzip bomb": is("too-large"),
  "a brotli bomb": is("too-large"),
};

export function verdictOf(name: FaultName, kind: Kind, position: Position): Verdict {
  const { verdict, but } = RECIPES[name];
  return but?.[kind]?.[position] ?? verdict;
}

/** The outcome and the code that a report must state: garbage is not believed on any page, a failure keeps what was read. */
export function endOf(verdict: Verdict, pagesRead: number): string {
  if (!isCode(verdict)) return verdict;
  const { outcome } = ERRORS[verdict];
  return `${outcome === "failed" && pagesRead > 0 ? "partial" : outcome} ${verdict}`;
}

export function isCode(verdict: Verdict): verdict is ErrorCode {
  return Object.hasOwn(ERRORS, verdict);
}
