/** The flags by which a usage is stated. */
import type { Command } from "commander";
import { AMOUNT_NAMES, AMOUNTS } from "../../cost/amounts.ts";

export function addUsageFlags(command: Command): Command {
  for (const name of AMOUNT_NAMES)
    command.option(`--${name.replaceAll("_", "-")} <count>`, AMOUNTS[name].means);
  return command
    .option("--requests <count>", "over how many requests it goes: steps by the length of a prompt go by it")
    .option("--tier <tier>", "batch, flex or priority; else at once")
    .option("--batch", "the same as --tier batch")
    .option("--region <name>", "where it is served, for prices that depend on it")
    .option("--stdin", "read a usage object of OpenAI's, Anthropic's or Google's from standard input");
}
