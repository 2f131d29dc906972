/** The commands that tell somebody of what a view shows, ready to be copied. Words of the address are quoted: anybody may have written them. */
import { withParameters } from "../../api/ask.ts";
import { shellQuoted, shellWord } from "../../parts/shell.ts";
import type { Question } from "./question.ts";

const HOOK = "https://example.com/hook";

/** What a watch may ask: it begins now. */
function wishOf({ since: _since, ...wish }: Question): Question {
  return wish;
}

export function watchCommand(question: Question): string {
  const flags = Object.entries(wishOf(question)).map(([name, value]) => ` --${name} ${shellWord(value)}`);
  return `modeldex watch add --url ${HOOK}${flags.join("")}`;
}

export function watchRequest(question: Question, origin: string): string {
  return [
    `curl -X POST ${shellWord(`${origin}/v1/watches`)} \\`,
    `  -H "Authorization: Bearer $MODELDEX_ADMIN_KEY" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d ${shellQuoted(JSON.stringify({ url: HOOK, ...wishOf(question) }))}`,
  ].join("\n");
}

export function eventsRequest(question: Question, origin: string): string {
  return `curl -N ${shellQuoted(`${origin}${withParameters("/v1/events", wishOf(question))}`)}`;
}
