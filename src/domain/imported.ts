/** What came of recorded answers that were to be imported. */
import type { Report } from "./run.ts";

/** One recorded answer, and what came of it. */
export interface ImportedAnswer {
  readonly at: number;
  readonly files: readonly string[];
  /** Absent: it was not read. */
  readonly report?: Report & { readonly runId?: number };
  /** `known`: it was imported before. `between`: the ledger was reading the source itself by then. */
  readonly why?: "known" | "between";
}

export interface SourceImport {
  readonly source: string;
  /** Oldest first. */
  readonly answers: readonly ImportedAnswer[];
  /** Why nothing, or not everything, was read. */
  readonly note?: string;
}
