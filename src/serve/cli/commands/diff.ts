/** `modeldex diff`: what is otherwise in one revision, or at one moment, than in another. */
import { diffOf, DiffQuestion } from "../../http/answers/diff.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { changeText } from "../change-text.ts";
import type { ChangeDocument } from "../documents.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { table, type Column } from "../table.ts";
import { count, counted } from "../words.ts";

const COLUMNS: readonly Column[] = [
  { title: "WHAT" },
  { title: "OF" },
  { title: "ID", shrinksTo: 24 },
  { title: "HOW", shrinksTo: 20 },
];

interface DiffDocument {
  readonly from: string;
  readonly to: string;
  readonly data: readonly Pick<ChangeDocument, "kind" | "subject" | "subject_id" | "fields">[];
  readonly total: number;
  readonly next_cursor?: string;
}

/** All of it, unless a page is asked for. */
export async function diff(
  host: Host,
  from: string,
  to: string | undefined,
  flags: Flags,
): Promise<ExitCode> {
  const { question, json } = asked(DiffQuestion, { ...flags, from, ...(to === undefined ? {} : { to }) });
  const limit = flags["limit"] === undefined ? Number.MAX_SAFE_INTEGER : question.limit;
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const answer = await diffOf(application, { ...question, limit }, host.clock.now());
    if (json) {
      printJson(host, answer);
      return 0;
    }
    // Our own answer: its shape is the one above by construction.
    const document = JSON.parse(answer.toString()) as DiffDocument;
    const rows = document.data.map((one) => [one.kind, one.subject, one.subject_id, changeText(one)]);
    if (rows.length > 0) host.out.write(table(host.out, COLUMNS, rows));
    host.out.write(below(document));
    return 0;
  });
}

function below({ data, total, from, to, next_cursor: next }: DiffDocument): string {
  const shown = data.length < total ? `${count(data.length)} of ` : "";
  const more = next === undefined ? "" : `; next: --cursor ${next}`;
  return `${shown}${counted(total, "difference")} between ${from} and ${to}${more}\n`;
}
