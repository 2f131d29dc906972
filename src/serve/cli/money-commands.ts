/** The commands about money: what a usage costs, and how right a price list is. */
import type { Command } from "commander";
import type { Flags } from "./ask.ts";
import type { ExitCode, Host } from "./host.ts";
import { addThenFlags } from "./question-flags.ts";
import { addUsageFlags } from "./usage-flags.ts";

type Add = (usage: string, description: string, examples: readonly string[]) => Command;

export function addMoneyCommands(add: Add, host: Host, done: (code: ExitCode) => void): void {
  const price = add(
    "price <model>",
    "Say what a usage costs at every offer of a model, the cheapest first.",
    [
      "price openai/gpt-oss-120b --input 10M --output 2M --cached 60% --requests 1k",
      "price openai/gpt-oss-120b --input 10M --output 2M --batch",
      "price deepseek/deepseek-chat --input 1M --output 200k --at 2026-08-05T17:00Z",
      "price openai/gpt-oss-120b --input 10M --output 2M --as-of 2026-07-01",
      "price anthropic/claude-sonnet-4.5 --stdin < usage.json",
    ],
  );
  addThenFlags(
    addUsageFlags(price).option(
      "--at <moment>",
      "for the prices of that time and its time of day (with --as-of its time of day alone): an ISO date-time, or 7d",
    ),
  )
    .option("--json", JSON_FLAG)
    .action(async (model: string, _flags: Flags, command: Command) => {
      const { price: run } = await import("./commands/price.ts");
      done(await run(host, model, command.optsWithGlobals()));
    });

  add(
    "accuracy <source>",
    "Say how many prices of a source differ from what the gateways themselves state: a third party's beside their own lists nearest its date, an own list's beside what is served.",
    ["accuracy genai-prices", "accuracy openrouter --json"],
  )
    .option("--json", "print an object, and nothing else")
    .action(async (source: string, _flags: Flags, command: Command) => {
      const { accuracy } = await import("./commands/accuracy.ts");
      done(await accuracy(host, source, command.optsWithGlobals()));
    });
}

const JSON_FLAG = "print the API's answer, and nothing else";
