/** From what a caller wrote to a typed question. What is wrong is named, with what would be right. */
import type * as z from "zod";
import { withoutTokens } from "../../../domain/text.ts";
import { guess } from "./guess.ts";

export type QuestionFault = "unknown-parameter" | "bad-value" | "bad-encoding" | "unknown-name";

/** How many known words a refusal lists before it says how many more there are. */
const KNOWN_SHOWN_MAX = 60;
/** What a caller wrote is repeated up to this length. */
const SHOWN_LENGTH_MAX = 80;

/** A question that cannot be answered as it is put. The message says what would be. */
export class BadQuestion extends Error {
  readonly fault: QuestionFault;
  readonly parameter: string | undefined;
  readonly known: readonly string[] | undefined;
  readonly guess: string | undefined;

  constructor(
    fault: QuestionFault,
    message: string,
    about: Pick<Partial<BadQuestion>, "parameter" | "known" | "guess"> = {},
  ) {
    super(message);
    this.name = "BadQuestion";
    this.fault = fault;
    this.parameter = about.parameter === undefined ? undefined : withoutTokens(about.parameter);
    this.known = about.known;
    this.guess = about.guess;
  }
}

/** The question that these parameters put. Throws `BadQuestion`. */
export function readQuestion<Question extends z.ZodObject>(
  schema: Question,
  stated: ReadonlyMap<string, string>,
): z.infer<Question> {
  const known = Object.keys(schema.shape);
  for (const name of stated.keys()) if (!known.includes(name)) throw unknownParameter(name, known);
  const read = schema.safeParse(Object.fromEntries(stated));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const name = String(issue?.path[0] ?? "");
  const allowed = schema.shape[name]?.meta?.()?.description;
  const given = stated.get(name);
  const said = given === undefined ? `${name} is missing` : `${name} cannot be ${quoted(given)}`;
  // The schema's own words for what is wrong speak of types; what is allowed says it better.
  const why =
    issue?.code === "custom" || allowed === undefined ? `: ${issue?.message ?? "it is not allowed"}` : "";
  const words = issue?.code === "invalid_value" ? issue.values.map(String) : undefined;
  const meant =
    words === undefined
      ? undefined
      : guess(typeof issue?.input === "string" ? issue.input : (given ?? ""), words);
  throw new BadQuestion("bad-value", `${ended(said + why + didYouMean(meant))} ${allowed ?? ""}`.trim(), {
    parameter: name,
    ...(words === undefined ? {} : { known: words }),
    ...(meant === undefined ? {} : { guess: meant }),
  });
}

/** Throws `BadQuestion` for the first of these words that is not known. */
export function refuseUnknown(parameter: string, words: readonly string[], known: readonly string[]): void {
  const unknown = words.find((word) => !known.includes(word));
  if (unknown === undefined) return;
  const meant = guess(unknown, known);
  throw new BadQuestion(
    "unknown-name",
    `${ended(`no ${parameter} is called ${quoted(unknown)}${didYouMean(meant)}`)} Known: ${listed(known)}`,
    {
      parameter,
      known,
      guess: meant,
    },
  );
}

export function quoted(text: string): string {
  const shown = withoutTokens(text);
  return JSON.stringify(
    shown.length > SHOWN_LENGTH_MAX ? `${shown.slice(0, SHOWN_LENGTH_MAX).toWellFormed()}…` : shown,
  );
}

export function didYouMean(meant: string | undefined): string {
  return meant === undefined ? "" : `; did you mean ${quoted(meant)}?`;
}

function unknownParameter(name: string, known: readonly string[]): BadQuestion {
  const meant = guess(name, known);
  const taken = known.length === 0 ? "There are none here" : `Known: ${listed(known)}`;
  return new BadQuestion(
    "unknown-parameter",
    `${ended(`no parameter is called ${quoted(name)}${didYouMean(meant)}`)} ${taken}`,
    {
      parameter: name,
      known,
      guess: meant,
    },
  );
}

function ended(sentence: string): string {
  return /[.?!]$/.test(sentence) ? sentence : `${sentence}.`;
}

function listed(words: readonly string[]): string {
  const rest = words.length - KNOWN_SHOWN_MAX;
  return `${words.slice(0, KNOWN_SHOWN_MAX).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
