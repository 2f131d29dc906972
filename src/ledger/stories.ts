/** Stories, read: what `going-on.ts` noted of each change puts it together with those that it goes on with. */
import { sql } from "kysely";
import { numberRows } from "../store/rows.ts";
import type { StoredChange } from "./ledger.ts";
import { changeOf, orderedChanges, type ChangeQuery } from "./changes.ts";
import type { LedgerStore } from "./schema.ts";

/**
 * Those whose last change fits, the latest first: each as all of its changes, the oldest first. Where only news is asked for,
 * the last one is the last that was news.
 */
export async function stories(
  store: LedgerStore,
  query: Omit<ChangeQuery, "order" | "by">,
): Promise<readonly (readonly StoredChange[])[]> {
  const counted = query.imported === undefined ? sql`true` : sql`n.imported = ${query.imported ? 1 : 0}`;
  const last = await orderedChanges(store, { ...query, order: "desc" })
    .where(
      sql<boolean>`not exists (select 1 from change n where n.story = coalesce(change.story, change.id)
        and (n.at, n.id) > (change.at, change.id) and ${counted})`,
    )
    .execute();
  const first = last.map(({ id, story }) => story ?? id);
  const rows = await store.db
    .selectFrom("change")
    .selectAll()
    .where(
      sql<boolean>`(id in (${numberRows(store.dialect, first)}) or story in (${numberRows(store.dialect, first)}))`,
    )
    .orderBy("at")
    .orderBy("id")
    .execute();
  const told = Map.groupBy(rows.map(changeOf), ({ id, story }) => story ?? id);
  return first.flatMap((id) => {
    const changes = told.get(id);
    return changes === undefined ? [] : [changes];
  });
}
