/** Listing versions: opened and closed, never edited. */
import { sql } from "kysely";
import type { Facts } from "../domain/listing.ts";
import { offerId, type OfferKey } from "../domain/offer.ts";
import { numberRows, textRows } from "../store/rows.ts";
import { storedFacts } from "./hash.ts";
import type { Closing, Opening } from "./ledger.ts";
import type { LedgerStore, Tx } from "./schema.ts";
import { closed, opened, type Stamp } from "./span.ts";

export async function openVersions(
  store: LedgerStore,
  tx: Tx,
  source: string,
  openings: readonly Opening[],
  stamp: Stamp,
): Promise<void> {
  const rows = openings.map((opening) => {
    const { text, hash } = storedFacts(opening.facts);
    if (hash !== opening.hash) throw new Error(`the hash of ${offerId(opening)} is not that of its facts`);
    const { gateway, provider, nativeId, cause } = opening;
    return {
      source,
      gateway,
      provider,
      native_id: nativeId,
      hash,
      ...opened(stamp),
      cause_from: cause,
      facts: text,
    };
  });
  // In the order of the indexes: neighbours in the index become neighbours in the file.
  rows.sort(
    (a, b) => order(a.gateway, b.gateway) || order(a.provider, b.provider) || order(a.native_id, b.native_id),
  );
  await store.insertRows(tx, "listing_version", rows);
}

export async function closeVersions(
  store: LedgerStore,
  tx: Tx,
  source: string,
  closings: readonly Closing[],
  stamp: Stamp,
): Promise<void> {
  for (const [cause, ofCause] of Map.groupBy(closings, (closing) => closing.cause)) {
    const { numUpdatedRows } = await tx
      .updateTable("listing_version")
      .set({ ...closed(stamp), cause_to: cause })
      .where("source", "=", source)
      .where("observed_to", "is", null)
      .where(
        sql<boolean>`id in (${numberRows(
          store.dialect,
          ofCause.map((closing) => closing.versionId),
        )})`,
      )
      .executeTakeFirstOrThrow();
    if (Number(numUpdatedRows) !== ofCause.length) {
      throw new Error(
        `${ofCause.length} versions of ${source} should be closed, and ${numUpdatedRows} of them are open`,
      );
    }
  }
}

export async function factsOf(
  store: LedgerStore,
  versionIds: readonly number[],
): Promise<ReadonlyMap<number, Facts>> {
  const rows = await store.db
    .selectFrom("listing_version")
    .select(["id", "facts"])
    .where(sql<boolean>`id in (${numberRows(store.dialect, versionIds)})`)
    .execute();
  return new Map(rows.map(({ id, facts }) => [id, parseFacts(facts)]));
}

export async function everListed(
  store: LedgerStore,
  source: string,
  keys: readonly OfferKey[],
): Promise<ReadonlySet<string>> {
  const asked = textRows(
    store.dialect,
    ["gateway", "provider", "native_id"],
    keys.map(({ gateway, provider, nativeId }) => [gateway, provider, nativeId]),
  );
  // One look into the index for each key, whatever the planner believes about the size of the table.
  const isOpen = sql`(select max(case when v.observed_to is null then 1 else 0 end) from listing_version v
    where v.gateway = k.gateway and v.provider = k.provider and v.native_id = k.native_id and v.source = ${source} and v.retracted_at is null)`;
  const { rows } = await sql<OfferKey>`
    select gateway, provider, native_id as "nativeId" from (select k.*, ${isOpen} as is_open from (${asked}) k) listed
    where is_open = 0`.execute(store.db);
  return new Set(rows.map(offerId));
}

/** What this ledger wrote with `storedFacts`; `verify` compares it with its hash. */
export function parseFacts(text: string): Facts {
  return JSON.parse(text) as Facts;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
