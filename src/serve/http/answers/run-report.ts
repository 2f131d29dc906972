/** A run's report as every door writes it: counts; what stands behind a count only where it is asked for. */
import type { Report } from "../../../domain/run.ts";

export function runReport(report: Report): object {
  return {
    source: report.source,
    outcome: report.outcome,
    coverage:
      report.coverage === undefined
        ? undefined
        : { kind: report.coverage.kind, evidence: report.coverage.evidence },
    pages: report.pages,
    requests: report.requests,
    rows: report.rows,
    unique: report.unique,
    offers: report.offers,
    added: report.added,
    changed: report.changed,
    removed: report.removed,
    returned: report.returned,
    held: report.held,
    ignored: Object.values(report.ignored).reduce((sum, count) => sum + count, 0),
    rejected: report.rejected,
    ms: report.ms,
    reason: report.reason,
    recording: report.recording,
    error:
      report.error === undefined ? undefined : { code: report.error.code, message: report.error.message },
  };
}

/** The same with its details. */
export function wholeRunReport(report: Report): object {
  return {
    ...runReport(report),
    retries: report.retries,
    bytes: report.bytes,
    views: report.views,
    ignored_by_reason: report.ignored,
  };
}
