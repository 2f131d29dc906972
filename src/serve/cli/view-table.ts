/** What stands behind a report's counts: each view that was asked, and why items were left out. */
import type { Report } from "../../domain/run.ts";
import type { Screen } from "./screen.ts";
import { table, type Column } from "./table.ts";
import { count } from "./words.ts";

const COLUMNS: readonly Column[] = [
  { title: "SOURCE" },
  { title: "VIEW, OR WHY LEFT OUT", shrinksTo: 20 },
  { title: "ROWS", align: "right" },
  { title: "NEW", align: "right" },
  { title: "REPEATED", align: "right" },
  { title: "OF", align: "right" },
];

export function viewTable(screen: Screen, reports: readonly Report[]): string {
  const rows = reports.flatMap((report) => [
    ...report.views.map((view) => [
      report.source,
      view.view,
      count(view.returned),
      count(view.fresh),
      count(view.duplicate),
      count(view.total),
    ]),
    ...Object.entries(report.ignored).map(([reason, items]) => [
      report.source,
      `left out: ${reason}`,
      count(items),
      "",
      "",
      "",
    ]),
  ]);
  return rows.length === 0 ? "" : `\n${table(screen, COLUMNS, rows)}\n`;
}
