/** `modeldex review`: the offers of which nobody says which model they are. */
import { FindingQuestion, findingList } from "../../http/answers/findings.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { readList, type FindingDocument } from "../documents.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { table, type Column } from "../table.ts";
import { counted, minute } from "../words.ts";

const COLUMNS: readonly Column[] = [
  { title: "OFFER", shrinksTo: 24 },
  { title: "WHY IT STANDS ALONE", shrinksTo: 30 },
  { title: "SINCE (UTC)" },
];

export async function review(host: Host, flags: Flags): Promise<ExitCode> {
  const { question, json } = asked(FindingQuestion, { ...flags, kind: "identity" });
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const answer = await findingList(application, question);
    if (json) {
      printJson(host, answer);
      return 0;
    }
    const { data, has_more: hasMore } = readList<FindingDocument>(answer);
    if (data.length > 0)
      host.out.write(
        table(
          host.out,
          COLUMNS,
          data.map(({ subject, message, first_seen: since }) => [subject, message, minute(since)]),
        ),
      );
    host.out.write(below(data.length, hasMore));
    return 0;
  });
}

function below(shown: number, hasMore: boolean): string {
  if (shown === 0) return "every offer is linked to its model by a rule\n";
  return `${counted(shown, "offer")} to review${hasMore ? "; there are more: --limit 1000" : ""}\n`;
}
