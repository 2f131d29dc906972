/** Findings: one row for each subject of a kind at a source, moved on while it is seen, closed when it is not. */
import type { Selectable } from "kysely";
import { FINDING_KINDS, type Finding, type FindingKind, type SourcedFinding } from "../domain/finding.ts";
import { holdFence } from "./leases.ts";
import type { Lease, RunCommit, StoredFinding } from "./ledger.ts";
import type { LedgerStore, Tables, Tx } from "./schema.ts";
import type { Stamp } from "./span.ts";
import { assertStorableFindings } from "./storable.ts";

export interface FindingLedger {
  /** The open ones, those seen last first. */
  findings(query: {
    readonly source?: string;
    readonly kind?: FindingKind;
    readonly limit: number;
  }): Promise<readonly StoredFinding[]>;
  /** Findings of no run: replaces the open ones of these kinds, whatever their source. Throws `LeaseLost`. */
  replaceFindings(
    kinds: readonly FindingKind[],
    found: readonly SourcedFinding[],
    at: number,
    lease: Lease,
  ): Promise<void>;
}

/** Replaces the open findings of these kinds. A finding is ours, so its sightings are in our own time. */
export async function noteFindings(
  store: LedgerStore,
  tx: Tx,
  commit: RunCommit,
  { runId, recordedAt }: Stamp,
): Promise<void> {
  // One subject may be found on several pages of one run: that is one sighting.
  const found = new Map(
    commit.findings.map((finding) => [JSON.stringify([finding.kind, finding.subject]), finding]),
  );
  const rows = [...found.values()].map((finding) => sighting(commit.source, finding, recordedAt, runId));
  await store.insertRows(tx, "finding", rows, SEEN_AGAIN);
  if (commit.findingKinds.length === 0) return;
  await tx
    .updateTable("finding")
    .set({ ended_at: recordedAt })
    .where("source", "=", commit.source)
    .where("kind", "in", commit.findingKinds)
    .where("ended_at", "is", null)
    .where("last_run_id", "<>", runId)
    .execute();
}

/**
 * What was found in what several sources say, and so in no run of one: replaces the open findings of these kinds,
 * whatever their source; first sightings are kept. Throws `LeaseLost` where the lease was taken over.
 */
export async function replaceFindings(
  store: LedgerStore,
  kinds: readonly FindingKind[],
  found: readonly SourcedFinding[],
  at: number,
  lease: Lease,
): Promise<void> {
  assertStorableFindings(found);
  const rows = new Map(
    found.map((finding) => [
      JSON.stringify([finding.source, finding.kind, finding.subject]),
      sighting(finding.source, finding, at, NO_RUN),
    ]),
  );
  await store.write(async (tx) => {
    await holdFence(store, tx, lease);
    await store.insertRows(tx, "finding", [...rows.values()], SEEN_AGAIN);
    await tx
      .updateTable("finding")
      .set({ ended_at: at })
      .where("kind", "in", kinds)
      .where("ended_at", "is", null)
      .where("last_seen", "<>", at)
      .execute();
  });
}

/** Runs are numbered from 1. */
const NO_RUN = 0;
const SEEN_AGAIN = `on conflict (source, kind, subject) do update set pointer = excluded.pointer, message = excluded.message,
      last_seen = excluded.last_seen, last_run_id = excluded.last_run_id, runs = finding.runs + 1, ended_at = null`;

function sighting(source: string, { kind, subject, pointer, message }: Finding, at: number, runId: number) {
  return {
    source,
    kind,
    subject,
    pointer: pointer ?? null,
    message,
    first_seen: at,
    last_seen: at,
    last_run_id: runId,
    runs: 1,
  };
}

export async function findings(
  store: LedgerStore,
  query: Parameters<FindingLedger["findings"]>[0],
): Promise<readonly StoredFinding[]> {
  let rows = store.db.selectFrom("finding").selectAll().where("ended_at", "is", null);
  if (query.source !== undefined) rows = rows.where("source", "=", query.source);
  if (query.kind !== undefined) rows = rows.where("kind", "=", query.kind);
  return (await rows.orderBy("last_seen", "desc").orderBy("id").limit(query.limit).execute()).map(findingOf);
}

function findingOf(row: Selectable<Tables["finding"]>): StoredFinding {
  return {
    source: row.source,
    kind: findingKind(row.kind),
    subject: row.subject,
    ...(row.pointer === null ? {} : { pointer: row.pointer }),
    message: row.message,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    runs: row.runs,
  };
}

function findingKind(word: string): FindingKind {
  const kind = FINDING_KINDS.find((known) => known === word);
  if (kind === undefined) throw new Error(`the ledger holds a finding of kind ${JSON.stringify(word)}`);
  return kind;
}
