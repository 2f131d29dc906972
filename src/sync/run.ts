/** One attempt to read one source, from the lease to the report. Whatever the world does, the ledger gets a true account. */
import { WorldError } from "../domain/errors.ts";
import { offerId } from "../domain/offer.ts";
import { emptyReport, type Report } from "../domain/run.ts";
import { credentialOf, type Credential } from "../kit/auth.ts";
import { placeOf } from "../kit/place.ts";
import { readiness } from "../kit/readiness.ts";
import type { Source } from "../kit/source.ts";
import { factsHash } from "../ledger/hash.ts";
import type { Lease, RunCommit, SourceState } from "../ledger/ledger.ts";
import { applied, confirmed, refused, unread, type Opening } from "./account.ts";
import { ask } from "./ask.ts";
import { confirmUnchanged, versionsHeld } from "./confirm.ts";
import type { SyncContext } from "./context.ts";
import { causeOf, fingerprintOf } from "./fingerprint.ts";
import { isHub, readHub } from "./hub/run.ts";
import type { Reading } from "./read-source.ts";
import { reconcilePart } from "./reconcile.ts";

export type RunReport = Report & { readonly runId?: number };

/** A process that died gives its sources back this long after the longest run would have ended. */
const LEASE_SLACK_MS = 60_000;

/** Reads one source and writes down what came of it. Never throws for what an upstream did. */
export async function runSource(source: Source, context: SyncContext): Promise<RunReport> {
  const asked = readiness(source, context);
  if ("reason" in asked) return finished(context, { ...emptyReport(source.id, "skipped"), ...asked });
  const { ledger, runtime, limits } = context;
  const lease = await ledger.takeLease(
    `source:${source.id}`,
    context.holder,
    runtime.now(),
    limits.runMs + LEASE_SLACK_MS,
    context.isGone,
  );
  if (lease === undefined)
    return finished(context, {
      ...emptyReport(source.id, "skipped"),
      reason: "another process is reading it",
    });
  try {
    return finished(context, await readAndWrite(asked.source, context, lease));
  } finally {
    // The run is written or it has failed, and both are known: a lease that cannot be given back runs out by itself.
    await ledger.releaseLease(lease).catch(() => undefined);
  }
}

async function readAndWrite(source: Source, context: SyncContext, lease: Lease): Promise<RunReport> {
  const { ledger, runtime } = context;
  const startedAt = runtime.now();
  const startedMs = runtime.monotonic();
  const credential = credentialFor(source, context);
  const fingerprint = fingerprintOf(source, credential !== undefined);
  if (source.kind === "web" && isHub(source)) {
    const commit = await readHub(source, context, lease, { credential, fingerprint });
    return { ...commit.report, runId: await ledger.commitRun(commit, lease) };
  }
  const state = await ledger.sourceState(source.id);
  const rowsExpected = state.lastApplied?.rows;
  context.onProgress({
    kind: "started",
    source: source.id,
    ...(rowsExpected === undefined ? {} : { rowsExpected }),
  });

  const { reading, ...asked } = await ask(source, context, { state, fingerprint, credential });

  const opening: Opening = {
    source: source.id,
    startedAt,
    recordedAt: runtime.now(),
    ms: Math.round(runtime.monotonic() - startedMs),
    ...asked,
  };
  const commit = await accountFor(opening, reading, { source, context, state, fingerprint });
  const runId = await ledger.commitRun(commit, lease);
  return { ...commit.report, runId };
}

/** The operator's credential, where it is set and may be sent to where this source is asked. */
function credentialFor(source: Source, { addresses, credential }: SyncContext): Credential | undefined {
  if (source.kind === "package" || !placeOf(source, addresses).takesCredential) return undefined;
  return credentialOf(source.auth, credential);
}

interface Known {
  readonly source: Source;
  readonly context: SyncContext;
  readonly state: SourceState;
  readonly fingerprint: string;
}

/** The world's answer, weighed: not read, unchanged, not believed, or believed. */
async function accountFor(opening: Opening, reading: Reading, known: Known): Promise<RunCommit> {
  const { state, context, fingerprint } = known;
  if (reading.pages === 0 && !reading.unchanged) {
    return unread(opening, reading.error ?? new WorldError("unreachable", "nothing was read"));
  }
  const observedAt = observedAtOf(reading, state, opening.recordedAt);
  const moment = { observedAt, recordedAt: opening.recordedAt, intervalMs: context.intervalMs };
  if (reading.unchanged) {
    const { validators, lastApplied, open } = state;
    const factsNow = await context.ledger.factsOf(versionsHeld(state));
    return confirmed(opening, confirmUnchanged(state, factsNow, moment), {
      observedAt,
      fingerprint,
      validators,
      coverage: reading.coverage,
      rows: lastApplied?.rows ?? 0,
      offers: open.length,
    });
  }
  const refusal = refusalOf(reading, known, opening.recordedAt);
  if (refusal !== undefined) return refused(opening, reading, refusal);

  const { snapshot, coverage, lookedFor } = reading;
  const plan = reconcilePart(lookedFor, {
    ...moment,
    state,
    listings: snapshot.listings,
    hashOf: factsHash,
    factsBefore: await context.ledger.factsOf(differing(state, reading)),
    coverage,
    unreadTexts: snapshot.unreadTexts,
    cause: causeOf(state.fingerprint, fingerprint),
  });
  const returned = (await context.ledger.everListed(known.source.id, plan.added)).size;
  return applied(opening, reading, plan, {
    observedAt,
    fingerprint,
    returned,
    validators: reading.validators,
    shapeBefore: state.shape,
  });
}

/** Why an answer is not believed, or nothing. */
function refusalOf(
  { snapshot, statedAt, refusal, lookedFor }: Reading,
  { source, state, context }: Known,
  recordedAt: number,
): WorldError | undefined {
  if (refusal !== undefined) return refusal;
  const last = watermarkOf(state, recordedAt);
  if (statedAt !== undefined && statedAt < last - context.limits.olderAnswerMs) {
    return new WorldError("older-answer", `it says ${isoTime(statedAt)}, the last one said ${isoTime(last)}`);
  }
  if (snapshot.rejected > snapshot.rows * context.limits.rejectedShareMax) {
    return new WorldError("too-many-rejected", `${snapshot.rejected} of ${snapshot.rows}`);
  }
  if (
    snapshot.listings.size === 0 &&
    state.open.length > 0 &&
    lookedFor === undefined &&
    source.mayBeEmpty !== true
  ) {
    return new WorldError("empty", `${state.open.length} offers were listed before`);
  }
  return undefined;
}

/** The open versions whose offers are said otherwise now. */
function differing(state: SourceState, { snapshot }: Reading): readonly number[] {
  return state.open.flatMap((version) => {
    const listing = snapshot.listings.get(offerId(version));
    return listing === undefined || factsHash(listing.facts) === version.hash ? [] : [version.versionId];
  });
}

/** When the upstream said it: by its own clock, but never in our future and never before what it said already. */
function observedAtOf({ statedAt }: Reading, state: SourceState, recordedAt: number): number {
  return Math.max(Math.min(statedAt ?? recordedAt, recordedAt), watermarkOf(state, recordedAt));
}

/** When the source last said something. What lies in our future was written by a clock that jumped, and binds nobody. */
function watermarkOf({ lastApplied }: SourceState, recordedAt: number): number {
  return lastApplied === undefined || lastApplied.observedAt > recordedAt ? 0 : lastApplied.observedAt;
}

function finished(context: SyncContext, report: RunReport): RunReport {
  context.onProgress({ kind: "finished", source: report.source, report });
  return report;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
