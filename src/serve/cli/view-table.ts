/** What stands behind a report's counts: each view that was asked, why items were left out, and what that proves. */
import type { Report } from "../../domain/run.ts";
import type { Screen } from "./screen.ts";
import { table, type Column } from "./table.ts";
import { plain } from "./plain.ts";
import { count } from "./words.ts";

const COLUMNS: readonly Column[] = [
  { title: "SOURCE" },
  { title: "VIEW, OR WHY LEFT OUT", shrinksTo: 20 },
  { title: "ROWS", align: "right" },
  { title: "NEW", align: "right" },
  { title: "REPEATED", align: "right" },
  { title: "TOGETHER", align: "right" },
  { title: "OF", align: "right" },
];

export function viewTable(screen: Screen, reports: readonly Report[]): string {
  const rows = reports.flatMap((report) => [
    ...report.views.map((view, index) => [
      report.source,
      view.view,
      count(view.returned),
      count(view.fresh),
      count(view.duplicate),
      count(report.views.slice(0, index + 1).reduce((sum, { fresh }) => sum + fresh, 0)),
      count(view.total),
    ]),
    ...Object.entries(report.ignored).map(([reason, items]) => [
      report.source,
      `left out: ${reason}`,
      count(items),
      "",
      "",
      "",
      "",
    ]),
  ]);
  const proofs = reports.flatMap(({ source, coverage }) =>
    coverage === undefined ? [] : [`${plain(`${source}: ${coverage.kind}, ${coverage.evidence}`)}\n`],
  );
  return rows.length === 0 ? "" : `\n${table(screen, COLUMNS, rows)}\n${proofs.join("")}\n`;
}
