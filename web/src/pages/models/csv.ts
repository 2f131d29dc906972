/** What is shown, as a file: every row that fits, in the order of the table, with the columns that are chosen. */
import { ask, withParameters } from "../../api/ask.ts";
import type { List, Model } from "../../api/words.ts";
import type { Column } from "./columns.tsx";
import type { Question } from "./question.ts";

const PAGE = 1_000;
export const CSV_ROWS_MAX = 100_000;

export async function downloadCsv(question: Question, columns: readonly Column[]): Promise<void> {
  const lines = [csvLine(columns.map(({ title }) => title))];
  let cursor: string | undefined;
  do {
    const list: List<Model> = await ask(withParameters("/v1/models", { ...question, limit: PAGE, cursor }));
    for (const model of list.data) lines.push(csvLine(columns.map((column) => column.text(model))));
    cursor = list.next_cursor;
  } while (cursor !== undefined && lines.length <= CSV_ROWS_MAX);
  save(`${lines.join("\r\n")}\r\n`);
}

export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return cells.map(csvCell).join(",");
}

/** A text that a spreadsheet would calculate is made a text by an apostrophe. */
function csvCell(cell: string | number | undefined): string {
  if (cell === undefined) return "";
  const text = typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell);
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
