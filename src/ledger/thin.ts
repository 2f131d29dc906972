/** Thins what grows with every day and is looked at ever less: the ledger keeps its history, not every heartbeat. */
import { sql } from "kysely";
import { RUNS_MAX, WALKED } from "./earlier.ts";
import type { LedgerStore } from "./schema.ts";

export interface Thinned {
  readonly runs: number;
  readonly findings: number;
  readonly samples: number;
}

const DAY_MS = 86_400_000;
/** Of the samples of so many days one stays. */
const SAMPLE_DAYS = 30;

export async function thin(store: LedgerStore, before: number): Promise<Thinned> {
  return store.write(async (tx) => {
    // What was replaced outlasts some walks through the list: they are counted, also in the past.
    const runs = await sql`
      with named as (${NAMED}),
      walked as (select id, source, observed_at, case when id in (select id from named) then 1 else 0 end as is_named
        from run where applied = 1 and report like ${WALKED}),
      stretched as (select id, source, observed_at,
        sum(is_named) over (partition by source order by observed_at, id) as stretch from walked),
      placed as (select id, row_number() over (partition by source, stretch order by observed_at, id) as place from stretched)
      delete from run where recorded_at < ${before} and id not in (select id from named)
        and id not in (select id from placed where place <= ${sql.lit(RUNS_MAX + 1)})
        and id not in (select max(id) from run where applied = 1 group by source, observed_at / ${sql.lit(DAY_MS)})`.execute(
      tx,
    );
    const findings = await sql`
      delete from finding where ended_at is not null and ended_at < ${before}`.execute(tx);
    const samples = await sql`
      delete from volatile_sample where day < ${Math.floor(before / DAY_MS)} and exists (
        select 1 from volatile_sample e where e.source = volatile_sample.source and e.gateway = volatile_sample.gateway
          and e.provider = volatile_sample.provider and e.native_id = volatile_sample.native_id
          and e.day < volatile_sample.day
          and e.day / ${sql.lit(SAMPLE_DAYS)} = volatile_sample.day / ${sql.lit(SAMPLE_DAYS)})`.execute(tx);
    const count = ({ numAffectedRows = 0n }: { readonly numAffectedRows?: bigint }) =>
      Number(numAffectedRows);
    return { runs: count(runs), findings: count(findings), samples: count(samples) };
  });
}

/** Runs that a version, a hold, a body or a revision names. */
const NAMED = sql`
  select run_from as id from listing_version union select run_to from listing_version where run_to is not null
  union select run_from from absence union select run_to from absence where run_to is not null
  union select run_from from hold union select run_to from hold where run_to is not null
  union select run_id from raw_page union select run_id from revision union select run_id from recording
  union select last_run_id from source_state
  union select applied_run_id from source_state where applied_run_id is not null`;
