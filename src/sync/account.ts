/** From what was read and what it changes to what the ledger writes: the run's account. Pure. */
import { ERRORS, type Failure, type WorldError } from "../domain/errors.ts";
import type { Finding, FindingKind } from "../domain/finding.ts";
import { offerId } from "../domain/offer.ts";
import { emptyReport, type Outcome, type Report } from "../domain/run.ts";
import { driftBetween, unitedShape, type Shape } from "../domain/shape.ts";
import type { RunCommit, Validator } from "../ledger/ledger.ts";
import type { Reading } from "./read-source.ts";
import type { Plan } from "./reconcile.ts";

/** What reading cost. */
export type Counts = Pick<Report, "requests" | "retries" | "bytes">;

/** What every account begins with. */
export interface Opening {
  readonly source: string;
  readonly startedAt: number;
  readonly recordedAt: number;
  readonly ms: number;
  readonly counts: Counts;
  /** When the upstream may be asked again, where that is known; what an error says of it goes before. */
  readonly notBefore?: number;
}

const READ_FINDINGS: readonly FindingKind[] = ["rejected-item", "unknown-word", "duplicate"];
const HELD_FINDINGS: readonly FindingKind[] = ["held-removal", "held-price"];

/** A run that was believed. */
export function applied(
  opening: Opening,
  reading: Reading,
  plan: Plan,
  what: {
    readonly observedAt: number;
    readonly fingerprint: string;
    readonly returned: number;
    readonly validators: readonly Validator[];
    readonly shapeBefore: Shape | undefined;
  },
): RunCommit {
  const { shape, drift } = driftOf(reading, what.shapeBefore);
  const outcome: Outcome =
    reading.error !== undefined ? "partial" : plan.held.length > 0 ? "held" : "complete";
  const listings = [...reading.snapshot.listings.values()];
  return {
    ...begun(opening),
    observedAt: what.observedAt,
    report: {
      ...counted(opening, reading, outcome),
      coverage: reading.coverage,
      offers: listings.length,
      added: plan.added.length - what.returned,
      returned: what.returned,
      changed: plan.changed,
      removed: plan.closings.length,
      held: plan.held.length,
    },
    applied: {
      ...planned(plan, what.fingerprint),
      volatile: listings.flatMap(({ gateway, provider, nativeId, volatile: values }) =>
        values === undefined ? [] : [{ gateway, provider, nativeId, values }],
      ),
      validators: what.validators,
      ...(shape === undefined ? {} : { shape }),
    },
    findings: [...reading.snapshot.findings, ...heldFindings(plan), ...drift],
    // What drifted last stays said until something drifts again.
    findingKinds: [...READ_FINDINGS, ...HELD_FINDINGS, ...(drift.length > 0 ? (["drift"] as const) : [])],
    rawPages: reading.rawPages,
    ...stayAway(reading.error),
  };
}

/** A run that says once more what the last one said: only holds can end by it. */
export function confirmed(
  opening: Opening,
  plan: Plan,
  what: {
    readonly observedAt: number;
    readonly fingerprint: string;
    readonly validators: readonly Validator[];
    readonly coverage: NonNullable<Report["coverage"]>;
    readonly rows: number;
    readonly offers: number;
  },
): RunCommit {
  const outcome: Outcome =
    plan.held.length > 0 ? "held" : plan.endedHolds.length > 0 ? "complete" : "unchanged";
  return {
    ...begun(opening),
    observedAt: what.observedAt,
    report: {
      ...emptyReport(opening.source, outcome),
      ...opening.counts,
      ms: opening.ms,
      coverage: what.coverage,
      rows: what.rows,
      unique: what.rows,
      offers: what.offers - plan.unseen.length - plan.closings.length,
      changed: plan.changed,
      removed: plan.closings.length,
      held: plan.held.length,
    },
    applied: { ...planned(plan, what.fingerprint), volatile: [], validators: what.validators },
    findings: heldFindings(plan),
    findingKinds: HELD_FINDINGS,
    rawPages: [],
  };
}

/** A run whose answer is not believed: nothing changes, and the answer is kept for a look. */
export function refused(opening: Opening, reading: Reading, refusal: WorldError): RunCommit {
  return {
    ...begun(opening),
    report: {
      ...counted(opening, reading, "rejected"),
      coverage: reading.coverage,
      error: failureOf(refusal),
    },
    findings: reading.snapshot.findings.filter(({ kind }) => kind === "rejected-item"),
    findingKinds: ["rejected-item"],
    rawPages: reading.rawPages,
    ...stayAway(reading.error),
  };
}

/** A run that got no list at all. */
export function unread(opening: Opening, failure: WorldError): RunCommit {
  return {
    ...begun(opening),
    report: {
      ...emptyReport(opening.source, ERRORS[failure.code].outcome),
      ...opening.counts,
      error: failureOf(failure),
      ms: opening.ms,
    },
    findings: [],
    findingKinds: [],
    rawPages: [],
    ...stayAway(failure),
  };
}

export function stayAway(failure: WorldError | undefined): Pick<RunCommit, "notBefore"> {
  return failure?.notBefore === undefined ? {} : { notBefore: failure.notBefore };
}

function begun({ source, startedAt, recordedAt, notBefore }: Opening) {
  return { source, startedAt, recordedAt, ...(notBefore === undefined ? {} : { notBefore }) };
}

function planned(plan: Plan, fingerprint: string) {
  const { openings, closings, newHolds: holds, endedHolds, unseen } = plan;
  return { fingerprint, openings, closings, holds, endedHolds, unseen };
}

function counted(opening: Opening, { snapshot, pages, error }: Reading, outcome: Outcome): Report {
  const { rows, unique, rejected, ignored, views } = snapshot;
  return {
    ...emptyReport(opening.source, outcome),
    ...opening.counts,
    ...(error === undefined ? {} : { error: failureOf(error) }),
    pages,
    rows,
    unique,
    rejected,
    ignored,
    views,
    ms: opening.ms,
  };
}

/** Only a whole list shows what is gone from its items. */
function driftOf({ snapshot, coverage }: Reading, before: Shape | undefined) {
  if (coverage.kind !== "whole") return { shape: undefined, drift: [] };
  if (before === undefined) return { shape: snapshot.shape, drift: [] };
  return {
    shape: unitedShape(before, snapshot.shape, snapshot.rows),
    drift: driftBetween(before, snapshot.shape, snapshot.rows),
  };
}

function heldFindings(plan: Plan): readonly Finding[] {
  return plan.held.map((held) => ({
    kind: held.kind === "removal" ? "held-removal" : "held-price",
    subject: offerId(held),
    message:
      held.kind === "removal"
        ? "gone together with many others: waits for a second look"
        : "its price jumped together with others, as if the unit had changed: waits for a second look",
  }));
}

export function failureOf(error: WorldError): Failure {
  return { code: error.code, message: error.message };
}
