/**
 * Readings that came into the past and whose changes nobody has told yet: noted in the transaction that brings them, taken away in
 * the one that writes their changes. Whoever dies in between leaves them for the next import.
 */
import { sql } from "kysely";
import type { Cause, Change } from "../domain/change.ts";
import { offerId, type OfferKey } from "../domain/offer.ts";
import type { ColumnTypes } from "../store/migrate.ts";
import { insertChanges, refuseChanges } from "./changes.ts";
import { holdFence } from "./leases.ts";
import type { Lease } from "./ledger.ts";
import type { LedgerStore, Tx } from "./schema.ts";
import type { Stamp } from "./span.ts";

export interface UntoldTables {
  readonly untold: {
    readonly source: string;
    /** When the upstream said it. */
    readonly at: number;
    /** Only of offers that were stated before then: of the others the present told itself. */
    readonly only_before: number | null;
    /** Why, where the versions of that reading cannot say so. */
    readonly cause: string | null;
  };
}

/** What is to be told of one instant. */
export interface UntoldMoment {
  readonly at: number;
  readonly sources: readonly UntoldReading[];
}

/** What one source said at it. */
export interface UntoldReading {
  readonly source: string;
  readonly onlyBefore?: number;
  readonly cause?: Cause;
}

export function untoldTables({ int, text, keyed }: ColumnTypes): readonly string[] {
  const earlier = `select 1 from run e where e.source = r.source and e.applied = 1 and e.observed_at < r.observed_at`;
  const own = `e.id not in (select run_id from recording)`;
  return [
    `create table untold (source ${text} not null, at ${int} not null, only_before ${int}, cause ${text}, primary key (source, at)) ${keyed}`,
    // What was imported before there was this table: but for the first reading, and for what lies behind the present, which was news.
    `insert into untold (source, at) select distinct r.source, r.observed_at from run r join recording i on i.run_id = r.id
      where r.applied = 1 and exists (${earlier}) and not exists (${earlier} and ${own})`,
    `insert into untold (source, at, only_before) select r.source, min(r.observed_at), min(r.observed_at) from run r
      where r.applied = 1 and r.id not in (select run_id from recording)
        and exists (select 1 from recording i join run e on e.id = i.run_id
          where e.source = r.source and e.applied = 1 and e.id > r.id and e.observed_at < r.observed_at)
        and not exists (select 1 from untold u where u.source = r.source and u.at = r.observed_at)
      group by r.source`,
  ];
}

export async function noteUntold(
  store: LedgerStore,
  tx: Tx,
  readings: readonly (UntoldReading & { readonly at: number })[],
): Promise<void> {
  await store.insertRows(
    tx,
    "untold",
    readings.map(({ source, at, onlyBefore, cause }) => ({
      source,
      at,
      only_before: onlyBefore ?? null,
      cause: cause ?? null,
    })),
    "on conflict (source, at) do nothing",
  );
}

/** The earliest; nothing where all is told. */
export async function nextUntold({ db }: LedgerStore): Promise<UntoldMoment | undefined> {
  const rows = await db
    .selectFrom("untold")
    .selectAll()
    .where("at", "=", ({ selectFrom }) => selectFrom("untold").select(({ fn }) => fn.min("at").as("at")))
    .orderBy("source")
    .execute();
  const [first] = rows;
  if (first === undefined) return undefined;
  return {
    at: first.at,
    sources: rows.map(({ source, only_before: onlyBefore, cause }) => ({
      source,
      // What `noteUntold` wrote.
      ...(cause === null ? {} : { cause: cause as Cause }),
      ...(onlyBefore === null ? {} : { onlyBefore }),
    })),
  };
}

/** Writes what changed at this moment, and that it is told, in one transaction. Throws `LeaseLost`. */
export async function writeTold(
  store: LedgerStore,
  { at, sources }: UntoldMoment,
  list: readonly Change[],
  lease: Lease,
): Promise<void> {
  refuseChanges(list);
  await store.write(async (tx) => {
    await holdFence(store, tx, lease);
    const { revision } = await tx
      .selectFrom("revision")
      .select(({ fn }) => fn.max("number").as("revision"))
      .executeTakeFirstOrThrow();
    if (revision === null) throw new Error("the past is told once a revision is out");
    await insertChanges(store, tx, list, { revision, at, isImported: true });
    for (const { source } of sources)
      await tx.deleteFrom("untold").where("source", "=", source).where("at", "=", at).execute();
  });
}

/** By offer id: why offers ended at an instant. */
export async function endedAt({ db }: LedgerStore, at: number): Promise<ReadonlyMap<string, Cause>> {
  const { rows } = await sql<OfferKey & { readonly cause: Cause }>`
    select gateway, provider, native_id as "nativeId", cause_to as cause from listing_version
    where observed_to = ${at} and retracted_at is null`.execute(db);
  return new Map(rows.map((row) => [offerId(row), row.cause]));
}

/**
 * The offers of which recordings that were imported after this run say something, and no other run since; nothing where none was
 * imported. What is otherwise with them is told as history.
 */
export async function recordedSince(
  { db }: LedgerStore,
  runId: number,
): Promise<ReadonlySet<string> | undefined> {
  const recorded = sql`select run_id from recording where run_id > ${runId}`;
  const found = await sql`${recorded} limit 1`.execute(db);
  if (found.rows.length === 0) return undefined;
  const key = sql`gateway, provider, native_id as "nativeId"`;
  const { rows } = await sql<OfferKey>`
    select ${key} from listing_version
    where retracted_at is null and (run_from in (${recorded}) or run_to in (${recorded}))
    except select ${key} from listing_version
    where (run_from > ${runId} and run_from not in (${recorded})) or (run_to > ${runId} and run_to not in (${recorded}))`.execute(
    db,
  );
  return new Set(rows.map(offerId));
}

/** True where nothing of a run was told when it was read: no revision was out, and the first one holds it. */
export async function isBeforeAllNews(tx: Tx, { runId }: Pick<Stamp, "runId">): Promise<boolean> {
  const first = await tx
    .selectFrom("revision")
    .select("run_id")
    .orderBy("number")
    .limit(1)
    .executeTakeFirst();
  return first === undefined || first.run_id >= runId;
}
