/** Rows of the Hub on their way: staged page by page, and put in their place in short steps. */
import { sql } from "kysely";
import type { HubRow } from "../domain/hub-model.ts";
import { nextNumber } from "./counters.ts";
import type { HubState, HubTally } from "./hub.ts";
import { saveHubState } from "./hub-state.ts";
import { holdFence } from "./leases.ts";
import type { Lease } from "./ledger.ts";
import type { LedgerStore, Tx } from "./schema.ts";
import { assertStorable } from "./storable.ts";

/** Staged rows of one step: a few dozen milliseconds, in which nobody else writes. */
const STEP_ROWS = 2_000;
/** Fewer than make PostgreSQL count its table anew. */
const ROWS_PER_WRITE = 500;

const NOTHING: HubTally = { unique: 0, added: 0, changed: 0, returned: 0 };

export async function stagePage(
  store: LedgerStore,
  rows: readonly HubRow[],
  state: HubState,
  lease: Lease,
): Promise<void> {
  const staged = rows.map(stagedOf);
  await store.write(async (tx) => {
    await holdFence(store, tx, lease);
    await stage(store, tx, staged);
    await saveHubState(tx, state);
  });
}

export async function moveStaged(
  store: LedgerStore,
  state: HubState,
  lease: Lease,
): Promise<HubState | undefined> {
  return store.write(async (tx) => {
    await holdFence(store, tx, lease);
    const tally = await moveStep(tx, numberOf(state));
    if (tally === undefined) return undefined;
    const { crawl } = grown(state, tally);
    const moved = {
      ...grown(state, tally),
      ...(crawl === undefined ? {} : { crawl: { ...crawl, tally: sumOf(crawl.tally, tally) } }),
    };
    await saveHubState(tx, moved);
    await nextNumber(tx, "hub");
    return moved;
  });
}

export async function dropStaged(store: LedgerStore, lease: Lease): Promise<boolean> {
  return store.write(async (tx) => {
    await holdFence(store, tx, lease);
    const last = await lastOfStep(tx);
    if (last === undefined) return false;
    await tx.deleteFrom("hub_staged").where("number", "<=", last).execute();
    return true;
  });
}

export async function takePage(
  store: LedgerStore,
  rows: readonly HubRow[],
  state: HubState,
  which: "all" | "known",
  lease: Lease,
): Promise<{ readonly state: HubState; readonly tally: HubTally }> {
  const staged = rows.map(stagedOf);
  return store.write(async (tx) => {
    await holdFence(store, tx, lease);
    const tally = await takeRows(store, tx, staged, numberOf(state), which);
    const after = grown(state, tally);
    await saveHubState(tx, after);
    await nextNumber(tx, "hub");
    return { state: after, tally };
  });
}

/** Stages rows and puts them in their place within one transaction. */
export async function takeRows(
  store: LedgerStore,
  tx: Tx,
  staged: readonly StagedRow[],
  crawl: number,
  which: "all" | "known",
): Promise<HubTally> {
  await stage(store, tx, staged);
  if (which === "known")
    await sql`delete from hub_staged where not exists (select 1 from hub_model m where m.id = hub_staged.id and m.gone_at is null)`.execute(
      tx,
    );
  let tally = NOTHING;
  for (let step = await moveStep(tx, crawl); step !== undefined; step = await moveStep(tx, crawl))
    tally = sumOf(tally, step);
  return tally;
}

export type StagedRow = ReturnType<typeof stagedOf>;

export function stagedOf({ id, createdAt, lastModified, downloads, likes, facts }: HubRow) {
  const text = facts === undefined ? null : JSON.stringify(facts);
  assertStorable(id, text ?? undefined);
  return {
    id,
    created_at: createdAt ?? null,
    modified_at: lastModified ?? null,
    downloads: downloads ?? null,
    likes: likes ?? null,
    facts: text,
  };
}

/** The number under which rows are met now: that of the crawl, or of the last one. */
export function numberOf({ crawl, last }: HubState): number {
  return crawl?.number ?? last?.number ?? 0;
}

function grown(state: HubState, { added, returned }: HubTally): HubState {
  return { ...state, models: state.models + added + returned };
}

function sumOf(a: HubTally, b: HubTally): HubTally {
  return {
    unique: a.unique + b.unique,
    added: a.added + b.added,
    changed: a.changed + b.changed,
    returned: a.returned + b.returned,
  };
}

async function stage(store: LedgerStore, tx: Tx, rows: readonly StagedRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_WRITE)
    await store.insertRows(tx, "hub_staged", rows.slice(start, start + ROWS_PER_WRITE));
}

/** The staged row that ends the next step; nothing where none is staged. */
async function lastOfStep(tx: Tx): Promise<number | undefined> {
  const { rows } = await sql<{ last: number | null }>`
    select max(number) as last from (select number from hub_staged order by number limit ${STEP_ROWS}) step`.execute(
    tx,
  );
  return rows[0]?.last ?? undefined;
}

/** Of several rows of one model, the last one counts. */
async function moveStep(tx: Tx, crawl: number): Promise<HubTally | undefined> {
  const last = await lastOfStep(tx);
  if (last === undefined) return undefined;
  const newest = sql`select max(number) from hub_staged where number <= ${last} group by id`;
  const step = sql`from hub_staged s left join hub_model m on m.id = s.id where s.number in (${newest})`;
  const { rows } = await sql<HubTally>`select
      count(*) filter (where m.id is null or m.crawl <> ${crawl}) as "unique",
      count(*) filter (where m.id is null and s.facts is not null) as added,
      count(*) filter (where m.gone_at is null and s.facts <> m.facts) as changed,
      count(*) filter (where m.gone_at is not null and s.facts is not null) as returned ${step}`.execute(tx);
  await sql`insert into hub_model (id, created_at, modified_at, downloads, likes, facts, crawl)
    select s.id, s.created_at, s.modified_at, s.downloads, s.likes, s.facts, ${crawl} from hub_staged s
    where s.number in (${newest}) and s.facts is not null order by s.number
    on conflict (id) do update set created_at = excluded.created_at, modified_at = excluded.modified_at,
      downloads = excluded.downloads, likes = excluded.likes, facts = excluded.facts, crawl = excluded.crawl, gone_at = null`.execute(
    tx,
  );
  // What is listed and cannot be read is there all the same.
  await sql`update hub_model set crawl = ${crawl} where gone_at is null
    and id in (select id from hub_staged where number <= ${last} and facts is null)`.execute(tx);
  await tx.deleteFrom("hub_staged").where("number", "<=", last).execute();
  const [tally = NOTHING] = rows;
  return { ...tally };
}
