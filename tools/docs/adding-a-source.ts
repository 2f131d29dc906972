/** The guide is written by hand; its tables are made from the code, between the comments that name them. */

import { readFileSync } from "node:fs";
import { FIELDS } from "../check-source/fields.ts";
import { ROOT } from "../check-source/repository.ts";
import { PAGINGS } from "../new-source/paging-word.ts";
import { priceUnits } from "../new-source/price-unit.ts";

type Row = readonly string[];

const GUIDE = new URL("../../docs/adding-a-source.md", import.meta.url);

/** By the name in the comment. The first row is the head. */
const TABLES: { readonly [name: string]: () => readonly Row[] } = {
  fields: () => [
    ["field", "what it holds"],
    ...Object.entries(FIELDS).map(([field, holds]) => [code(field), holds]),
  ],
  pagings: () => [
    ["`--paging`", "in the file", "how the list goes on"],
    ...Object.entries(PAGINGS).map(([word, { name, means }]) => [code(word), code(name), means]),
  ],
  prices: () => [
    ["constructor", "the wire states", "as does"],
    ...priceUnits(ROOT).map(({ constructor, wire, users }) => [code(constructor), wire, users ?? ""]),
  ],
};

export function renderGuide(): string {
  const text = readFileSync(GUIDE, "utf8");
  return text.replaceAll(
    /(<!-- table: (\w+) -->\n\n)[^]*?(\n<!-- end -->)/g,
    (whole: string, head: string, name: string, tail: string) => {
      const rows = TABLES[name]?.();
      return rows === undefined ? whole : head + tableText(rows) + tail;
    },
  );
}

/** Columns of one width, as the formatter has them. */
function tableText(rows: readonly Row[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  );
  const [head = "", ...body] = rows.map((row) =>
    line(widths.map((width, column) => (row[column] ?? "").padEnd(width))),
  );
  return [head, line(widths.map((width) => "-".repeat(width))), ...body].map((each) => `${each}\n`).join("");
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function code(word: string): string {
  return `\`${word}\``;
}
