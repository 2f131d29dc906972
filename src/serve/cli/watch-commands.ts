/** The commands about who is told of changes. */
import type { Command } from "commander";
import { CAUSES, CHANGE_KINDS, TOPICS } from "../../domain/change.ts";
import type { Flags } from "./ask.ts";
import type { ExitCode, Host } from "./host.ts";

type Add = (usage: string, description: string, examples: readonly string[]) => Command;

export function addWatchCommands(add: Add, host: Host, done: (code: ExitCode) => void): void {
  const commands = () => import("./commands/watch.ts");
  const watch = add(
    "watch",
    "Tell a URL what changes: messages in order, signed, tried again for three days.",
    [
      "watch add --url https://example.com/hook --gateway groq --topic price --min-change 10%",
      "watch list",
      "watch test 1",
      "watch log 1 --limit 20",
      "watch resume 1",
      "watch remove 1",
    ],
  );

  watch
    .command("add")
    .description("Send what changes from now on to a URL. The secret that it is signed with is shown once.")
    .requiredOption("--url <url>", "where to send it: an https URL")
    .option("--gateway <name>", "of offers of this gateway")
    .option("--lab <name>", "of the models of this lab and their offers")
    .option("--model <id>", "of this model and its offers")
    .option("--subject <word>", "offer or model: of these alone")
    .option("--kind <kinds>", CHANGE_KINDS.join(", "))
    .option("--topic <topics>", TOPICS.join(", "))
    .option("--cause <causes>", `${CAUSES.join(", ")}; all for every one (upstream)`)
    .option("--q <words>", "where all these words stand in the ids of the offer and its model")
    .option("--min-change <share>", "prices only where they moved by at least this share: 10%")
    .option("--json", JSON_FLAG)
    .action(async (_flags: Flags, command: Command) => {
      done(await (await commands()).addWatchTyped(host, command.optsWithGlobals()));
    });

  watch
    .command("list")
    .description("List who is told what, and how each stands.")
    .option("--json", JSON_FLAG)
    .action(async (_flags: Flags, command: Command) => {
      done(await (await commands()).listWatches(host, command.optsWithGlobals()));
    });

  const numbered = (name: "remove" | "resume" | "test", description: string) =>
    watch
      .command(`${name} <number>`)
      .description(description)
      .option("--json", JSON_FLAG)
      .action(async (number: string, _flags: Flags, command: Command) => {
        done(await (await commands()).commandWatch(host, name, number, command.optsWithGlobals()));
      });
  numbered("test", "Send a test now, and say what came of it.");
  numbered("resume", "Go on where it stopped, at once.");
  numbered("remove", "Send nothing more, and forget it with its log.");

  watch
    .command("log <number>")
    .description("List what was sent to it, and what came of each attempt, the latest first.")
    .option("--limit <count>", "how many to list, 1 to 1000 (100)")
    .option("--json", JSON_FLAG)
    .action(async (number: string, _flags: Flags, command: Command) => {
      done(await (await commands()).logOfWatch(host, number, command.optsWithGlobals()));
    });
}

const JSON_FLAG = "print the API's answer, and nothing else";
