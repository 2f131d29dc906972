/** `modeldex diff`: what is otherwise in one revision, or at one moment, than in another. */
import { diffOf } from "../../http/answers/diff.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { changeText } from "../change-text.ts";
import type { ChangeDocument } from "../documents.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { table, type Column } from "../table.ts";
import { counted } from "../words.ts";

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
}

export async function diff(host: Host, from: string, to: string, flags: Flags): Promise<ExitCode> {
  const { gateway } = flags;
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const question = { from, to, ...(typeof gateway === "string" ? { gateway } : {}) };
    const answer = await diffOf(application, question, host.clock.now());
    if (flags["json"] === true) {
      printJson(host, answer);
      return 0;
    }
    // Our own answer: its shape is the one above by construction.
    const document = JSON.parse(answer.toString()) as DiffDocument;
    const rows = document.data.map((one) => [one.kind, one.subject, one.subject_id, changeText(one)]);
    if (rows.length > 0) host.out.write(table(host.out, COLUMNS, rows));
    host.out.write(`${counted(rows.length, "difference")} between ${document.from} and ${document.to}\n`);
    return 0;
  });
}
