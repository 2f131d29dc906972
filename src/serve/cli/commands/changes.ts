/** `modeldex changes`: what changed, the oldest first. */
import { ChangeQuestion, changeList } from "../../http/answers/changes.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { changeText } from "../change-text.ts";
import { readList, type ChangeDocument, type ListDocument } from "../documents.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { table, type Column } from "../table.ts";
import { counted, minute } from "../words.ts";

const COLUMNS: readonly Column[] = [
  { title: "WHEN (UTC)" },
  { title: "WHAT" },
  { title: "OF" },
  { title: "ID", shrinksTo: 24 },
  { title: "HOW", shrinksTo: 20 },
  { title: "BECAUSE OF" },
];

export async function changes(host: Host, flags: Flags): Promise<ExitCode> {
  const { question, json } = asked(ChangeQuestion, flags);
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const answer = await changeList(application, question, host.clock.now());
    if (json) {
      printJson(host, answer);
      return 0;
    }
    const list = readList<ChangeDocument>(answer);
    if (list.data.length > 0) host.out.write(table(host.out, COLUMNS, list.data.map(row)));
    host.out.write(below(list, question));
    return 0;
  });
}

function row(change: ChangeDocument): readonly string[] {
  return [
    minute(change.at),
    change.kind,
    change.subject,
    change.subject_id,
    changeText(change),
    change.cause,
  ];
}

function below(list: ListDocument<ChangeDocument>, { since }: ChangeQuestion): string {
  if (list.data.length === 0)
    return `nothing of that kind changed${since === undefined ? "" : ` since ${since}`}; look further back with --since 30d\n`;
  const next = list.next_after === undefined ? "" : `; there are more, next: --after ${list.next_after}`;
  return `${counted(list.data.length, "change")}${next}\n`;
}
