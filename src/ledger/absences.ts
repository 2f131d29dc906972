/** Absences: open offers that runs did not see. All others were seen by the last applied run, without a write for each. */
import { sql } from "kysely";
import { offerId, type OfferKey } from "../domain/offer.ts";
import { numberRows } from "../store/rows.ts";
import type { LedgerStore, Tx } from "./schema.ts";
import { closed, opened, type Stamp } from "./span.ts";

/** Those of a source that no run has ended yet. */
export async function absences(
  db: LedgerStore["db"],
  source: string,
): Promise<readonly (OfferKey & { readonly id: number })[]> {
  return db
    .selectFrom("absence")
    .select(["id", "gateway", "provider", "native_id as nativeId"])
    .where("source", "=", source)
    .where("observed_to", "is", null)
    .execute();
}

/**
 * From now on exactly `unseen` are absent. `lastSeen` is when those that were there until now were seen.
 * Returns how many went and came back.
 */
export async function keepAbsences(
  store: LedgerStore,
  tx: Tx,
  source: string,
  unseen: readonly OfferKey[],
  stamp: Stamp,
  lastSeen: number,
): Promise<number> {
  const rows = await absences(tx, source);
  const absent = new Map(rows.map((row) => [offerId(row), row.id]));
  const missing = new Map(unseen.map((key) => [offerId(key), key]));
  const back = [...absent].flatMap(([id, rowId]) => (missing.has(id) ? [] : [rowId]));
  const fresh = [...missing].flatMap(([id, key]) => (absent.has(id) ? [] : [key]));
  if (back.length > 0) {
    await tx
      .updateTable("absence")
      .set(closed(stamp))
      .where(sql<boolean>`id in (${numberRows(store.dialect, back)})`)
      .execute();
  }
  await store.insertRows(
    tx,
    "absence",
    fresh.map(({ gateway, provider, nativeId }) => ({
      source,
      gateway,
      provider,
      native_id: nativeId,
      ...opened(stamp),
      last_seen: lastSeen,
    })),
  );
  return back.length + fresh.length;
}
