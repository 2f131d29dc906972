/** What the ledger recalls of single offers: their listings at a moment, and every version that each source stated. */
import { sql } from "kysely";
import type { Cause } from "../domain/change.ts";
import type { Facts, Volatile } from "../domain/listing.ts";
import type { OfferKey } from "../domain/offer.ts";
import { textRows } from "../store/rows.ts";
import type { StoredListing } from "./ledger.ts";
import { listingsOf as listingsAt } from "./listings.ts";
import { momentsIn, type Moments } from "./moments.ts";
import type { LedgerStore } from "./schema.ts";
import type { Moment } from "./span.ts";
import { timelineIn, type Timeline } from "./timeline.ts";
import { parseFacts } from "./versions.ts";
import { parseVolatile } from "./volatile.ts";

/** What a source said of an offer, from when until when. */
export interface StoredVersion extends OfferKey {
  readonly source: string;
  readonly facts: Facts;
  readonly since: number;
  /** Absent while it is what the source says. */
  readonly until?: number;
  readonly cause: Cause;
}

export interface Recall extends Moments, Timeline {
  /** The listings of these offers that are true now, or were at a moment; in the order of all listings. */
  listingsOf(keys: readonly OfferKey[], moment?: Moment): Promise<readonly StoredListing[]>;
  /** What every source ever said of these offers, as known at a moment; the oldest first, at most so many from the end. */
  versionsOf(keys: readonly OfferKey[], knownAt: number, limit: number): Promise<readonly StoredVersion[]>;
  /** What a source stated of these offers that moves with every poll: the first statement of each UTC day, the oldest first. */
  samplesOf(source: string, keys: readonly OfferKey[]): Promise<readonly StoredSample[]>;
  /** The same of these offers as each source stated it last. */
  measuredOf(keys: readonly OfferKey[]): Promise<readonly StoredMeasure[]>;
}

export interface StoredMeasure extends OfferKey, StoredSample {
  readonly source: string;
}

export interface StoredSample {
  readonly at: number;
  readonly values: Volatile;
}

export function recallIn(store: LedgerStore): Recall {
  return {
    ...momentsIn(store),
    ...timelineIn(store),
    listingsOf: (keys, moment) => Array.fromAsync(listingsAt(store, keysIn(store, keys), moment)),
    versionsOf: (keys, knownAt, limit) => versionsOf(store, keys, knownAt, limit),
    samplesOf: (source, keys) => samplesOf(store, source, keys),
    measuredOf: (keys) => measuredOf(store, keys),
  };
}

async function versionsOf(
  store: LedgerStore,
  keys: readonly OfferKey[],
  knownAt: number,
  limit: number,
): Promise<readonly StoredVersion[]> {
  const { rows } = await sql<
    OfferKey & { source: string; facts: string; since: number; until: number | null; cause: string }
  >`
    select v.source, v.gateway, v.provider, v.native_id as "nativeId", v.facts, v.observed_from as since,
      case when v.recorded_to <= ${knownAt} then v.observed_to end as until, v.cause_from as cause
    from (${keysIn(store, keys)}) k join listing_version v
      on v.gateway = k.gateway and v.provider = k.provider and v.native_id = k.native_id
    where v.recorded_from <= ${knownAt} and (v.retracted_at is null or v.retracted_at > ${knownAt})
    order by v.observed_from desc, v.id desc
    limit ${limit}`.execute(store.db);
  return rows.toReversed().map(({ facts, until, cause, ...row }) => ({
    ...row,
    facts: parseFacts(facts),
    ...(until === null ? {} : { until }),
    // The table lets no other word in.
    cause: cause as Cause,
  }));
}

async function samplesOf(
  store: LedgerStore,
  source: string,
  keys: readonly OfferKey[],
): Promise<readonly StoredSample[]> {
  const { rows } = await sql<{ at: number; facts: string }>`
    select s.observed_at as at, s.facts from (${keysIn(store, keys)}) k join volatile_sample s
      on s.source = ${source} and s.gateway = k.gateway and s.provider = k.provider and s.native_id = k.native_id
    order by s.observed_at, s.day`.execute(store.db);
  return rows.map(({ at, facts }) => ({ at, values: parseVolatile(facts) }));
}

async function measuredOf(store: LedgerStore, keys: readonly OfferKey[]): Promise<readonly StoredMeasure[]> {
  const { rows } = await sql<OfferKey & { source: string; at: number; facts: string }>`
    select v.source, v.gateway, v.provider, v.native_id as "nativeId", v.observed_at as at, v.facts
    from (${keysIn(store, keys)}) k join volatile_facts v
      on v.gateway = k.gateway and v.provider = k.provider and v.native_id = k.native_id
    order by v.source, v.gateway, v.provider, v.native_id`.execute(store.db);
  return rows.map(({ facts, ...row }) => ({ ...row, values: parseVolatile(facts) }));
}

function keysIn({ dialect }: LedgerStore, keys: readonly OfferKey[]) {
  return textRows(
    dialect,
    ["gateway", "provider", "native_id"],
    keys.map(({ gateway, provider, nativeId }) => [gateway, provider, nativeId]),
  );
}
