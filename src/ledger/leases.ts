/** Leases: one holder at a time per name, with a fence that grows, so that a holder who slept through its end writes nothing. */
import { LeaseLost, type Lease } from "./ledger.ts";
import type { LedgerStore, Tx } from "./schema.ts";

/** Nobody holds a lease for longer: one that ends later was taken by a clock that jumped. */
const TTL_MS_MAX = 3_600_000;

/** Nobody: the name of a lease that was given back. */
const NOBODY = "";

export async function takeLease(
  store: LedgerStore,
  name: string,
  holder: string,
  now: number,
  ttlMs: number,
  isGone: (holder: string) => boolean,
): Promise<Lease | undefined> {
  return store.write(async (tx) => {
    await tx
      .insertInto("lease")
      .values({ name, holder: NOBODY, fence: 0, expires_at: 0 })
      .onConflict((conflict) => conflict.column("name").doNothing())
      .execute();
    // A row that is locked belongs to a holder who is writing at this moment.
    const row = await tx
      .selectFrom("lease")
      .selectAll()
      .where("name", "=", name)
      .$if(store.dialect === "postgres", (query) => query.forUpdate().skipLocked())
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const valid = row.expires_at > now && row.expires_at <= now + Math.max(ttlMs, TTL_MS_MAX);
    if (valid && row.holder !== holder && !isGone(row.holder)) return undefined;
    const lease: Lease = {
      name,
      holder,
      fence: valid && row.holder === holder ? row.fence : row.fence + 1,
      expiresAt: now + ttlMs,
    };
    await tx
      .updateTable("lease")
      .set({ holder, fence: lease.fence, expires_at: lease.expiresAt })
      .where("name", "=", name)
      .execute();
    return lease;
  });
}

/** A lease that ran out and that nobody took since is renewed: its fence is still the newest. */
export async function renewLease(
  store: LedgerStore,
  lease: Lease,
  now: number,
  ttlMs: number,
): Promise<Lease | undefined> {
  const expiresAt = now + ttlMs;
  const { numUpdatedRows } = await store.write((tx) =>
    rowOf(tx, lease).set({ expires_at: expiresAt }).executeTakeFirstOrThrow(),
  );
  return numUpdatedRows === 1n ? { ...lease, expiresAt } : undefined;
}

/** The row stays, so that the next holder's fence is a higher one. */
export async function releaseLease(store: LedgerStore, lease: Lease): Promise<void> {
  await store.write((tx) => rowOf(tx, lease).set({ holder: NOBODY, expires_at: 0 }).execute());
}

/** The first thing in every fenced transaction: nobody can take the lease over until it ends. */
export async function holdFence(store: LedgerStore, tx: Tx, lease: Lease): Promise<void> {
  const row = await tx
    .selectFrom("lease")
    .select("fence")
    .where("name", "=", lease.name)
    .where("holder", "=", lease.holder)
    .where("fence", "=", lease.fence)
    .$if(store.dialect === "postgres", (query) => query.forUpdate())
    .executeTakeFirst();
  if (row === undefined) throw new LeaseLost(lease.name);
}

function rowOf(tx: Tx, lease: Lease) {
  return tx
    .updateTable("lease")
    .where("name", "=", lease.name)
    .where("holder", "=", lease.holder)
    .where("fence", "=", lease.fence);
}
