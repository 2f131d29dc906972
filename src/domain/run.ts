/** A run: one attempt to read one source. A report: its account. */
import type { Coverage } from "./coverage.ts";
import type { Failure } from "./errors.ts";

/**
 * How a run ended: `complete`, `unchanged` (the upstream says that nothing is new, or sends the same bytes again), `partial` (kept, but broke off),
 * `held` (applied, but for what is held), `rejected` (not believed: nothing changed), `failed` (no answer: nothing
 * changed), `skipped` (no credential, or not configured: nothing changed).
 */
export const OUTCOMES = [
  "complete",
  "unchanged",
  "partial",
  "held",
  "rejected",
  "failed",
  "skipped",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** True where what the run read was believed and is visible. */
export function wasApplied(outcome: Outcome): boolean {
  return outcome === "complete" || outcome === "partial" || outcome === "held" || outcome === "unchanged";
}

export interface ViewCount {
  readonly view: string;
  readonly returned: number;
  readonly fresh: number;
  readonly duplicate: number;
  readonly total?: number;
}

export interface Report {
  readonly source: string;
  readonly outcome: Outcome;
  readonly coverage?: Coverage;
  readonly error?: Failure;
  /** Why a run was skipped. */
  readonly reason?: string;
  /** The file that was read, where it was no upstream but a recording that was imported. */
  readonly recording?: string;
  readonly pages: number;
  readonly requests: number;
  readonly retries: number;
  readonly bytes: number;
  /** Items on all pages, and those that were no repetition of another. */
  readonly rows: number;
  readonly unique: number;
  /** Offers that the items state. */
  readonly offers: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly returned: number;
  /** Removals and prices that wait for a confirmation. */
  readonly held: number;
  readonly ignored: { readonly [reason: string]: number };
  readonly rejected: number;
  readonly views: readonly ViewCount[];
  readonly ms: number;
}

/** A report of a run in which nothing was read. */
export function emptyReport(source: string, outcome: Outcome): Report {
  return {
    source,
    outcome,
    pages: 0,
    requests: 0,
    retries: 0,
    bytes: 0,
    rows: 0,
    unique: 0,
    offers: 0,
    added: 0,
    changed: 0,
    removed: 0,
    returned: 0,
    held: 0,
    ignored: {},
    rejected: 0,
    views: [],
    ms: 0,
  };
}
