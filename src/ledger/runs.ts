/** Runs and their reports, and what they say together of each source's health. */
import type { Selectable } from "kysely";
import type { Report } from "../domain/run.ts";
import type { Run, RunCommit, SourceHealth } from "./ledger.ts";
import type { LedgerStore, Tables, Tx } from "./schema.ts";
import { lastAppliedOf } from "./source-state.ts";
import type { Stamp } from "./span.ts";

/** The row that makes a run visible. */
export async function insertRun(tx: Tx, commit: RunCommit, stamp: Stamp): Promise<void> {
  await tx
    .insertInto("run")
    .values({
      id: stamp.runId,
      source: commit.source,
      started_at: commit.startedAt,
      recorded_at: stamp.recordedAt,
      observed_at: commit.applied === undefined ? (commit.observedAt ?? null) : stamp.observedAt,
      applied: commit.applied === undefined ? 0 : 1,
      report: JSON.stringify(commit.report),
    })
    .execute();
}

export async function run(store: LedgerStore, id: number): Promise<Run | undefined> {
  const row = await store.db.selectFrom("run").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : runOf(row);
}

export async function runs(
  store: LedgerStore,
  query: { readonly source?: string; readonly limit: number },
): Promise<readonly Run[]> {
  let rows = store.db.selectFrom("run").selectAll();
  if (query.source !== undefined) rows = rows.where("source", "=", query.source);
  return (await rows.orderBy("id", "desc").limit(query.limit).execute()).map(runOf);
}

/** One entry for each source that ever ran, by name. */
export async function health(store: LedgerStore): Promise<readonly SourceHealth[]> {
  const snapshot = await store.snapshot();
  try {
    const states = await snapshot.db.selectFrom("source_state").selectAll().orderBy("source").execute();
    const ids = states.flatMap((state) => [
      state.last_run_id,
      ...(state.applied_run_id === null ? [] : [state.applied_run_id]),
    ]);
    const rows =
      ids.length === 0
        ? []
        : await snapshot.db.selectFrom("run").selectAll().where("id", "in", ids).execute();
    const runById = new Map(rows.map((row) => [row.id, runOf(row)]));
    const [offers, held, findings] = await counts(snapshot.db);
    return states.map((state) => {
      const lastRun = runById.get(state.last_run_id);
      const lastApplied = lastAppliedOf(state);
      const coverage =
        lastApplied === undefined ? undefined : runById.get(lastApplied.runId)?.report.coverage;
      return {
        source: state.source,
        ...(lastRun === undefined ? {} : { lastRun }),
        ...(lastApplied === undefined
          ? {}
          : { lastApplied: { ...lastApplied, ...(coverage === undefined ? {} : { coverage }) } }),
        everWhole: state.ever_whole === 1,
        offers: offers.get(state.source) ?? 0,
        held: held.get(state.source) ?? 0,
        findings: findings.get(state.source) ?? 0,
        ...(state.not_before === null ? {} : { notBefore: state.not_before }),
      };
    });
  } finally {
    await snapshot.end();
  }
}

type Counts = ReadonlyMap<string, number>;

async function counts(db: LedgerStore["db"]): Promise<readonly [Counts, Counts, Counts]> {
  const offers = await db
    .selectFrom("listing_version")
    .select(["source", (count) => count.fn.countAll<number>().as("count")])
    .where("observed_to", "is", null)
    .where("retracted_at", "is", null)
    .groupBy("source")
    .execute();
  const held = await db
    .selectFrom("hold")
    .select(["source", (count) => count.fn.countAll<number>().as("count")])
    .where("observed_to", "is", null)
    .groupBy("source")
    .execute();
  const findings = await db
    .selectFrom("finding")
    .select(["source", (count) => count.fn.countAll<number>().as("count")])
    .where("ended_at", "is", null)
    .groupBy("source")
    .execute();
  const bySource = (rows: readonly { readonly source: string; readonly count: number }[]) =>
    new Map(rows.map(({ source, count }) => [source, count]));
  return [bySource(offers), bySource(held), bySource(findings)];
}

function runOf(row: Selectable<Tables["run"]>): Run {
  return {
    id: row.id,
    source: row.source,
    startedAt: row.started_at,
    recordedAt: row.recorded_at,
    ...(row.observed_at === null ? {} : { observedAt: row.observed_at }),
    // What `insertRun` wrote.
    report: JSON.parse(row.report) as Report,
  };
}
