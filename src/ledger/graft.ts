/**
 * Puts a past before the present: the runs of a ledger in memory go before the first believed run of the same source, in one
 * transaction. Nothing that is true now changes: what stood at the end of the past ends where the present says otherwise, and
 * goes on as one version where both say the same.
 */
import { sql, type Insertable, type Selectable } from "kysely";
import type { Cause } from "../domain/change.ts";
import { offerId } from "../domain/offer.ts";
import { textRows } from "../store/rows.ts";
import { nextNumber } from "./counters.ts";
import { holdFence } from "./leases.ts";
import type { Lease } from "./ledger.ts";
import { firstReading, firstWholeReading, lastReading, stampsOf } from "./readings.ts";
import type { LedgerStore, Tables, Tx } from "./schema.ts";
import { closed, type Stamp } from "./span.ts";
import { isBeforeAllNews, noteUntold } from "./untold.ts";

type Version = Selectable<Tables["listing_version"]>;
type Spanned = "listing_version" | "absence" | "hold";

export interface GraftOptions {
  readonly lease: Lease;
  /** When all of it is written down. */
  readonly recordedAt: number;
  /** Why the present differs from where the past ends: the upstream did, unless they are answers to different questions. */
  readonly cause: Cause;
}

export async function graft(
  store: LedgerStore,
  past: LedgerStore,
  source: string,
  { lease, recordedAt, cause }: GraftOptions,
): Promise<void> {
  await store.write(async (tx) => {
    await holdFence(store, tx, lease);
    const first = await firstReading(tx, source);
    const last = await lastReading(past.db, source);
    if (first === undefined || (last !== undefined && last.observedAt >= first.observedAt))
      throw new Error(`the past of ${source} does not lie before its present`);
    // Before the past is here: the present's own, where it was ever whole.
    const whole = (await firstWholeReading(tx, source)) ?? first;
    const runIds = await graftRuns(tx, past, source, recordedAt);
    const task: Task = { store, tx, past, source, first, whole, recordedAt, cause, runIds };
    await graftVersions(task);
    await graftAbsences(task);
    await graftHolds(task);
    await graftBeside(task);
    await graftUntold(task);
    await nextNumber(tx, "content");
  });
}

interface Task {
  readonly store: LedgerStore;
  readonly tx: Tx;
  readonly past: LedgerStore;
  readonly source: string;
  /** Where the present begins. */
  readonly first: Stamp;
  /** The present's first reading that proves what is not there any more. */
  readonly whole: Stamp;
  readonly recordedAt: number;
  readonly cause: Cause;
  /** The number that each run of the past has here. */
  readonly runIds: ReadonlyMap<number, number>;
}

async function graftRuns(
  tx: Tx,
  past: LedgerStore,
  source: string,
  recordedAt: number,
): Promise<ReadonlyMap<number, number>> {
  const ids = new Map<number, number>();
  const runs = await past.db
    .selectFrom("run")
    .selectAll()
    .where("source", "=", source)
    .orderBy("id")
    .execute();
  for (const run of runs) {
    const id = await nextNumber(tx, "run");
    ids.set(run.id, id);
    await tx
      .insertInto("run")
      .values({ ...run, id, recorded_at: recordedAt })
      .execute();
  }
  return ids;
}

async function graftVersions(task: Task): Promise<void> {
  const { store, tx, past, source, first, whole, recordedAt, cause } = task;
  const versions = await past.db
    .selectFrom("listing_version")
    .selectAll()
    .where("source", "=", source)
    .orderBy("id")
    .execute();
  const standing = versions.filter((version) => version.observed_to === null);
  const heirs = await heirsOf(store, tx, source, standing);
  const stamps = await stampsOf(tx, [...new Set([...heirs.values()].map((heir) => heir.run_from))]);
  const rows = versions.map((version): Insertable<Tables["listing_version"]> => {
    const { id: _id, ...row } = { ...version, ...moved(task, version) };
    if (version.observed_to !== null) return row;
    const heir = heirs.get(keyOf(version));
    if (heir === undefined || heir.observed_from > whole.observedAt)
      return { ...row, ...closed(whole), cause_to: cause };
    // The same from the past into the present is one version, with the end that the present gave it.
    if (heir.hash === version.hash) {
      const { observed_to, recorded_to, run_to, cause_to } = heir;
      return { ...row, observed_to, recorded_to, run_to, cause_to };
    }
    return { ...row, ...closed(stamps.get(heir.run_from) ?? first), cause_to: cause };
  });
  const replaced = standing.flatMap((version) => {
    const heir = heirs.get(keyOf(version));
    return heir?.hash === version.hash && heir.observed_from <= whole.observedAt ? [heir.id] : [];
  });
  for (const id of replaced)
    await tx.updateTable("listing_version").set({ retracted_at: recordedAt }).where("id", "=", id).execute();
  await store.insertRows(tx, "listing_version", rows);
}

/** The present's first version of each offer that the past left standing. */
async function heirsOf(
  store: LedgerStore,
  tx: Tx,
  source: string,
  standing: readonly Version[],
): Promise<ReadonlyMap<string, Version>> {
  const keys = textRows(
    store.dialect,
    ["gateway", "provider", "native_id"],
    standing.map((version) => [version.gateway, version.provider, version.native_id]),
  );
  const { rows } = await sql<Version>`
    select v.* from listing_version v join (${keys}) k
      on v.gateway = k.gateway and v.provider = k.provider and v.native_id = k.native_id
    where v.source = ${source} and v.retracted_at is null
    order by v.observed_from desc, v.id desc`.execute(tx);
  // The last one that is set stays: the earliest.
  return new Map(rows.map((row) => [keyOf(row), row]));
}

async function graftAbsences(task: Task): Promise<void> {
  const { store, tx, past, source, first } = task;
  const absences = await past.db.selectFrom("absence").selectAll().where("source", "=", source).execute();
  const rows = absences.map(({ id: _id, ...absence }) => ({
    ...absence,
    ...moved(task, absence),
    ...(absence.observed_to === null ? closed(first) : {}),
  }));
  await store.insertRows(tx, "absence", rows);
}

/** What still waited when the past ended was answered by the present's first run. */
async function graftHolds(task: Task): Promise<void> {
  const { store, tx, past, source, first } = task;
  const holds = await past.db.selectFrom("hold").selectAll().where("source", "=", source).execute();
  const rows = holds.map(({ id: _id, ...hold }) => ({
    ...hold,
    ...moved(task, hold),
    ...(hold.observed_to === null ? { ...closed(first), how: "withdrawn" } : {}),
  }));
  await store.insertRows(tx, "hold", rows);
}

/** What lies beside the listings: samples, bodies, the account of what was imported, findings as what they are: over. */
async function graftBeside(task: Task): Promise<void> {
  const { store, tx, past, source, recordedAt } = task;
  const all = <Name extends keyof Tables>(table: Name) =>
    sql<Selectable<Tables[Name]>>`select * from ${sql.table(table)}`
      .execute(past.db)
      .then(({ rows }) => rows);
  await store.insertRows(
    tx,
    "volatile_sample",
    (await all("volatile_sample")).map((sample) => ({ ...sample, recorded_at: recordedAt })),
    "on conflict (source, gateway, provider, native_id, day) do nothing",
  );
  for (const { hash } of await past.db.selectFrom("raw_body").select("hash").execute()) {
    const body = await past.db
      .selectFrom("raw_body")
      .selectAll()
      .where("hash", "=", hash)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto("raw_body")
      .values({ ...body, kept_at: recordedAt })
      .onConflict((conflict) => conflict.column("hash").doNothing())
      .execute();
  }
  await store.insertRows(
    tx,
    "raw_page",
    (await all("raw_page")).map((page) => ({ ...page, run_id: here(task, page.run_id) })),
  );
  await store.insertRows(
    tx,
    "recording",
    (await all("recording")).map((one) => ({ ...one, run_id: here(task, one.run_id) })),
  );
  await store.insertRows(
    tx,
    "finding",
    (await all("finding")).map(({ id: _id, ...finding }) => ({
      ...finding,
      first_seen: recordedAt,
      last_seen: recordedAt,
      last_run_id: here(task, finding.last_run_id),
      ended_at: recordedAt,
    })),
    "on conflict (source, kind, subject) do nothing",
  );
  const [state] = await all("source_state");
  if (state?.ever_whole === 1)
    await tx.updateTable("source_state").set({ ever_whole: 1 }).where("source", "=", source).execute();
}

/**
 * What the past's own readings changed is still to be told, and how the present differs from where the past ends: up to its first
 * whole reading, and only of what the past left standing, unless the present told nothing of its first reading either.
 */
async function graftUntold({ store, tx, past, source, first, whole, cause }: Task): Promise<void> {
  const readings = await past.db.selectFrom("untold").select(["source", "at"]).execute();
  const { rows: meetings } = await sql<{ at: number }>`
    select distinct observed_at as at from run where source = ${source} and applied = 1
      and observed_at >= ${first.observedAt} and observed_at <= ${whole.observedAt}`.execute(tx);
  const isUntold = await isBeforeAllNews(tx, first);
  await noteUntold(store, tx, [
    ...readings,
    ...meetings.map(({ at }) => ({
      source,
      at,
      // It was a first reading, and such a one says of itself that it asked something new.
      ...(at === first.observedAt ? { cause } : {}),
      ...(isUntold && at === first.observedAt ? {} : { onlyBefore: first.observedAt }),
    })),
  ]);
}

/** A row's span as it is known here. */
function moved(task: Task, span: Pick<Selectable<Tables[Spanned]>, "run_from" | "run_to" | "recorded_to">) {
  return {
    recorded_from: task.recordedAt,
    recorded_to: span.recorded_to === null ? null : task.recordedAt,
    run_from: here(task, span.run_from),
    run_to: span.run_to === null ? null : here(task, span.run_to),
  };
}

function here({ runIds, source }: Task, runId: number): number {
  const id = runIds.get(runId);
  if (id === undefined) throw new Error(`the past of ${source} names a run ${runId} that it does not hold`);
  return id;
}

function keyOf({ gateway, provider, native_id: nativeId }: Version): string {
  return offerId({ gateway, provider, nativeId });
}
