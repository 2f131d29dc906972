/** The account at the end of a sync: a table, the revision, and what to do about what did not go well. */
import { wasApplied, type Report } from "../../domain/run.ts";
import type { Application } from "../application.ts";
import type { ExitCode } from "./host.ts";
import { plain } from "./plain.ts";
import type { Screen } from "./screen.ts";
import { table, type Column } from "./table.ts";
import { count, counted, duration, whatToSet } from "./words.ts";

export type RunReport = Report & { readonly runId?: number };

const COLUMNS: readonly Column[] = [
  { title: "SOURCE", shrinksTo: 10 },
  { title: "OUTCOME" },
  { title: "COVERAGE" },
  { title: "ROWS", align: "right" },
  { title: "OFFERS", align: "right" },
  { title: "CHANGES" },
  { title: "HELD", align: "right" },
  { title: "REJECTED", align: "right" },
  { title: "TIME", align: "right" },
  { title: "NOTE", shrinksTo: 12 },
];

export function summary(screen: Screen, reports: readonly RunReport[]): string {
  const read = reports.filter((report) => report.outcome !== "skipped");
  const parts = [
    read.length === 0 ? "" : table(screen, COLUMNS, read.map(row)),
    ...read.flatMap((report) => advice(report).map((line) => `${plain(line)}\n`)),
    skippedLine(reports.filter((report) => report.outcome === "skipped")),
  ];
  return parts.join("");
}

/** `revision 12: 5,432 models, 20,120 offers`. */
export function revisionLine(revision: number, application: Pick<Application, "shelf">): string {
  const catalog = application.shelf()?.catalog;
  if (catalog?.revision !== revision) return `revision ${revision}\n`;
  const { modelIds, offerIds } = catalog.columns;
  return `revision ${revision}: ${counted(modelIds.length, "model")}, ${counted(offerIds.length, "offer")}\n`;
}

/** Skipped sources count as nothing; where nothing else was asked, nothing succeeded. */
export function syncExitCode(reports: readonly Report[]): ExitCode {
  const read = reports.filter((report) => report.outcome !== "skipped");
  if (!read.some((report) => wasApplied(report.outcome))) return 1;
  return read.every((report) => report.outcome === "complete" || report.outcome === "unchanged") ? 0 : 3;
}

function row(report: Report): readonly string[] {
  return [
    report.source,
    report.outcome,
    report.coverage?.kind ?? "",
    count(report.rows),
    count(report.offers),
    changes(report),
    unlessZero(report.held),
    unlessZero(report.rejected),
    duration(report.ms),
    note(report),
  ];
}

function changes({ added, changed, removed, returned }: Report): string {
  const signed = [
    ["+", added],
    ["~", changed],
    ["−", removed],
    ["↩", returned],
  ] as const;
  return signed.flatMap(([sign, moved]) => (moved === 0 ? [] : [`${sign}${count(moved)}`])).join(" ");
}

function note(report: Report): string {
  if (report.error !== undefined) return `${report.error.code}: ${report.error.message}`;
  if (report.coverage !== undefined && report.coverage.kind !== "whole") return report.coverage.evidence;
  return "";
}

/** What the operator can do about it. */
function advice(report: RunReport): readonly string[] {
  const run = report.runId === undefined ? "<run>" : String(report.runId);
  const error = report.error === undefined ? "" : ` (${report.error.message})`;
  const lines: string[] = [];
  if (report.held > 0) {
    lines.push(
      `${report.source}: ${counted(report.held, "removal or price", "removals and prices")} held until a later run confirms them; to apply them now: modeldex accept ${run}`,
    );
  }
  if (report.outcome === "rejected") {
    lines.push(
      `${report.source}: not believed, nothing changed${error}; look at its page, then: modeldex sync ${report.source}`,
    );
  }
  if (report.outcome === "failed") {
    const remedy = report.error?.code === "unauthorized" ? "check its credential, then" : "try again";
    lines.push(
      `${report.source}: no answer, nothing changed${error}; ${remedy}: modeldex sync ${report.source}`,
    );
  }
  if (report.outcome === "partial") {
    lines.push(
      `${report.source}: broke off; what came is kept and nothing was removed${error}; try again: modeldex sync ${report.source}`,
    );
  }
  return lines;
}

/** All in one line, each with what it waits for. */
function skippedLine(skipped: readonly Report[]): string {
  if (skipped.length === 0) return "";
  const named = skipped.map(({ source, reason = "not configured" }) => `${source} (${whatToSet(reason)})`);
  return `${plain(`skipped: ${named.join(", ")}`)}\n`;
}

function unlessZero(value: number): string {
  return value === 0 ? "" : count(value);
}
