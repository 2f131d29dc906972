/**
 * What listings stated until a moment ago and may have left out by chance: the facts of versions that a source replaced
 * within its last runs. Merging decides what of them lasts.
 */
import { sql, type RawBuilder } from "kysely";
import type { Cause } from "../domain/change.ts";
import type { Facts } from "../domain/listing.ts";
import { offerId, type OfferKey } from "../domain/offer.ts";
import type { RunCommit } from "./ledger.ts";
import type { LedgerStore, Tx } from "./schema.ts";
import { stands, type Moment } from "./span.ts";
import { parseFacts } from "./versions.ts";

/** Runs that a value outlasts after the last one that stated it. */
export const RUNS_MAX = 3;

/** A list that was walked to its end, `whole` or `window`: of one that broke off nobody knows what it would have stated. */
export const WALKED = `%"coverage":{"kind":"w%`;

/** By source and offer (`earlierKey`), the newest first. What our own rules or another question replaced is not among them. */
export async function earlierFacts(
  db: LedgerStore["db"],
  moment: Moment | undefined,
): Promise<ReadonlyMap<string, readonly Facts[]>> {
  const closed =
    moment === undefined
      ? sql`v.observed_to is not null`
      : sql`v.observed_to <= ${moment.asOf} and v.recorded_to <= ${moment.knownAt}`;
  const { rows } = await sql<OfferKey & { source: string; cause: Cause; facts: string | null }>`
    select v.source, v.gateway, v.provider, v.native_id as "nativeId", v.cause_to as cause,
      case when v.cause_to = 'upstream' then v.facts end as facts
    from (select s.source, coalesce(${sightingBefore("s", RUNS_MAX - 1, moment)}, 0) as since from source_state s) w
    join listing_version v on v.source = w.source and v.observed_to >= w.since
    where ${closed} and ${stands("v", moment)}
    order by v.observed_to desc, v.id desc`.execute(db);
  const earlier = new Map<string, Facts[]>();
  const ended = new Set<string>();
  for (const row of rows) {
    const key = earlierKey(row);
    if (row.facts === null) ended.add(key);
    else if (!ended.has(key)) earlier.set(key, [...(earlier.get(key) ?? []), parseFacts(row.facts)]);
  }
  return earlier;
}

export function earlierKey(listing: OfferKey & { readonly source: string }): string {
  return `${listing.source} ${offerId(listing)}`;
}

/** True where a run, before it is written, is one too many for what an older one replaced: less is published then. */
export async function expires(tx: Tx, { source, report, applied }: RunCommit): Promise<boolean> {
  if (applied === undefined || (report.coverage?.kind ?? "partial") === "partial") return false;
  const { rows } = await sql<{ expired: number }>`
    select count(*) as expired from (select ${source} as source) s join listing_version v on v.source = s.source
    where v.cause_to = 'upstream' and v.retracted_at is null
      and v.observed_to >= ${sightingBefore("s", RUNS_MAX - 1, undefined)}
      and v.observed_to < ${sightingBefore("s", RUNS_MAX - 2, undefined)}`.execute(tx);
  return (rows[0]?.expired ?? 0) > 0;
}

/** When the source's list was last walked but for so many times; null where it was not walked that often. */
function sightingBefore(source: string, runs: number, moment: Moment | undefined): RawBuilder<number | null> {
  const known =
    moment === undefined
      ? sql`true`
      : sql`r.observed_at <= ${moment.asOf} and r.recorded_at <= ${moment.knownAt}`;
  return sql`(select r.observed_at from run r
    where r.source = ${sql.ref(`${source}.source`)} and r.applied = 1 and r.report like ${WALKED} and ${known}
    order by r.observed_at desc limit 1 offset ${sql.lit(runs)})`;
}
