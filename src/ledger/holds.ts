/** Holds: removals and prices that wait for a confirmation. A hold ends with a word on how, and stays readable in the past. */
import type { Selectable } from "kysely";
import type { Hold, RunCommit } from "./ledger.ts";
import { storedFacts } from "./hash.ts";
import type { LedgerStore, Tables, Tx } from "./schema.ts";
import { closed, opened, type Stamp } from "./span.ts";
import { parseFacts } from "./versions.ts";

type Applied = NonNullable<RunCommit["applied"]>;

export async function addHolds(
  store: LedgerStore,
  tx: Tx,
  source: string,
  fresh: Applied["holds"],
  stamp: Stamp,
): Promise<void> {
  const rows = fresh.map(({ gateway, provider, nativeId, kind, facts }) => ({
    source,
    gateway,
    provider,
    native_id: nativeId,
    ...opened(stamp),
    kind,
    facts: facts === undefined ? null : storedFacts(facts).text,
  }));
  await store.insertRows(tx, "hold", rows);
}

export async function endHolds(
  tx: Tx,
  source: string,
  ended: Applied["endedHolds"],
  stamp: Stamp,
): Promise<void> {
  for (const { id, how } of ended) {
    const { numUpdatedRows } = await tx
      .updateTable("hold")
      .set({ ...closed(stamp), how })
      .where("id", "=", id)
      .where("source", "=", source)
      .where("observed_to", "is", null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) throw new Error(`the hold ${id} of ${source} is not pending`);
  }
}

/** Those that are pending, in the order in which they were shown. */
export async function holds(
  store: LedgerStore,
  query: { readonly source?: string; readonly runId?: number },
): Promise<readonly Hold[]> {
  const { source, runId } = query;
  let pending = store.db.selectFrom("hold").selectAll().where("observed_to", "is", null);
  if (source !== undefined) pending = pending.where("source", "=", source);
  if (runId !== undefined) pending = pending.where("run_from", "=", runId);
  return (await pending.orderBy("id").execute()).map(holdOf);
}

function holdOf(row: Selectable<Tables["hold"]>): Hold {
  return {
    id: row.id,
    source: row.source,
    gateway: row.gateway,
    provider: row.provider,
    nativeId: row.native_id,
    kind: holdKind(row.kind),
    runId: row.run_from,
    sinceObserved: row.observed_from,
    sinceRecorded: row.recorded_from,
    ...(row.facts === null ? {} : { facts: parseFacts(row.facts) }),
  };
}

export function holdKind(word: string): Hold["kind"] {
  if (word === "removal" || word === "price") return word;
  throw new Error(`the ledger holds a hold of kind ${JSON.stringify(word)}`);
}
