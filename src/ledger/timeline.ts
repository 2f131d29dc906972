/** What the ledger holds of a stretch of time: every version that was true in it, and when its sources were read. */
import { sql } from "kysely";
import type { Cause } from "../domain/change.ts";
import { RUNS_MAX, WALKED } from "./earlier.ts";
import { firstWholeReading } from "./readings.ts";
import type { StoredVersion } from "./recall.ts";
import type { LedgerStore } from "./schema.ts";
import { parseFacts } from "./versions.ts";

export interface TimedVersion extends StoredVersion {
  /** Why it ended, where it did. */
  readonly causeTo?: Cause;
}

export interface Stretch {
  readonly since: number;
  readonly until: number;
}

export interface Timeline {
  /**
   * Every version that was true after `since` and began until `until`, and of each source what may outlast its end into that
   * time; ordered by gateway, provider, native id, source and time, streamed from one consistent state.
   */
  versionsIn(stretch: Stretch): AsyncIterable<TimedVersion>;
  /** By source: when its list was first read whole; nothing of one that never was. */
  wholeSince(): Promise<ReadonlyMap<string, number>>;
  /** Until when values that a source left out at this time may last: its list was walked so many times since. */
  keptUntil(source: string, endedAt: number): Promise<number>;
  /** How often each source was believed after `since` until `until`, by days that end with midnight UTC. */
  readingsIn(stretch: Stretch): Promise<readonly DayReadings[]>;
}

export interface DayReadings {
  readonly source: string;
  /** When the day began. */
  readonly day: number;
  readonly readings: number;
}

const BATCH_ROWS = 2_000;
const DAY_MS = 86_400_000;

export function timelineIn(store: LedgerStore): Timeline {
  const { db } = store;
  return {
    versionsIn: (stretch) => versionsIn(store, stretch),
    wholeSince: async () => {
      const sources = await db
        .selectFrom("source_state")
        .select("source")
        .where("ever_whole", "=", 1)
        .execute();
      const since = new Map<string, number>();
      for (const { source } of sources) {
        const first = await firstWholeReading(db, source);
        if (first !== undefined) since.set(source, first.observedAt);
      }
      return since;
    },
    keptUntil: async (source, endedAt) => {
      const { rows } = await sql<{ at: number }>`
        select observed_at as at from run
        where source = ${source} and applied = 1 and report like ${WALKED} and observed_at > ${endedAt}
        order by observed_at limit 1 offset ${sql.lit(RUNS_MAX - 1)}`.execute(db);
      return rows[0]?.at ?? Infinity;
    },
    readingsIn: async ({ since, until }) => {
      const { rows } = await sql<{ source: string; day: number; readings: number }>`
        select source, (observed_at - 1) / ${sql.lit(DAY_MS)} as day, count(*) as readings
        from run where applied = 1 and observed_at > ${since} and observed_at <= ${until}
        group by source, (observed_at - 1) / ${sql.lit(DAY_MS)}`.execute(db);
      return rows.map(({ source, day, readings }) => ({ source, day: day * DAY_MS, readings }));
    },
  };
}

interface Row {
  readonly id: number;
  readonly source: string;
  readonly gateway: string;
  readonly provider: string;
  readonly nativeId: string;
  readonly facts: string;
  readonly since: number;
  readonly until: number | null;
  readonly cause: string;
  readonly causeTo: string | null;
}

async function* versionsIn(store: LedgerStore, stretch: Stretch): AsyncGenerator<TimedVersion> {
  const snapshot = await store.snapshot();
  try {
    let after: Row | undefined;
    for (;;) {
      const rows = await batch(snapshot.db, stretch, after);
      for (const row of rows) yield versionOf(row);
      after = rows.at(-1);
      if (after === undefined || rows.length < BATCH_ROWS) return;
    }
  } finally {
    await snapshot.end();
  }
}

/** The next rows; the first of all comes after four empty texts. */
async function batch(
  db: LedgerStore["db"],
  { since, until }: Stretch,
  after: Row | undefined,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select v.id, v.source, v.gateway, v.provider, v.native_id as "nativeId", v.facts, v.observed_from as since,
      v.observed_to as until, v.cause_from as cause, v.cause_to as "causeTo"
    from listing_version v join (
      select s.source, coalesce((select r.observed_at from run r
        where r.source = s.source and r.applied = 1 and r.report like ${WALKED} and r.observed_at <= ${since}
        order by r.observed_at desc limit 1 offset ${sql.lit(RUNS_MAX - 1)}), 0) as kept_since
      from source_state s) w on w.source = v.source
    where v.retracted_at is null and v.observed_from <= ${until}
      and (v.observed_to is null or v.observed_to > ${since} or v.observed_to >= w.kept_since)
      and (v.gateway, v.provider, v.native_id, v.source, v.observed_from, v.id) >
        (${after?.gateway ?? ""}, ${after?.provider ?? ""}, ${after?.nativeId ?? ""}, ${after?.source ?? ""}, ${after?.since ?? 0}, ${after?.id ?? 0})
    order by v.gateway, v.provider, v.native_id, v.source, v.observed_from, v.id
    limit ${sql.lit(BATCH_ROWS)}`.execute(db);
  return rows;
}

function versionOf({ id: _id, facts, until, cause, causeTo, ...row }: Row): TimedVersion {
  return {
    ...row,
    facts: parseFacts(facts),
    ...(until === null ? {} : { until }),
    // The table lets no other words in.
    cause: cause as Cause,
    ...(causeTo === null ? {} : { causeTo: causeTo as Cause }),
  };
}
