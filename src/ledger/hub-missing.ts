/** Models that a whole crawl did not meet: held where they are many, looked at one by one, and then gone, renamed or there. */
import { sql } from "kysely";
import { nextNumber } from "./counters.ts";
import type { HubState, HubVerdict } from "./hub.ts";
import { numberOf, stagedOf, takeRows } from "./hub-rows.ts";
import { saveHubState } from "./hub-state.ts";
import { holdFence } from "./leases.ts";
import type { Lease } from "./ledger.ts";
import type { LedgerStore, Tx } from "./schema.ts";

/** Rows that one step looks through. */
const STEP_ROWS = 20_000;

/** All are held at first: whether they are many is known when the last one is noted. */
export async function noteMissing(
  store: LedgerStore,
  crawl: number,
  after: number,
  lease: Lease,
): Promise<number | undefined> {
  return store.write(async (tx) => {
    await holdFence(store, tx, lease);
    const { rows } = await sql<{ last: number | null }>`
      select max(number) as last from (select number from hub_model where number > ${after} order by number limit ${STEP_ROWS}) step`.execute(
      tx,
    );
    const last = rows[0]?.last ?? undefined;
    if (last === undefined) {
      await forgetMet(tx);
      return undefined;
    }
    await sql`insert into hub_missing (id, crawl, held) select id, ${crawl}, 1 from hub_model
      where number > ${after} and number <= ${last} and crawl < ${crawl} and gone_at is null
      on conflict (id) do nothing`.execute(tx);
    return last;
  });
}

/** Whatever was met since, or is gone, is not missing. */
async function forgetMet(tx: Tx): Promise<void> {
  await sql`delete from hub_missing where not exists (select 1 from hub_model m
    where m.id = hub_missing.id and m.gone_at is null and m.crawl < hub_missing.crawl)`.execute(tx);
}

export async function missing(
  store: LedgerStore,
): Promise<{ readonly held: number; readonly waiting: number }> {
  const { rows } = await sql<{ held: number; waiting: number }>`
    select count(*) filter (where held = 1) as held, count(*) filter (where held = 0) as waiting from hub_missing`.execute(
    store.db,
  );
  const [{ held, waiting } = { held: 0, waiting: 0 }] = rows;
  return { held, waiting };
}

export async function releaseMissing(store: LedgerStore, before: number, lease: Lease): Promise<void> {
  await store.write(async (tx) => {
    await holdFence(store, tx, lease);
    await tx
      .updateTable("hub_missing")
      .set({ held: 0 })
      .where("held", "=", 1)
      .where("crawl", "<", before)
      .execute();
  });
}

export async function heldIds(store: LedgerStore, limit: number): Promise<readonly string[]> {
  const rows = await store.db
    .selectFrom("hub_missing")
    .select("id")
    .where("held", "=", 1)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

export async function waitingIds(store: LedgerStore, limit: number): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from hub_missing where held = 0 order by coalesce(asked_at, 0), id limit ${limit}`.execute(
    store.db,
  );
  return rows.map(({ id }) => id);
}

export async function settle(
  store: LedgerStore,
  id: string,
  verdict: HubVerdict,
  at: number,
  state: HubState,
  lease: Lease,
): Promise<HubState> {
  return store.write(async (tx) => {
    await holdFence(store, tx, lease);
    const after = await settled(store, tx, id, verdict, at, state);
    await saveHubState(tx, after);
    if (after.models !== state.models || verdict.kind === "renamed") await nextNumber(tx, "hub");
    return after;
  });
}

async function settled(
  store: LedgerStore,
  tx: Tx,
  id: string,
  verdict: HubVerdict,
  at: number,
  state: HubState,
): Promise<HubState> {
  if (verdict.kind === "undecided") {
    await tx.updateTable("hub_missing").set({ asked_at: at }).where("id", "=", id).execute();
    return state;
  }
  await tx.deleteFrom("hub_missing").where("id", "=", id).execute();
  if (verdict.kind === "there") {
    await tx
      .updateTable("hub_model")
      .set({ crawl: numberOf(state) })
      .where("id", "=", id)
      .execute();
    return state;
  }
  const gone = await close(tx, id, at);
  if (verdict.kind === "gone") return { ...state, models: state.models - gone };
  const { added, returned } = await takeRows(store, tx, [stagedOf(verdict.to)], numberOf(state), "all");
  await follow(tx, id, verdict.to.id);
  return { ...state, models: state.models - gone + added + returned };
}

/** The old id is an alias from now on, and what was an alias of it is one of the new id. */
async function follow(tx: Tx, id: string, to: string): Promise<void> {
  await tx.updateTable("hub_alias").set({ id: to }).where("id", "=", id).execute();
  await tx.deleteFrom("hub_alias").where("alias", "=", to).execute();
  await tx
    .insertInto("hub_alias")
    .values({ alias: id, id: to })
    .onConflict((conflict) => conflict.column("alias").doUpdateSet({ id: to }))
    .execute();
}

export async function acceptHeld(
  store: LedgerStore,
  at: number,
  state: HubState,
  lease: Lease,
): Promise<HubState> {
  return store.write(async (tx) => {
    await holdFence(store, tx, lease);
    const { numUpdatedRows } = await tx
      .updateTable("hub_model")
      .set({ gone_at: at })
      .where("gone_at", "is", null)
      .where("id", "in", (held) => held.selectFrom("hub_missing").select("id").where("held", "=", 1))
      .executeTakeFirstOrThrow();
    await tx.deleteFrom("hub_missing").where("held", "=", 1).execute();
    const after = { ...state, models: state.models - Number(numUpdatedRows) };
    await saveHubState(tx, after);
    await nextNumber(tx, "hub");
    return after;
  });
}

async function close(tx: Tx, id: string, at: number): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("hub_model")
    .set({ gone_at: at })
    .where("id", "=", id)
    .where("gone_at", "is", null)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
