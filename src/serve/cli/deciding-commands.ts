/** The commands of an operator's decisions: what stands over whatever the sources say. */
import type { Command } from "commander";
import type { Flags } from "./ask.ts";
import type { ExitCode, Host } from "./host.ts";

type Add = (usage: string, description: string, examples: readonly string[]) => Command;

export function addDecidingCommands(add: Add, host: Host, done: (code: ExitCode) => void): void {
  const commands = () => import("./commands/decide.ts");

  add("hide <id>", "Show an offer, or a model with all its offers, to nobody.", [
    "hide groq/groq/some-model",
    "hide some-lab/some-model",
  ])
    .option("--json", JSON_FLAG)
    .action(async (id: string, _flags: Flags, command: Command) => {
      done(await (await commands()).hide(host, id, command.optsWithGlobals()));
    });

  add("unhide <id>", "Show it again.", ["unhide groq/groq/some-model"])
    .option("--json", JSON_FLAG)
    .action(async (id: string, _flags: Flags, command: Command) => {
      done(await (await commands()).takeBack(host, "hide", id, undefined, command.optsWithGlobals()));
    });

  add(
    "pin <id> <field=value...>",
    "Let values stand in fields of an offer or a model, whatever its sources say.",
    [
      "pin openai/gpt-oss-120b license=apache-2.0 parameters=117000000000",
      "pin groq/groq/openai/gpt-oss-120b input_price=0.15 output_price=0.75",
      "pin groq/groq/openai/gpt-oss-120b capabilities.tools=true",
    ],
  )
    .option("--json", JSON_FLAG)
    .action(async (id: string, pins: readonly string[], _flags: Flags, command: Command) => {
      done(await (await commands()).pin(host, id, pins, command.optsWithGlobals()));
    });

  add("unpin <id> [field]", "Let the sources' word stand again, in this field or in all.", [
    "unpin openai/gpt-oss-120b license",
    "unpin openai/gpt-oss-120b",
  ])
    .option("--json", JSON_FLAG)
    .action(async (id: string, field: string | undefined, _flags: Flags, command: Command) => {
      done(await (await commands()).takeBack(host, "pin", id, field, command.optsWithGlobals()));
    });

  add(
    "alias <id> <model>",
    "Say that an offer, every offer of a model, or an id that nobody has is this model.",
    ["alias some-gateway/unstated/gptoss120 openai/gpt-oss-120b", "alias our-default openai/gpt-oss-120b"],
  )
    .option("--json", JSON_FLAG)
    .action(async (id: string, model: string, _flags: Flags, command: Command) => {
      done(await (await commands()).alias(host, id, model, command.optsWithGlobals()));
    });

  add("unalias <id>", "Leave it to the rules again which model that is.", ["unalias our-default"])
    .option("--json", JSON_FLAG)
    .action(async (id: string, _flags: Flags, command: Command) => {
      done(await (await commands()).takeBack(host, "alias", id, undefined, command.optsWithGlobals()));
    });

  add("overrides", "List what is hidden, pinned and aliased.", ["overrides", "overrides --json"])
    .option("--json", JSON_FLAG)
    .action(async (_flags: Flags, command: Command) => {
      done(await (await commands()).overrides(host, command.optsWithGlobals()));
    });
}

const JSON_FLAG = "print the API's answer, and nothing else";
