/** An error that ended a command, in one line for whoever typed it, with the exit code that it means. */
import { withoutTokens } from "../../domain/text.ts";
import { BadName } from "../../check/names.ts";
import { UnknownName } from "../application.ts";
import { UsageError, type ExitCode, type Host } from "./host.ts";
import { plainLines } from "./plain.ts";

/** Errors that only a mistake of ours raises: they come with where they happened. */
const MISTAKES = [TypeError, RangeError, ReferenceError, SyntaxError];

export async function complain(host: Host, error: unknown): Promise<ExitCode> {
  // The answers are loaded by now if one of these was thrown.
  const { BadQuestion } = await import("../http/answers/question.ts");
  const { NotReady } = await import("../http/answers/revision.ts");
  const say = (text: string) =>
    host.err.write(`${host.err.colours.red("error:")} ${plainLines(withoutTokens(text))}\n`);

  if (error instanceof NotReady) {
    say("nothing has been read yet; read the sources with: modeldex sync");
    return 1;
  }
  if (error instanceof Error) {
    const isMistake = MISTAKES.some((mistake) => error instanceof mistake);
    say(isMistake ? (error.stack ?? error.message) : error.message);
    return [BadQuestion, BadName, UsageError, UnknownName].some((usage) => error instanceof usage) ? 2 : 1;
  }
  say(String(error));
  return 1;
}
