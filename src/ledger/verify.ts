/** Compares what is stored with its hashes and with itself: damage is found here, not served. */
import { sql } from "kysely";
import { offerId } from "../domain/offer.ts";
import { StoreUnavailable } from "../store/unavailable.ts";
import { contentHash } from "./hash.ts";
import { unpack } from "./raw-bodies.ts";
import type { LedgerStore } from "./schema.ts";

const BATCH_ROWS = 2_000;

/** One sentence for each fault; none where all is well. Throws only where the store cannot be read for another reason than damage. */
export async function verify(store: LedgerStore): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const check of [
    store.integrityFaults,
    () => versionFaults(store),
    () => stampFaults(store),
    () => bodyFaults(store),
  ]) {
    try {
      faults.push(...(await check()));
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || error.code !== "corrupt") throw error;
      faults.push(error.message);
    }
  }
  return faults;
}

async function versionFaults(store: LedgerStore): Promise<readonly string[]> {
  const faults: string[] = [];
  let afterId = 0;
  for (;;) {
    const rows = await store.db
      .selectFrom("listing_version")
      .select(["id", "source", "gateway", "provider", "native_id as nativeId", "hash", "facts"])
      .where("id", ">", afterId)
      .orderBy("id")
      .limit(BATCH_ROWS)
      .execute();
    for (const row of rows) {
      if (contentHash(row.facts) !== row.hash)
        faults.push(
          `the version ${row.id} of ${offerId(row)} at ${row.source}: its facts do not have its hash`,
        );
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH_ROWS) return faults;
    afterId = last.id;
  }
}

/** A version says when it opened and closed, and so do the runs that did it: they must agree. A correction is known later. */
async function stampFaults(store: LedgerStore): Promise<readonly string[]> {
  const { rows } = await sql<{ id: number }>`
    select v.id from listing_version v left join run f on f.id = v.run_from left join run t on t.id = v.run_to
    where f.id is null or f.source <> v.source or f.observed_at <> v.observed_from
      or (f.recorded_at <> v.recorded_from and (v.cause_from <> 'correction' or f.recorded_at > v.recorded_from))
      or (v.run_to is not null and (t.id is null or t.source <> v.source or t.observed_at <> v.observed_to or t.recorded_at <> v.recorded_to))
    order by v.id`.execute(store.db);
  return rows.map(({ id }) => `the version ${id}: its times are not those of the runs that it names`);
}

async function bodyFaults(store: LedgerStore): Promise<readonly string[]> {
  const faults: string[] = [];
  const hashes = await store.db.selectFrom("raw_body").select("hash").orderBy("hash").execute();
  for (const { hash } of hashes) {
    const row = await store.db
      .selectFrom("raw_body")
      .select(["bytes", "body"])
      .where("hash", "=", hash)
      .executeTakeFirst();
    if (row !== undefined && (await hashOf(row)) !== hash)
      faults.push(`the raw body ${hash}: its bytes do not have its hash`);
  }
  return faults;
}

async function hashOf(row: {
  readonly bytes: number;
  readonly body: Uint8Array;
}): Promise<string | undefined> {
  try {
    return contentHash(await unpack(row));
  } catch {
    // Bytes that cannot be unpacked have no hash: the caller reports them.
    return undefined;
  }
}
