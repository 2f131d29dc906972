/** What the ledger knew at a moment beside the listings: when that moment really began, how its sources stood, what was counted. */
import { sql } from "kysely";
import type { Volatile } from "../domain/listing.ts";
import type { LedgerStore } from "./schema.ts";
import type { Moment } from "./span.ts";
import { parseVolatile } from "./volatile.ts";

export interface SourceThen {
  readonly source: string;
  /** When it was last read, in its own time. */
  readonly lastRead: number;
  /** True once its list was read whole. */
  readonly everWhole: boolean;
}

export interface Moments {
  /**
   * The same moment by the last events before it: what was read last, and what was written down last. Two moments between the
   * same events are one. Nothing where nothing had been read by then.
   */
  snapped(moment: Moment): Promise<Moment | undefined>;
  sourcesAt(moment: Moment): Promise<readonly SourceThen[]>;
  /** By native id: what a source last stated by then of what moves with every poll. */
  countersAt(source: string, moment: Moment): Promise<ReadonlyMap<string, Volatile>>;
  /** When what a revision says was known; nothing where there is no such revision. */
  knownAt(revision: number): Promise<number | undefined>;
  /** The number of the revision that was out; 0 before the first. */
  revisionAt(knownAt: number): Promise<number>;
}

export function momentsIn({ db }: Pick<LedgerStore, "db">): Moments {
  return {
    snapped: async ({ asOf, knownAt }) => {
      const { rows } = await sql<{ read: number | null; written: number | null }>`
        select max(observed_at) as read,
          (select max(at) from (
            select max(recorded_at) as at from run where applied = 1 and recorded_at <= ${knownAt}
            union all select max(created_at) from "override" where created_at <= ${knownAt}
            union all select max(ended_at) from "override" where ended_at <= ${knownAt}
            union all select max(retracted_at) from listing_version where retracted_at is not null and retracted_at <= ${knownAt}
            union all select max(recorded_from) from listing_version where cause_from = 'correction' and recorded_from <= ${knownAt}
            union all select max(created_at) from revision where created_at <= ${knownAt}) written) as written
        from run where applied = 1 and observed_at <= ${asOf} and recorded_at <= ${knownAt}`.execute(db);
      const [{ read, written } = { read: null, written: null }] = rows;
      return read === null || written === null ? undefined : { asOf: read, knownAt: written };
    },
    sourcesAt: async ({ asOf, knownAt }) => {
      const { rows } = await sql<{ source: string; read: number; whole: number }>`
        select source, max(observed_at) as read, max(case when report like ${WHOLE} then 1 else 0 end) as whole
        from run where applied = 1 and observed_at <= ${asOf} and recorded_at <= ${knownAt}
        group by source order by source`.execute(db);
      return rows.map(({ source, read, whole }) => ({ source, lastRead: read, everWhole: whole === 1 }));
    },
    countersAt: async (source, { asOf, knownAt }) => {
      const { rows } = await sql<{ nativeId: string; facts: string }>`
        select native_id as "nativeId", facts from (
          select native_id, facts, observed_at from volatile_sample where source = ${source} and observed_at <= ${asOf} and recorded_at <= ${knownAt}
          union all
          select native_id, facts, observed_at from volatile_facts where source = ${source} and observed_at <= ${asOf} and recorded_at <= ${knownAt}) stated
        order by observed_at`.execute(db);
      // The last one that is set stays: the newest.
      return new Map(rows.map(({ nativeId, facts }) => [nativeId, parseVolatile(facts)]));
    },
    knownAt: async (revision) => {
      const row = await db
        .selectFrom("revision")
        .select("created_at")
        .where("number", "=", revision)
        .executeTakeFirst();
      return row?.created_at;
    },
    revisionAt: async (knownAt) => {
      const { rows } = await sql<{ number: number | null }>`
        select max(number) as number from revision where created_at <= ${knownAt}`.execute(db);
      return rows[0]?.number ?? 0;
    },
  };
}

/** How a run that proved its list whole is written down. */
const WHOLE = `%"coverage":{"kind":"whole"%`;
