/** Believed runs of a source, in the order in which the upstream spoke. */
import type { Report } from "../domain/run.ts";
import type { LedgerStore } from "./schema.ts";
import type { Stamp } from "./span.ts";

type Db = LedgerStore["db"];

export async function firstReading(db: Db, source: string): Promise<Stamp | undefined> {
  return stampOf(await believed(db, source).orderBy("observed_at").orderBy("id").limit(1).executeTakeFirst());
}

export async function lastReading(db: Db, source: string): Promise<Stamp | undefined> {
  const last = believed(db, source).orderBy("observed_at", "desc").orderBy("id", "desc");
  return stampOf(await last.limit(1).executeTakeFirst());
}

const BATCH_ROWS = 200;

/** The first one that proved its list whole. */
export async function firstWholeReading(db: Db, source: string): Promise<Stamp | undefined> {
  for (let offset = 0; ; offset += BATCH_ROWS) {
    const rows = await believed(db, source)
      .select("report")
      .orderBy("observed_at")
      .orderBy("id")
      .limit(BATCH_ROWS)
      .offset(offset)
      .execute();
    // What `insertRun` wrote.
    const whole = rows.find(({ report }) => (JSON.parse(report) as Report).coverage?.kind === "whole");
    if (whole !== undefined || rows.length < BATCH_ROWS) return stampOf(whole);
  }
}

/** When these runs were; every one of them was believed. */
export async function stampsOf(db: Db, runIds: readonly number[]): Promise<ReadonlyMap<number, Stamp>> {
  const stamps = new Map<number, Stamp>();
  for (let start = 0; start < runIds.length; start += BATCH_ROWS) {
    const rows = await db
      .selectFrom("run")
      .select(["id", "observed_at", "recorded_at"])
      .where("id", "in", runIds.slice(start, start + BATCH_ROWS))
      .execute();
    for (const row of rows) {
      const stamp = stampOf(row);
      if (stamp !== undefined) stamps.set(row.id, stamp);
    }
  }
  return stamps;
}

function believed(db: Db, source: string) {
  return db
    .selectFrom("run")
    .select(["id", "observed_at", "recorded_at"])
    .where("source", "=", source)
    .where("applied", "=", 1)
    .where("observed_at", "is not", null);
}

function stampOf(
  row: { readonly id: number; readonly observed_at: number | null; readonly recorded_at: number } | undefined,
): Stamp | undefined {
  if (row === undefined || row.observed_at === null) return undefined;
  return { runId: row.id, observedAt: row.observed_at, recordedAt: row.recorded_at };
}
