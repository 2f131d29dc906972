/**
 * Stories: changes of one thing about one matter for one cause that follow each other closely. A price that moves forty times
 * in a month is one story. Each change notes the first one of its story when it is written, so that a story's number never moves.
 */
import { sql } from "kysely";
import type { Change } from "../domain/change.ts";
import { textRows } from "../store/rows.ts";
import type { LedgerStore, Tx } from "./schema.ts";

const DAY_MS = 86_400_000;
/** A change later than this after the last one begins a story of its own. */
const GAP_MAX_MS = 7 * DAY_MS;
/** A story that goes on for longer is told anew. */
const LENGTH_MAX_MS = 90 * DAY_MS;

/** By change, in their order: the number of the first change of the story that it goes on with; nothing where it begins one. */
export async function storiesGoingOn(
  store: LedgerStore,
  tx: Tx,
  list: readonly Change[],
  at: number,
): Promise<readonly (number | undefined)[]> {
  // What is new has no story yet.
  const ids = [...new Set(list.flatMap(({ kind, subjectId }) => (kind === "added" ? [] : [subjectId])))];
  const asked = textRows(
    store.dialect,
    ["subject_id"],
    ids.map((id) => [id]),
  );
  const { rows } = await sql<{
    subject: string;
    subjectId: string;
    topics: string;
    cause: string;
    story: number;
    begun: number;
  }>`
    select c.subject, c.subject_id as "subjectId", c.topics, c.cause, coalesce(c.story, c.id) as story,
      (select f.at from change f where f.id = coalesce(c.story, c.id)) as begun
    from (${asked}) k join change c on c.subject_id = k.subject_id
    where c.at >= ${at - GAP_MAX_MS} and c.at <= ${at}
    order by c.at, c.id`.execute(tx);
  const last = new Map(rows.map((row) => [matterOf(row), row]));
  return list.map(({ subject, subjectId, kind, topics, cause }) => {
    if (kind === "added") return undefined;
    const before = last.get(matterOf({ subject, subjectId, topics: `,${topics.join(",")},`, cause }));
    return before === undefined || at - before.begun > LENGTH_MAX_MS ? undefined : before.story;
  });
}

/** What is first among its topics: a price that moves together with a limit is still that price, and whether it falls or rises too. */
function matterOf(change: {
  readonly subject: string;
  readonly subjectId: string;
  readonly topics: string;
  readonly cause: string;
}): string {
  const matter = change.topics.split(",").find((topic) => topic !== "");
  return `${change.subject} ${change.cause} ${matter} ${change.subjectId}`;
}
