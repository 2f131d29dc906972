/** How the world fails: one table of codes that code, reports and documents read. */
export const ERRORS = {
  unreachable: {
    outcome: "failed",
    retry: true,
    means: "no connection could be made, or it broke before an answer",
  },
  timeout: { outcome: "failed", retry: true, means: "the answer did not arrive within the deadline" },
  "body-cut": { outcome: "failed", retry: true, means: "the connection broke in the middle of the body" },
  "upstream-error": { outcome: "failed", retry: true, means: "the upstream answered with a 5xx status" },
  "rate-limited": { outcome: "failed", retry: true, means: "the upstream answered 429: too many requests" },
  unauthorized: {
    outcome: "failed",
    retry: false,
    means: "the upstream refused the credential (401 or 403)",
  },
  "not-found": { outcome: "failed", retry: false, means: "the upstream knows no such address (404 or 410)" },
  "bad-status": {
    outcome: "failed",
    retry: false,
    means: "the upstream answered with a status that is no list",
  },
  "redirect-refused": {
    outcome: "failed",
    retry: false,
    means: "a redirect left the upstream's origin, or never ended",
  },
  "origin-refused": {
    outcome: "failed",
    retry: false,
    means: "the next page lies at another origin; it was not asked",
  },
  "wait-too-long": {
    outcome: "failed",
    retry: false,
    means: "the upstream asks to wait longer than one run lasts",
  },
  "run-timeout": { outcome: "failed", retry: false, means: "the run took longer than a run may" },
  aborted: { outcome: "failed", retry: false, means: "the run was stopped from outside" },
  "too-large": { outcome: "rejected", retry: false, means: "the body is larger than the limit" },
  "too-deep": { outcome: "rejected", retry: false, means: "the body is nested deeper than the limit" },
  "too-many-items": { outcome: "rejected", retry: false, means: "the list holds more items than the limit" },
  "too-many-pages": { outcome: "failed", retry: false, means: "the list has more pages than the limit" },
  "bad-encoding": {
    outcome: "rejected",
    retry: false,
    means: "the body cannot be decompressed or is not UTF-8",
  },
  html: { outcome: "rejected", retry: false, means: "the answer is an HTML page, not a list" },
  "not-json": { outcome: "rejected", retry: false, means: "the body is not JSON, or is truncated" },
  "error-body": { outcome: "rejected", retry: false, means: "the answer says 200 and holds an error" },
  "wrong-shape": { outcome: "rejected", retry: false, means: "the list is not where it should be" },
  loop: { outcome: "failed", retry: false, means: "the pages repeat" },
  empty: { outcome: "rejected", retry: false, means: "the list is empty, and was not before" },
  "too-many-rejected": {
    outcome: "rejected",
    retry: false,
    means: "more than a fifth of the items make no sense",
  },
  "older-answer": { outcome: "rejected", retry: false, means: "the answer is dated before the last one" },
  "nothing-to-ask": {
    outcome: "failed",
    retry: false,
    means: "the list that this source goes by was not read yet",
  },
  store: { outcome: "failed", retry: false, means: "the ledger could not be written" },
  "package-broken": { outcome: "failed", retry: false, means: "the data package cannot be read" },
} as const satisfies {
  readonly [code: string]: { outcome: "failed" | "rejected"; retry: boolean; means: string };
};
export type ErrorCode = keyof typeof ERRORS;

/** The world failed: a code from the table, and what, where and what to do next in words. Never holds a secret. */
export class WorldError extends Error {
  readonly code: ErrorCode;
  /** When the upstream allows the next request (milliseconds since 1970), where it says so. */
  readonly notBefore: number | undefined;
  /** The HTTP status, where one was answered. */
  readonly status: number | undefined;

  constructor(code: ErrorCode, detail: string, notBefore?: number, status?: number) {
    super(`${ERRORS[code].means}: ${detail}`);
    this.name = "WorldError";
    this.code = code;
    this.notBefore = notBefore;
    this.status = status;
  }
}

/** What went wrong, as reports keep it. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
}
