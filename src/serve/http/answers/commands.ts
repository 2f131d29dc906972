/** What the commands answer: a sync with the report of each run, and an accepted hold. */
import type { AcceptResult, SyncResult } from "../../application.ts";
import { runReport, wholeRunReport } from "./run-report.ts";

export type Detail = "counts" | "whole";

export function syncDocument(result: SyncResult, detail: Detail): object {
  const written = detail === "whole" ? wholeRunReport : runReport;
  return {
    revision: result.revision,
    runs: result.reports.map((report) => ({ run: report.runId, ...written(report) })),
  };
}

export function acceptDocument(result: AcceptResult): object {
  return { revision: result.revision, run: result.runId, removed: result.removed, prices: result.prices };
}
