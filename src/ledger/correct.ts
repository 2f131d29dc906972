/** What the ledger says of one source through all of its past, for a second look, and the corrections that come of it. */
import type { Facts } from "../domain/listing.ts";
import { offerId, type OfferKey } from "../domain/offer.ts";
import type { Report } from "../domain/run.ts";
import { nextNumber } from "./counters.ts";
import { storedFacts } from "./hash.ts";
import { holdKind } from "./holds.ts";
import { holdFence } from "./leases.ts";
import type { Hold, Lease } from "./ledger.ts";
import { stampsOf } from "./readings.ts";
import type { LedgerStore } from "./schema.ts";
import type { Stamp } from "./span.ts";
import { parseFacts } from "./versions.ts";

/** A version as it stands today; open ones have no `to`. */
export interface PastVersion extends OfferKey {
  readonly versionId: number;
  readonly hash: string;
  readonly facts: Facts;
  readonly from: number;
  readonly to?: number;
  readonly runFrom: number;
  readonly runTo?: number;
}

/** From when to when an offer's price or removal was held. */
export interface PastHold extends OfferKey {
  readonly kind: Hold["kind"];
  readonly from: number;
  readonly to?: number;
}

/** A believed run whose answer is kept as it came. */
export interface KeptReading extends Stamp {
  readonly report: Report;
  /** The hashes of its pages, in their order. */
  readonly pages: readonly string[];
}

/** All of one source, oldest first. */
export interface SourcePast {
  readonly versions: readonly PastVersion[];
  readonly holds: readonly PastHold[];
  readonly readings: readonly KeptReading[];
}

/** What was true from a reading on, up to another one, or up to where the version that it stands in for ended. */
export interface CorrectedVersion extends OfferKey {
  readonly facts: Facts;
  readonly runFrom: number;
  /** The run whose answer said otherwise. */
  readonly runTo?: number;
}

export interface Correction {
  /** Versions that were never true as they stand. */
  readonly retract: readonly number[];
  readonly open: readonly CorrectedVersion[];
}

export async function sourcePast(store: LedgerStore, source: string): Promise<SourcePast> {
  const snapshot = await store.snapshot();
  try {
    const { db } = snapshot;
    const versions = await db
      .selectFrom("listing_version")
      .selectAll()
      .where("source", "=", source)
      .where("retracted_at", "is", null)
      .orderBy("observed_from")
      .orderBy("id")
      .execute();
    const holds = await db.selectFrom("hold").selectAll().where("source", "=", source).execute();
    const pages = await db
      .selectFrom("run")
      .innerJoin("raw_page", "raw_page.run_id", "run.id")
      .select(["run.id", "run.observed_at", "run.recorded_at", "run.report", "raw_page.hash"])
      .where("run.source", "=", source)
      .where("run.applied", "=", 1)
      .orderBy("run.observed_at")
      .orderBy("run.id")
      .orderBy("raw_page.position")
      .execute();
    return {
      versions: versions.map((row) => ({
        ...keyOf(row),
        versionId: row.id,
        hash: row.hash,
        facts: parseFacts(row.facts),
        from: row.observed_from,
        runFrom: row.run_from,
        ...(row.observed_to === null || row.run_to === null
          ? {}
          : { to: row.observed_to, runTo: row.run_to }),
      })),
      holds: holds.map((row) => ({
        ...keyOf(row),
        kind: holdKind(row.kind),
        from: row.observed_from,
        ...(row.observed_to === null ? {} : { to: row.observed_to }),
      })),
      readings: [...Map.groupBy(pages, ({ id }) => id).values()].flatMap((its) => {
        const [first] = its;
        if (first === undefined || first.observed_at === null) return [];
        return [
          {
            runId: first.id,
            observedAt: first.observed_at,
            recordedAt: first.recorded_at,
            // What `insertRun` wrote.
            report: JSON.parse(first.report) as Report,
            pages: its.map(({ hash }) => hash),
          },
        ];
      }),
    };
  } finally {
    await snapshot.end();
  }
}

/** In one transaction, with the cause `correction`: known from `recordedAt` on, true from when it was. Throws `LeaseLost`. */
export async function correct(
  store: LedgerStore,
  source: string,
  { retract, open }: Correction,
  { lease, recordedAt }: { readonly lease: Lease; readonly recordedAt: number },
): Promise<void> {
  await store.write(async (tx) => {
    await holdFence(store, tx, lease);
    for (const id of retract) {
      const { numUpdatedRows } = await tx
        .updateTable("listing_version")
        .set({ retracted_at: recordedAt })
        .where("id", "=", id)
        .where("source", "=", source)
        .where("retracted_at", "is", null)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows !== 1n) throw new Error(`the version ${id} of ${source} does not stand`);
    }
    const runIds = open.flatMap(({ runFrom, runTo }) => (runTo === undefined ? [runFrom] : [runFrom, runTo]));
    const stamps = await stampsOf(tx, [...new Set(runIds)]);
    const stampOf = (runId: number): Stamp => {
      const stamp = stamps.get(runId);
      if (stamp === undefined) throw new Error(`there is no believed run ${runId} of ${source}`);
      return stamp;
    };
    const rows = open.map((version) => {
      const { text, hash } = storedFacts(version.facts);
      const to = version.runTo === undefined ? undefined : stampOf(version.runTo);
      return {
        source,
        gateway: version.gateway,
        provider: version.provider,
        native_id: version.nativeId,
        hash,
        observed_from: stampOf(version.runFrom).observedAt,
        observed_to: to?.observedAt ?? null,
        recorded_from: recordedAt,
        recorded_to: to?.recordedAt ?? null,
        run_from: version.runFrom,
        run_to: to?.runId ?? null,
        cause_from: "correction",
        cause_to: to === undefined ? null : "upstream",
        facts: text,
      };
    });
    await store.insertRows(tx, "listing_version", rows);
    await nextNumber(tx, "content");
  });
}

function keyOf(row: {
  readonly gateway: string;
  readonly provider: string;
  readonly native_id: string;
}): OfferKey {
  return { gateway: row.gateway, provider: row.provider, nativeId: row.native_id };
}

/** Whose versions these are, one offer at a time. */
export function byOffer<Row extends OfferKey>(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  return Map.groupBy(rows, offerId);
}
