/** Findings: one row for each subject of a kind at a source, moved on while it is seen, closed when it is not. */
import type { Selectable } from "kysely";
import { FINDING_KINDS, type FindingKind } from "../domain/finding.ts";
import type { RunCommit, StoredFinding } from "./ledger.ts";
import type { LedgerStore, Tables, Tx } from "./schema.ts";
import type { Stamp } from "./span.ts";

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
  const rows = [...found.values()].map(({ kind, subject, pointer, message }) => ({
    source: commit.source,
    kind,
    subject,
    pointer: pointer ?? null,
    message,
    first_seen: recordedAt,
    last_seen: recordedAt,
    last_run_id: runId,
    runs: 1,
  }));
  await store.insertRows(
    tx,
    "finding",
    rows,
    `on conflict (source, kind, subject) do update set pointer = excluded.pointer, message = excluded.message,
      last_seen = excluded.last_seen, last_run_id = excluded.last_run_id, runs = finding.runs + 1, ended_at = null`,
  );
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

/** The open ones, those seen last first. */
export async function findings(
  store: LedgerStore,
  query: { readonly source?: string; readonly kind?: FindingKind; readonly limit: number },
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
