/** How a question on the command line becomes the question of the API: flags are the parameters of the same names. */
import type * as z from "zod";
import { readQuestion } from "../http/answers/question.ts";
import type { Host, SettingFlags } from "./host.ts";
import { plainJson } from "./plain.ts";
import { parameterOf } from "./question-flags.ts";

/** What commander hands over. */
export type Flags = { readonly [flag: string]: string | boolean | undefined };

export interface Asked<Question> {
  readonly question: Question;
  readonly json: boolean;
}

/** Flags that are no parameter of a question. */
const NO_PARAMETER = new Set(["json", "verbose", "home", "database", "mirror"]);

/** Throws `BadQuestion`, which names the parameter and what is allowed. */
export function asked<Question extends z.ZodObject>(
  schema: Question,
  flags: Flags,
): Asked<z.infer<Question>> {
  const stated = new Map<string, string>();
  for (const [flag, value] of Object.entries(flags)) {
    if (typeof value === "string" && !NO_PARAMETER.has(flag)) stated.set(parameterOf(flag), value);
  }
  return { question: readQuestion(schema, stated), json: flags["json"] === true };
}

/** A table has columns of its own. */
export const FIELDS_NEED_JSON = "--fields goes with --json";

/** What says which page is shown, and how; all else of a question says what is on it. */
const OF_THE_PAGE = new Set(["sort", "order", "limit", "cursor", "offset", "fields", "facets"]);

/** True where a question leaves something out, so that less may be asked. */
export function isFiltered(question: object): boolean {
  return Object.entries(question).some(([name, value]) => value !== undefined && !OF_THE_PAGE.has(name));
}

/** The flags that are settings, under the settings' names. */
const SETTING_OF: { readonly [flag: string]: string } = {
  home: "MODELDEX_HOME",
  database: "MODELDEX_DATABASE",
  host: "MODELDEX_HOST",
  port: "MODELDEX_PORT",
  syncInterval: "MODELDEX_SYNC_INTERVAL",
  sources: "MODELDEX_SOURCES",
  mirror: "MODELDEX_MIRROR",
};

export function settingFlags(flags: Flags): SettingFlags {
  const settings = Object.entries(flags).flatMap(([flag, value]) => {
    const setting = Object.hasOwn(SETTING_OF, flag) ? SETTING_OF[flag] : undefined;
    return setting === undefined || typeof value !== "string" ? [] : [[setting, value] as const];
  });
  return Object.fromEntries(settings);
}

/** Prints the HTTP answer's object, and nothing else. */
export function printJson(host: Host, answer: Buffer): void {
  host.out.write(plainJson(answer.toString()));
}
