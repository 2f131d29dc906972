/** The commands that look back: what changed, what a model was, and what goes. */
import type { Command } from "commander";
import { CAUSES, CHANGE_KINDS, TOPICS } from "../../domain/change.ts";
import { INTERVALS } from "../../domain/stats.ts";
import type { Flags } from "./ask.ts";
import type { ExitCode, Host } from "./host.ts";

type Add = (usage: string, description: string, examples: readonly string[]) => Command;

export function addMemoryCommands(add: Add, host: Host, done: (code: ExitCode) => void): void {
  add("changes", "List what changed, the oldest first; what flaps as one story with --stories.", [
    "changes --since 7d",
    "changes --since 2026-08-01 --topic price --gateway openrouter",
    "changes --stories --lab openai --cause upstream",
  ])
    .option("--since <moment>", "an ISO date or date-time, or how long ago: 7d, 24h, 30m", "7d")
    .option("--until <moment>", "the same, for the end")
    .option("--gateway <name>", "of offers of this gateway")
    .option("--lab <name>", "of the models of this lab and their offers")
    .option("--model <id>", "of this model and its offers")
    .option("--subject <word>", "offer or model: of these alone")
    .option("--kind <kinds>", CHANGE_KINDS.join(", "))
    .option("--topic <topics>", TOPICS.join(", "))
    .option("--cause <causes>", CAUSES.join(", "))
    .option("--stories", "what moves again and again as one line, the latest first")
    .option("--order <order>", "asc: the oldest first; desc: the latest first (asc)")
    .option("--limit <count>", "how many to list, 1 to 1000 (100)")
    .option("--cursor <cursor>", "go on where the page before ended")
    .option("--after <number>", "changes after this one")
    .option("--json", JSON_FLAG)
    .action(async (_flags: Flags, command: Command) => {
      const { changes } = await import("./commands/changes.ts");
      done(await changes(host, command.optsWithGlobals()));
    });

  add("history <model>", "Say what each offer of a model cost and could, step by step.", [
    "history openai/gpt-oss-120b",
    "history openai/gpt-oss-120b --gateway groq --since 90d --json",
  ])
    .option("--since <moment>", "steps that last beyond it: an ISO date or date-time, or how long ago: 7d")
    .option("--until <moment>", "steps that begin before it")
    .option("--gateway <name>", "of offers of this gateway")
    .option("--json", JSON_FLAG)
    .action(async (model: string, _flags: Flags, command: Command) => {
      const { history } = await import("./commands/history.ts");
      done(await history(host, model, command.optsWithGlobals()));
    });

  add(
    "diff <from> [to]",
    "Say what is otherwise in one revision, or at one moment, than in another, or now.",
    [
      "diff 41 42",
      "diff 7d",
      "diff 2026-07-01 2026-08-05 --gateway openrouter",
      "diff 30d 0m --topic price --lab openai --json",
    ],
  )
    .option("--gateway <names>", "of offers of these gateways")
    .option("--lab <name>", "of the models of this lab and their offers")
    .option("--model <id>", "of this model and its offers")
    .option("--subject <word>", "offer or model: of these alone")
    .option("--kind <kinds>", "added, changed, removed")
    .option("--topic <topics>", TOPICS.join(", "))
    .option("--limit <count>", "how many to list, 1 to 1000 (all of them)")
    .option("--cursor <cursor>", "go on where the page before ended")
    .option("--json", JSON_FLAG)
    .action(async (from: string, to: string | undefined, _flags: Flags, command: Command) => {
      const { diff } = await import("./commands/diff.ts");
      done(await diff(host, from, to, command.optsWithGlobals()));
    });

  add("stats", "Say how much each gateway listed over time, what came and went, and how prices moved.", [
    "stats",
    "stats --interval week --since 180d",
    "stats --gateway openrouter --since 14d",
    "stats --lab openai --json",
  ])
    .option("--gateway <names>", "these gateways; of a single one every point")
    .option("--lab <name>", "the models of this lab and their offers")
    .option("--interval <word>", `from one point to the next: ${INTERVALS.join(", ")} (day)`)
    .option("--since <moment>", "where the first point begins: an ISO date, or how long ago: 90d (30 points)")
    .option("--until <moment>", "where the last one ends")
    .option("--json", JSON_FLAG)
    .action(async (_flags: Flags, command: Command) => {
      const { stats } = await import("./commands/stats.ts");
      done(await stats(host, command.optsWithGlobals()));
    });

  add("sunset [name...]", "Say whether any of these names is about to go: a check for your CI.", [
    "sunset --within 90d --in models.txt",
    "sunset gpt-4-turbo claude-3-opus --gateway openai",
    "sunset --in - < models.txt",
  ])
    .option("--in <file>", "a file that names one on each line; - is standard input")
    .option("--within <time>", "how soon: 90d, 12w", "90d")
    .option("--gateway <name>", "at this gateway")
    .option("--json", "print an object, and nothing else")
    .addHelpText("after", SUNSET_CODES)
    .action(async (names: readonly string[], _flags: Flags, command: Command) => {
      const { sunset } = await import("./commands/sunset.ts");
      done(await sunset(host, names, command.optsWithGlobals()));
    });
}

const SUNSET_CODES = `
Exit codes: 0 all stay, 1 something goes or is gone, 3 a name is known to nobody or may be several models.`;
const JSON_FLAG = "print the API's answer, and nothing else";
