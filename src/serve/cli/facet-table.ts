/** What stands beside a list: how many fit by each facet that was asked for, below the list. */
import type { FacetDocument, ListDocument } from "./documents.ts";
import { plain } from "./plain.ts";
import type { Screen } from "./screen.ts";
import { table, type Column } from "./table.ts";
import { count } from "./words.ts";

/** A facet shows so many values here; `--json` shows all of them. */
const VALUES_MAX = 10;

export function facetTables(screen: Screen, list: ListDocument<unknown>): string {
  const tables = Object.entries(list.facets ?? {}).map(
    ([name, facet]) => `\n${table(screen, columnsOf(name), rowsOf(facet))}`,
  );
  const leftOut = list.facets_left_out ?? [];
  const note =
    leftOut.length === 0 ? "" : `\nleft out, for it would take too long: ${leftOut.map(plain).join(", ")}\n`;
  return tables.join("") + note;
}

function columnsOf(name: string): readonly Column[] {
  return [
    { title: name.toUpperCase(), shrinksTo: 20 },
    { title: "COUNT", align: "right" },
  ];
}

function rowsOf({
  values = [],
  has_more: hasMore,
  buckets = [],
  unknown,
}: FacetDocument): readonly (readonly string[])[] {
  const further = hasMore === true || values.length > VALUES_MAX;
  return [
    ...values.slice(0, VALUES_MAX).map((each) => [each.value, count(each.count)]),
    ...(further ? [["…", ""]] : []),
    ...buckets.map(({ from, to, count: its }) => [
      to === undefined ? `from ${from}` : `${from} up to ${to}`,
      count(its),
    ]),
    ...(unknown === 0 ? [] : [["unknown", count(unknown)]]),
  ];
}
