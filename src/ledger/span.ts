/** When a row of two time axes is true. One rule for listing versions, absences and holds. */
import { sql, type RawBuilder } from "kysely";

/** What was true at `asOf`, as it was known at `knownAt`. */
export interface Moment {
  readonly asOf: number;
  readonly knownAt: number;
}

/** The instant and the run in which spans open and close. */
export interface Stamp {
  readonly runId: number;
  readonly observedAt: number;
  readonly recordedAt: number;
}

/** The condition that `row` (an alias) holds at the moment, or holds now. A closing that was not yet known did not close. */
export function holdsAt(row: string, moment: Moment | undefined): RawBuilder<boolean> {
  if (moment === undefined) return sql`${sql.ref(`${row}.observed_to`)} is null`;
  const { asOf, knownAt } = moment;
  return sql`(${sql.ref(`${row}.recorded_from`)} <= ${knownAt} and ${sql.ref(`${row}.observed_from`)} <= ${asOf}
    and (${sql.ref(`${row}.observed_to`)} is null or ${sql.ref(`${row}.observed_to`)} > ${asOf} or ${sql.ref(`${row}.recorded_to`)} > ${knownAt}))`;
}

/** The condition that a listing version was not taken back by then. */
export function stands(row: string, moment: Moment | undefined): RawBuilder<boolean> {
  const retracted = sql.ref(`${row}.retracted_at`);
  return moment === undefined
    ? sql`${retracted} is null`
    : sql`(${retracted} is null or ${retracted} > ${moment.knownAt})`;
}

export function opened({ runId, observedAt, recordedAt }: Stamp) {
  return { observed_from: observedAt, recorded_from: recordedAt, run_from: runId };
}

export function closed({ runId, observedAt, recordedAt }: Stamp) {
  return { observed_to: observedAt, recorded_to: recordedAt, run_to: runId };
}
