/** What the ledger knows of one source as a whole: one row, the only one besides its own that an unchanged run writes. */
import type { Selectable } from "kysely";
import { absences } from "./absences.ts";
import type { RunCommit, SourceState } from "./ledger.ts";
import { holds } from "./holds.ts";
import type { LedgerStore, Tables, Tx } from "./schema.ts";
import { shapeOf } from "./shapes.ts";
import type { Stamp } from "./span.ts";
import { validatorsOf } from "./validators.ts";

type StateRow = Selectable<Tables["source_state"]>;

export async function sourceState(store: LedgerStore, source: string): Promise<SourceState> {
  const row = await stateRow(store.db, source);
  const open = await store.db
    .selectFrom("listing_version")
    .select(["id as versionId", "gateway", "provider", "native_id as nativeId", "hash"])
    .where("source", "=", source)
    .where("observed_to", "is", null)
    .where("retracted_at", "is", null)
    .execute();
  const lastApplied = row === undefined ? undefined : lastAppliedOf(row);
  return {
    source,
    ...present("lastRunAt", row?.last_run_at),
    ...(lastApplied === undefined ? {} : { lastApplied }),
    everWhole: row?.ever_whole === 1,
    ...present("fingerprint", row?.fingerprint),
    ...present("notBefore", row?.not_before),
    open,
    unseen: (await absences(store.db, source)).map(({ gateway, provider, nativeId }) => ({
      gateway,
      provider,
      nativeId,
    })),
    holds: await holds(store, { source }),
    validators: await validatorsOf(store.db, source),
    ...present("shape", await shapeOf(store.db, source)),
  };
}

/** A field of its own, or none where the column is empty. */
function present<Name extends string, Value>(
  name: Name,
  value: Value | null | undefined,
): { readonly [name in Name]?: Value } {
  return value === null || value === undefined
    ? {}
    : ({ [name]: value } as { readonly [name in Name]: Value });
}

export async function stateRow(db: LedgerStore["db"], source: string): Promise<StateRow | undefined> {
  return db.selectFrom("source_state").selectAll().where("source", "=", source).executeTakeFirst();
}

/** The last believed run: its columns are all there, or none is. */
export function lastAppliedOf(row: StateRow): SourceState["lastApplied"] {
  const {
    applied_run_id: runId,
    applied_observed_at: observedAt,
    applied_recorded_at: recordedAt,
    applied_rows: rows,
  } = row;
  if (runId === null || observedAt === null || recordedAt === null || rows === null) return undefined;
  return { runId, observedAt, recordedAt, rows };
}

/** A run that was skipped is no run of the upstream; one that was not believed leaves what was believed before. */
export async function saveState(
  tx: Tx,
  commit: RunCommit,
  stamp: Stamp,
  before: StateRow | undefined,
): Promise<StateRow> {
  const { report, applied } = commit;
  const skipped = report.outcome === "skipped";
  const row: StateRow = {
    source: commit.source,
    last_run_id: stamp.runId,
    last_run_at: skipped ? (before?.last_run_at ?? null) : commit.startedAt,
    applied_run_id: applied === undefined ? (before?.applied_run_id ?? null) : stamp.runId,
    applied_observed_at: applied === undefined ? (before?.applied_observed_at ?? null) : stamp.observedAt,
    applied_recorded_at: applied === undefined ? (before?.applied_recorded_at ?? null) : stamp.recordedAt,
    applied_rows: appliedRows(commit, before),
    ever_whole: applied !== undefined && report.coverage?.kind === "whole" ? 1 : (before?.ever_whole ?? 0),
    fingerprint: applied?.fingerprint ?? before?.fingerprint ?? null,
    not_before: skipped ? (before?.not_before ?? null) : (commit.notBefore ?? null),
  };
  const { source: _key, ...columns } = row;
  await tx
    .insertInto("source_state")
    .values(row)
    .onConflict((conflict) => conflict.column("source").doUpdateSet(columns))
    .execute();
  return row;
}

/** An upstream that says "unchanged" sends no rows: those of the answer before still hold. */
function appliedRows({ report, applied }: RunCommit, before: StateRow | undefined): number | null {
  if (applied === undefined) return before?.applied_rows ?? null;
  return report.outcome === "unchanged" ? (before?.applied_rows ?? report.rows) : report.rows;
}
