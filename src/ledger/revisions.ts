/** Revisions and the changes that each brought, in one transaction. */
import type { Change } from "../domain/change.ts";
import { insertChanges, refuseChanges } from "./changes.ts";
import { nextNumber } from "./counters.ts";
import { holdFence } from "./leases.ts";
import { noteModelIds, type OfferModel } from "./model-ids.ts";
import type { Lease, Revision } from "./ledger.ts";
import type { LedgerStore } from "./schema.ts";

export async function latestRevision(store: LedgerStore): Promise<Revision | undefined> {
  const row = await store.db
    .selectFrom("revision")
    .selectAll()
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { number, hash, models, offers } = row;
  return {
    number,
    hash,
    createdAt: row.created_at,
    knownAt: row.known_at,
    runId: row.run_id,
    models,
    offers,
  };
}

/** Throws `LeaseLost` where the lease was taken over: nothing is written then. */
export async function commitRevision(
  store: LedgerStore,
  revision: Omit<Revision, "number">,
  list: readonly Change[],
  lease: Lease,
  offerModels: readonly OfferModel[],
): Promise<Revision> {
  refuseChanges(list);
  return store.write(async (tx) => {
    await holdFence(store, tx, lease);
    const number = await nextNumber(tx, "revision");
    const { hash, createdAt, knownAt, runId, models, offers } = revision;
    await tx
      .insertInto("revision")
      .values({ number, hash, created_at: createdAt, known_at: knownAt, run_id: runId, models, offers })
      .execute();
    await noteModelIds(store, tx, number, offerModels);
    await insertChanges(store, tx, list, { revision: number, at: createdAt, isImported: false });
    return { number, ...revision };
  });
}
