/** Facts that move on every poll: the newest are kept beside the listing, and one sample of each UTC day. */
import type { Volatile } from "../domain/listing.ts";
import type { OfferKey } from "../domain/offer.ts";
import type { RunCommit } from "./ledger.ts";
import type { LedgerStore, Tx } from "./schema.ts";
import type { Stamp } from "./span.ts";

const DAY_MS = 86_400_000;

/** Returns how many differ from what was known. */
export async function saveVolatile(
  store: LedgerStore,
  tx: Tx,
  source: string,
  stated: NonNullable<RunCommit["applied"]>["volatile"],
  stamp: Stamp,
): Promise<number> {
  const rows = stated.map(({ gateway, provider, nativeId, values }) => ({
    source,
    gateway,
    provider,
    native_id: nativeId,
    observed_at: stamp.observedAt,
    recorded_at: stamp.recordedAt,
    facts: JSON.stringify(values),
  }));
  const moved = await store.insertRows(
    tx,
    "volatile_facts",
    rows,
    `on conflict (source, gateway, provider, native_id) do update
      set observed_at = excluded.observed_at, recorded_at = excluded.recorded_at, facts = excluded.facts
      where excluded.facts <> volatile_facts.facts`,
  );
  const day = Math.floor(stamp.observedAt / DAY_MS);
  await store.insertRows(
    tx,
    "volatile_sample",
    rows.map((row) => ({ ...row, day })),
    "on conflict (source, gateway, provider, native_id, day) do nothing",
  );
  return moved;
}

/** The newest that a source stated, of each of its offers. */
export async function volatileOf(
  store: LedgerStore,
  source: string,
): Promise<readonly (OfferKey & { readonly values: Volatile })[]> {
  const rows = await store.db
    .selectFrom("volatile_facts")
    .select(["gateway", "provider", "native_id", "facts"])
    .where("source", "=", source)
    .execute();
  return rows.map(({ gateway, provider, native_id: nativeId, facts }) => ({
    gateway,
    provider,
    nativeId,
    values: parseVolatile(facts),
  }));
}

/** What this ledger wrote with `saveVolatile`. */
export function parseVolatile(text: string): Volatile {
  return JSON.parse(text) as Volatile;
}
