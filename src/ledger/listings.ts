/** The listings that are true now, or were at a moment: streamed in batches from one consistent state, in bounded memory. */
import { sql, type RawBuilder } from "kysely";
import type { Cause } from "../domain/change.ts";
import type { Facts } from "../domain/listing.ts";
import { earlierFacts, earlierKey } from "./earlier.ts";
import type { Hold, StoredListing } from "./ledger.ts";
import { holdKind } from "./holds.ts";
import type { LedgerStore } from "./schema.ts";
import { holdsAt, stands, type Moment } from "./span.ts";
import { parseFacts } from "./versions.ts";
import { parseVolatile } from "./volatile.ts";

const BATCH_ROWS = 2_000;

type Db = LedgerStore["db"];

export function openListings(store: LedgerStore): AsyncIterable<StoredListing> {
  return listings(store, undefined);
}

export function listingsAsOf(
  store: LedgerStore,
  asOf: number,
  knownAt: number,
): AsyncIterable<StoredListing> {
  return listings(store, { asOf, knownAt });
}

/** Those of the offers whose keys are the rows of `keys`. */
export function listingsOf(
  store: LedgerStore,
  keys: RawBuilder<unknown>,
  moment: Moment | undefined,
): AsyncIterable<StoredListing> {
  return listings(store, moment, sql`(v.gateway, v.provider, v.native_id) in (${keys})`);
}

async function* listings(
  store: LedgerStore,
  moment: Moment | undefined,
  asked: RawBuilder<unknown> = sql`true`,
): AsyncGenerator<StoredListing> {
  const snapshot = await store.snapshot();
  try {
    const sightings = await lastSightings(snapshot.db, moment);
    const held = await heldKinds(snapshot.db, moment);
    const earlier = await earlierFacts(snapshot.db, moment);
    let after: Row | undefined;
    for (;;) {
      const rows = await batch(snapshot.db, moment, asked, after);
      for (const row of rows) {
        const key = earlierKey(row);
        yield listingOf(row, sightings.get(row.source), held.get(key), earlier.get(key));
      }
      after = rows.at(-1);
      if (after === undefined || rows.length < BATCH_ROWS) return;
    }
  } finally {
    await snapshot.end();
  }
}

interface Row {
  readonly source: string;
  readonly gateway: string;
  readonly provider: string;
  readonly nativeId: string;
  readonly facts: string;
  readonly factsSince: number;
  readonly cause: string;
  readonly firstSeen: number;
  readonly absentSince: number | null;
  readonly volatile: string | null;
}

/** The next rows in the order of keys. The first of all keys comes after four empty texts. */
async function batch(
  db: Db,
  moment: Moment | undefined,
  asked: RawBuilder<unknown>,
  after: Row | undefined,
): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select v.source, v.gateway, v.provider, v.native_id as "nativeId", v.facts, v.observed_from as "factsSince", v.cause_from as cause,
      (select min(f.observed_from) from listing_version f where ${sameKey("f")} and ${stands("f", moment)} and ${recordedBy("f", moment)}) as "firstSeen",
      (select max(a.last_seen) from absence a where ${sameKey("a")} and ${holdsAt("a", moment)}) as "absentSince",
      ${volatileAt(moment)} as volatile
    from listing_version v
    where ${holdsAt("v", moment)} and ${stands("v", moment)} and ${asked}
      and (v.gateway, v.provider, v.native_id, v.source) > (${after?.gateway ?? ""}, ${after?.provider ?? ""}, ${after?.nativeId ?? ""}, ${after?.source ?? ""})
    order by v.gateway, v.provider, v.native_id, v.source
    limit ${BATCH_ROWS}`.execute(db);
  return rows;
}

function sameKey(row: string) {
  const columns = ["gateway", "provider", "native_id", "source"].map(
    (column) => sql`${sql.ref(`${row}.${column}`)} = ${sql.ref(`v.${column}`)}`,
  );
  return sql.join(columns, sql` and `);
}

function recordedBy(row: string, moment: Moment | undefined) {
  return moment === undefined ? sql`true` : sql`${sql.ref(`${row}.recorded_from`)} <= ${moment.knownAt}`;
}

/** Now: the newest. At a moment: the last daily sample before it. */
function volatileAt(moment: Moment | undefined) {
  if (moment === undefined) return sql`(select l.facts from volatile_facts l where ${sameKey("l")})`;
  return sql`(select l.facts from volatile_sample l where ${sameKey("l")} and l.observed_at <= ${moment.asOf} and l.recorded_at <= ${moment.knownAt}
    order by l.day desc limit 1)`;
}

/** When each source's last believed run was: its offers were seen then, except those with an absence. */
async function lastSightings(db: Db, moment: Moment | undefined): Promise<ReadonlyMap<string, number>> {
  const believed = sql`select source, max(observed_at) as at from run where applied = 1`;
  const { rows } =
    moment === undefined
      ? await sql<{
          source: string;
          at: number;
        }>`select source, applied_observed_at as at from source_state where applied_observed_at is not null`.execute(
          db,
        )
      : await sql<{
          source: string;
          at: number;
        }>`${believed} and observed_at <= ${moment.asOf} and recorded_at <= ${moment.knownAt} group by source`.execute(
          db,
        );
  return new Map(rows.map(({ source, at }) => [source, at]));
}

/** Few offers are held at a time: they fit in memory. */
async function heldKinds(
  db: Db,
  moment: Moment | undefined,
): Promise<ReadonlyMap<string, readonly Hold["kind"][]>> {
  const { rows } = await sql<{
    source: string;
    gateway: string;
    provider: string;
    nativeId: string;
    kind: string;
  }>`
    select h.source, h.gateway, h.provider, h.native_id as "nativeId", h.kind from hold h where ${holdsAt("h", moment)} order by h.kind`.execute(
    db,
  );
  const groups = Map.groupBy(rows, earlierKey);
  return new Map([...groups].map(([key, ofKey]) => [key, ofKey.map(({ kind }) => holdKind(kind))]));
}

function listingOf(
  row: Row,
  sighting: number | undefined,
  held: readonly Hold["kind"][] | undefined,
  earlier: readonly Facts[] | undefined,
): StoredListing {
  return {
    source: row.source,
    gateway: row.gateway,
    provider: row.provider,
    nativeId: row.nativeId,
    facts: parseFacts(row.facts),
    ...(earlier === undefined ? {} : { earlier }),
    ...(row.volatile === null ? {} : { volatile: parseVolatile(row.volatile) }),
    firstSeen: row.firstSeen,
    isUnseen: row.absentSince !== null,
    lastSeen: row.absentSince ?? Math.max(sighting ?? row.factsSince, row.factsSince),
    factsSince: row.factsSince,
    // The table lets no other word in.
    cause: row.cause as Cause,
    ...(held === undefined ? {} : { held }),
  };
}
