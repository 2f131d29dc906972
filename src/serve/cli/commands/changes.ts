/** `modeldex changes`: what changed, each change on a line, or each story on one. */
import { ChangeQuestion, changeList, storyList, StoryQuestion } from "../../http/answers/changes.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { changeText } from "../change-text.ts";
import { readList, type ChangeDocument, type ListDocument, type StoryDocument } from "../documents.ts";
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
const STORY_COLUMNS: readonly Column[] = [
  { title: "FROM (UTC)" },
  { title: "TO" },
  { title: "TIMES" },
  ...COLUMNS.slice(1),
];

export async function changes(host: Host, flags: Flags): Promise<ExitCode> {
  if (flags["stories"] === true) return stories(host, flags);
  const { question, json } = asked(ChangeQuestion, flags);
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const answer = await changeList(application, question, host.clock.now());
    if (json) {
      printJson(host, answer);
      return 0;
    }
    const list = readList<ChangeDocument>(answer);
    if (list.data.length > 0) host.out.write(table(host.out, COLUMNS, list.data.map(row)));
    host.out.write(below(list, "change", question));
    return 0;
  });
}

async function stories(host: Host, flags: Flags): Promise<ExitCode> {
  const { question, json } = asked(StoryQuestion, flags);
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const answer = await storyList(application, question, host.clock.now());
    if (json) {
      printJson(host, answer);
      return 0;
    }
    const list = readList<StoryDocument>(answer);
    if (list.data.length > 0) host.out.write(table(host.out, STORY_COLUMNS, list.data.map(storyRow)));
    host.out.write(below(list, "story", question));
    return 0;
  });
}

function row(change: ChangeDocument): readonly string[] {
  const cells = [minute(change.at), ...what(change)];
  // An import told it of the past: nobody heard of it then.
  return change.imported === true ? [...cells.slice(0, -1), `${change.cause}, imported`] : cells;
}

function storyRow(story: StoryDocument): readonly string[] {
  const { first_at: from, last_at: to, count } = story;
  return [minute(from), count === 1 ? "" : minute(to), String(count), ...what(story)];
}

function what(change: Omit<ChangeDocument, "at">): readonly string[] {
  return [change.kind, change.subject, change.subject_id, changeText(change), change.cause];
}

function below(
  list: ListDocument<unknown>,
  one: "change" | "story",
  { since }: { readonly since?: string | undefined },
): string {
  if (list.data.length === 0)
    return `nothing of that kind changed${since === undefined ? "" : ` since ${since}`}; an earlier --since looks further back\n`;
  const next = list.next_cursor === undefined ? "" : `; there are more, next: --cursor ${list.next_cursor}`;
  return `${counted(list.data.length, one, one === "story" ? "stories" : "changes")}${next}\n`;
}
