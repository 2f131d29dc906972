/** One answer as the check reads it: what a run would say of it, and the items themselves. */
import type { Report } from "../../src/domain/run.ts";
import type { Snapshot } from "../../src/sync/snapshot.ts";

export interface Answer extends Pick<Report, "outcome" | "rows" | "unique" | "offers" | "rejected"> {
  /** A file, or the address that was asked. */
  readonly name: string;
  /** What it proves, where it was read as a run reads it. */
  readonly coverage?: string;
  /** Why it is not complete. */
  readonly error?: string;
  readonly snapshot: Snapshot;
  readonly items: readonly unknown[];
}
