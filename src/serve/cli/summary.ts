/** The account at the end of a sync: a table, the revision, and what to do about what did not go well. */
import { modelsServed } from "../../catalog/counts.ts";
import type { ErrorCode } from "../../domain/errors.ts";
import { wasApplied, type Report } from "../../domain/run.ts";
import type { Application } from "../application.ts";
import type { ExitCode } from "./host.ts";
import { plain } from "./plain.ts";
import type { Screen } from "./screen.ts";
import { table, type Column } from "./table.ts";
import { count, counted, duration, whatToSet } from "./words.ts";

export type RunReport = Report & { readonly runId?: number };

/** More sources than these are not named in one line of advice: the table names them. */
const NAMED_MAX = 4;

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
    ...advice(read).map((line) => `${plain(line)}\n`),
    skippedLine(reports.filter((report) => report.outcome === "skipped")),
  ];
  return parts.join("");
}

/** `revision 12: 5,432 models, 20,120 offers`. */
export function revisionLine(revision: number, application: Pick<Application, "shelf">): string {
  const catalog = application.shelf()?.catalog;
  if (catalog?.revision !== revision) return `revision ${revision}\n`;
  return `revision ${revision}: ${counted(modelsServed(catalog), "model")}, ${counted(catalog.offers.length, "offer")}\n`;
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

/** What the operator can do about it. Sources of which the same is to be said share a line. */
function advice(reports: readonly RunReport[]): readonly string[] {
  const held = reports.filter((report) => report.held > 0).map(heldLine);
  const faults = [...Map.groupBy(reports, faultOf)].flatMap(([fault, group]) => {
    if (fault === undefined) return [];
    const ids = group.map((report) => report.source);
    return ids.length > NAMED_MAX
      ? [`${counted(ids.length, "source")}: ${fault}: modeldex sync`]
      : [`${ids.join(", ")}: ${fault}: modeldex sync ${ids.join(" ")}`];
  });
  return [...held, ...faults];
}

function heldLine({ source, held, runId }: RunReport): string {
  const what = counted(held, "removal or price", "removals and prices");
  return `${source}: ${what} held until a later run confirms them; to apply them now: modeldex accept ${runId ?? "<run>"}`;
}

function faultOf({ outcome, error }: Report): string | undefined {
  const why = error === undefined ? "" : ` (${error.message})`;
  switch (outcome) {
    case "rejected":
      return `not believed, nothing changed${why}; look at its page, then`;
    case "failed":
      return `no answer, nothing changed${why}; ${remedyOf(error?.code)}`;
    case "partial":
      return `broke off; what came is kept and nothing was removed${why}; try again`;
    case "complete":
    case "unchanged":
    case "held":
    case "skipped":
      return undefined;
  }
}

function remedyOf(code: ErrorCode | undefined): string {
  if (code === "unauthorized") return "check its credential, then";
  return code === "unreachable" ? "check the network, or HTTPS_PROXY, then" : "try again";
}

/** All in one line; those that wait for the same stand together. */
function skippedLine(skipped: readonly Report[]): string {
  if (skipped.length === 0) return "";
  const groups = [...Map.groupBy(skipped, ({ reason }) => reason ?? "not configured")].map(
    ([reason, group]) => `${group.map(({ source }) => source).join(", ")} (${whatToSet(reason)})`,
  );
  return `${plain(`skipped: ${groups.join(", ")}`)}\n`;
}

function unlessZero(value: number): string {
  return value === 0 ? "" : count(value);
}
