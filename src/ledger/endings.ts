/** Why offers ended: the cause of the newest closing, at whatever source. */
import { sql } from "kysely";
import type { Cause } from "../domain/change.ts";
import { offerId, type OfferKey } from "../domain/offer.ts";
import { textRows } from "../store/rows.ts";
import type { LedgerStore } from "./schema.ts";

/** By `offerId`; an offer that no source ever closed is not in it. */
export async function endings(
  store: LedgerStore,
  keys: readonly OfferKey[],
): Promise<ReadonlyMap<string, Cause>> {
  const asked = textRows(
    store.dialect,
    ["gateway", "provider", "native_id"],
    keys.map(({ gateway, provider, nativeId }) => [gateway, provider, nativeId]),
  );
  // An open version that was taken back ended its offer, unless another was closed since.
  const cause = sql`(select case when v.retracted_at is null then v.cause_to else 'correction' end from listing_version v
    where v.gateway = k.gateway and v.provider = k.provider and v.native_id = k.native_id
      and (v.run_to is null) <> (v.retracted_at is null)
    order by coalesce(v.retracted_at, v.recorded_to) desc, v.observed_to desc, v.run_to desc limit 1)`;
  const { rows } = await sql<OfferKey & { readonly cause: Cause | null }>`
    select gateway, provider, native_id as "nativeId", ${cause} as cause from (${asked}) k`.execute(store.db);
  return new Map(rows.flatMap((row) => (row.cause === null ? [] : [[offerId(row), row.cause]])));
}
