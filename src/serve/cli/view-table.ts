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
    ...viewRows(report),
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

/** A list that was divided has hundreds of parts without a row; as many as this are named, more are counted. */
const EMPTY_MAX = 5;

function viewRows({ source, views }: Report): readonly (readonly string[])[] {
  const isFolded = views.filter(({ returned }) => returned === 0).length > EMPTY_MAX;
  const shown = isFolded ? views.filter(({ returned }) => returned > 0) : views;
  let together = 0;
  const rows = shown.map(({ view, returned, fresh, duplicate, total }) => {
    together += fresh;
    return [source, view, count(returned), count(fresh), count(duplicate), count(together), count(total)];
  });
  const empty = `${count(views.length - shown.length)} more views without a row`;
  return isFolded ? [...rows, [source, empty, "0", "0", "0", count(together), ""]] : rows;
}
