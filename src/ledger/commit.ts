/** Writes one run: everything it found becomes visible in one transaction, and its own row is the last write in it. */
import { wasApplied } from "../domain/run.ts";
import { keepAbsences } from "./absences.ts";
import { nextNumber } from "./counters.ts";
import { expires } from "./earlier.ts";
import { noteFindings } from "./findings.ts";
import { addHolds, endHolds } from "./holds.ts";
import { saveHubState } from "./hub-state.ts";
import { holdFence } from "./leases.ts";
import type { Lease, RunCommit } from "./ledger.ts";
import { keepRawPages, packBodies } from "./raw-bodies.ts";
import { noteRecording, type RecordedAnswer } from "./recordings.ts";
import { insertRun } from "./runs.ts";
import type { LedgerStore, Tables, Tx } from "./schema.ts";
import { saveState, stateRow } from "./source-state.ts";
import type { Stamp } from "./span.ts";
import { saveShape } from "./shapes.ts";
import { assertStorable, assertStorableFindings, assertStorableKeys } from "./storable.ts";
import { isBeforeAllNews, noteUntold } from "./untold.ts";
import { saveValidators } from "./validators.ts";
import { closeVersions, openVersions } from "./versions.ts";
import { saveVolatile } from "./volatile.ts";
import type { Selectable } from "kysely";

type Applied = NonNullable<RunCommit["applied"]>;
type StateRow = Selectable<Tables["source_state"]>;

/** Returns the run's id. Throws `LeaseLost` where the lease was taken over; after any throw nothing is written. */
export async function commitRun(store: LedgerStore, commit: RunCommit, lease: Lease): Promise<number> {
  refuse(commit);
  // Compressing takes longer than writing: it is done before anybody has to wait for this transaction.
  const bodies = await packBodies(store, commit.rawPages);
  return store.write(async (tx) => {
    await holdFence(store, tx, lease);
    const before = await stateRow(tx, commit.source);
    const stamp = await stampOf(tx, commit, before);
    const changed =
      commit.applied === undefined
        ? false
        : await apply(store, tx, commit.source, commit.applied, stamp, before);
    await noteFindings(store, tx, commit, stamp);
    await keepRawPages(store, tx, bodies, stamp);
    if (commit.recording !== undefined)
      await importRecording(store, tx, commit, commit.recording, stamp, before);
    if (commit.hub !== undefined) await saveHubState(tx, commit.hub);
    const state = await saveState(tx, commit, stamp, before);
    const isNews = changed || state.ever_whole !== (before?.ever_whole ?? 0) || (await expires(tx, commit));
    if (isNews) await nextNumber(tx, "content");
    await insertRun(tx, commit, stamp);
    return stamp.runId;
  });
}

/** Mistakes of the caller, found before anything is written. */
function refuse(commit: RunCommit): void {
  if (commit.applied === undefined && wasApplied(commit.report.outcome))
    throw new Error(`a run that is ${commit.report.outcome} applies something`);
  if (commit.applied !== undefined && !wasApplied(commit.report.outcome))
    throw new Error(`a run that is ${commit.report.outcome} applies nothing`);
  assertStorable(commit.source);
  assertStorableFindings(commit.findings);
  const { openings = [], holds = [], unseen = [], volatile = [] } = commit.applied ?? {};
  assertStorableKeys([...openings, ...holds, ...unseen, ...volatile]);
}

/** What a run applies without having read (an accepted hold) was said when the upstream last said anything. */
async function stampOf(tx: Tx, commit: RunCommit, before: StateRow | undefined): Promise<Stamp> {
  const lastObserved = before?.applied_observed_at ?? undefined;
  const observedAt = commit.observedAt ?? lastObserved ?? commit.recordedAt;
  // A last time in our future was written by a clock that jumped: it binds nobody.
  const binding = lastObserved === undefined || lastObserved > commit.recordedAt ? 0 : lastObserved;
  if (commit.applied !== undefined && observedAt < binding) {
    throw new Error(`the observed time of ${commit.source} runs backwards: ${observedAt} after ${binding}`);
  }
  return { runId: await nextNumber(tx, "run"), observedAt, recordedAt: commit.recordedAt };
}

/** A source's first reading is where its changes begin, as is that of a ledger that has published nothing: both tell nothing. */
async function importRecording(
  store: LedgerStore,
  tx: Tx,
  { source, applied }: RunCommit,
  recording: RecordedAnswer,
  stamp: Stamp,
  before: StateRow | undefined,
): Promise<void> {
  await noteRecording(tx, source, recording, stamp.runId);
  if (applied === undefined) return;
  const isFirst = (before?.applied_observed_at ?? null) === null && (await isBeforeAllNews(tx, stamp));
  if (!isFirst) await noteUntold(store, tx, [{ source, at: stamp.observedAt }]);
}

/** True where what is published may differ now. */
async function apply(
  store: LedgerStore,
  tx: Tx,
  source: string,
  applied: Applied,
  stamp: Stamp,
  before: StateRow | undefined,
): Promise<boolean> {
  const replaced = applied.openings.flatMap(({ replaces, cause }) =>
    replaces === undefined ? [] : [{ versionId: replaces, cause }],
  );
  await closeVersions(store, tx, source, [...replaced, ...applied.closings], stamp);
  await openVersions(store, tx, source, applied.openings, stamp);
  await endHolds(tx, source, applied.endedHolds, stamp);
  await addHolds(store, tx, source, applied.holds, stamp);
  const absences = await keepAbsences(
    store,
    tx,
    source,
    applied.unseen,
    stamp,
    Math.min(before?.applied_observed_at ?? stamp.observedAt, stamp.observedAt),
  );
  const moved = await saveVolatile(store, tx, source, applied.volatile, stamp);
  await saveValidators(tx, source, applied.validators);
  await saveShape(tx, source, applied.shape);
  const { openings, closings, holds, endedHolds } = applied;
  return openings.length + closings.length + holds.length + endedHolds.length + absences + moved > 0;
}
