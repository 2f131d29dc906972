/** What is shown, as a file (RFC 4180): every row that fits, in the order of the table, with the columns that are chosen. */
import { ask, withParameters } from "../../api/ask.ts";
import type { List, Model } from "../../api/words.ts";
import type { Column } from "./columns.tsx";
import type { Question } from "./question.ts";
import { FIELDS } from "./use-models.ts";

const PAGE = 1_000;
export const CSV_ROWS_MAX = 100_000;

export async function downloadCsv(question: Question, columns: readonly Column[]): Promise<void> {
  const cells = columns.flatMap((column) =>
    column.beside === undefined ? [column] : [column, column.beside],
  );
  const lines = [csvLine(cells.map(({ title }) => title))];
  let left = CSV_ROWS_MAX;
  let cursor: string | undefined;
  do {
    // A cursor belongs to one catalog: what is published meanwhile moves no row.
    const list: List<Model> = await ask(
      withParameters("/v1/models", { ...question, fields: FIELDS, limit: Math.min(PAGE, left), cursor }),
    );
    for (const model of list.data) lines.push(csvLine(cells.map((cell) => cell.text(model))));
    left -= list.data.length;
    cursor = list.next_cursor;
  } while (cursor !== undefined && left > 0);
  save(`${lines.join("\r\n")}\r\n`);
}

export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return cells.map(csvCell).join(",");
}

/**
 * What a spreadsheet takes for the beginning of a formula (https://owasp.org/www-community/attacks/CSV_Injection); an
 * apostrophe before it makes it a text.
 */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/u;

function csvCell(cell: string | number | undefined): string {
  if (cell === undefined) return "";
  const text = typeof cell === "string" && FORMULA.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function save(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "models.csv";
  link.click();
  URL.revokeObjectURL(url);
}
