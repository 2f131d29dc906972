/** What is known of the Hub as a whole: one row, written in the transaction of whatever changes it. */
import type { HubState } from "./hub.ts";
import type { LedgerStore, Tx } from "./schema.ts";

const NAME = "hub";

export async function hubState(db: LedgerStore["db"]): Promise<HubState> {
  const row = await db.selectFrom("hub_state").select("state").where("name", "=", NAME).executeTakeFirst();
  // Written below, from a HubState.
  return row === undefined ? { models: 0 } : (JSON.parse(row.state) as HubState);
}

export async function saveHubState(tx: Tx, state: HubState): Promise<void> {
  const text = JSON.stringify(state);
  await tx
    .insertInto("hub_state")
    .values({ name: NAME, state: text })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ state: text }))
    .execute();
}

/** Counts the commits that change what is read of the Hub. */
export async function hubMark(store: LedgerStore): Promise<number> {
  const { value } = await store.db
    .selectFrom("counter")
    .select("value")
    .where("name", "=", NAME)
    .executeTakeFirstOrThrow();
  return value;
}
