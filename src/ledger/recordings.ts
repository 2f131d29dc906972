/** Which recordings were imported: their date, and the hash of what they say. One that was not believed is among them. */
import type { ColumnTypes } from "../store/migrate.ts";
import type { LedgerStore, Tx } from "./schema.ts";

/** A recorded answer as it is known again: when the upstream gave it, and the hash of its bytes. */
export interface RecordedAnswer {
  readonly at: number;
  readonly hash: string;
}

export interface RecordingTables {
  readonly recording: {
    readonly source: string;
    readonly at: number;
    readonly hash: string;
    readonly run_id: number;
  };
}

export function recordingTables({ int, text, keyed }: ColumnTypes): readonly string[] {
  return [
    `create table recording (source ${text} not null, at ${int} not null, hash ${text} not null, run_id ${int} not null,
      primary key (source, at, hash)) ${keyed}`,
  ];
}

export async function recordingsOf(
  db: LedgerStore["db"],
  source: string,
): Promise<readonly RecordedAnswer[]> {
  return db
    .selectFrom("recording")
    .select(["at", "hash"])
    .where("source", "=", source)
    .orderBy("at")
    .orderBy("hash")
    .execute();
}

export async function noteRecording(
  tx: Tx,
  source: string,
  { at, hash }: RecordedAnswer,
  runId: number,
): Promise<void> {
  await tx.insertInto("recording").values({ source, at, hash, run_id: runId }).execute();
}
