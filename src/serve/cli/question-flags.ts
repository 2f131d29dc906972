/** The flags of a question: each parameter of the API under its own name, with dashes. */
import type { Command } from "commander";
import type { Parameter } from "../../catalog/parameters.ts";

/** What stands before the flags, and is no flag. */
const ARGUMENT = "q";

export function addQuestionFlags(command: Command, parameters: readonly Parameter[]): Command {
  for (const { name, value, says } of parameters)
    if (name !== ARGUMENT) command.option(`--${name.replaceAll("_", "-")} <${value}>`, asHelp(says));
  return command;
}

/** The flags of a question that may be of the past. */
export function addThenFlags(command: Command): Command {
  return command
    .option(
      "--as-of <moment>",
      "as it was true then: an ISO date or date-time, or how long ago: 7d, 24h, 30m",
    )
    .option("--known-at <moment>", "beside --as-of: as it was known then");
}

/** A parameter by the name of its flag, which commander hands over in camel case. */
export function parameterOf(flag: string): string {
  return flag.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A line of help begins small, and quotes nothing. */
function asHelp(sentence: string): string {
  return (sentence.charAt(0).toLowerCase() + sentence.slice(1)).replaceAll("`", "").replace(/\.$/, "");
}
