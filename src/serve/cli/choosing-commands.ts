/** The commands by which people choose: models side by side, and the cheapest offer for what one needs. */
import type { Command } from "commander";
import type { Flags } from "./ask.ts";
import { addThenFlags } from "./question-flags.ts";
import { addChoosingFlags } from "./choosing-flags.ts";
import type { ExitCode, Host } from "./host.ts";

type Add = (usage: string, description: string, examples: readonly string[]) => Command;

export function addChoosingCommands(add: Add, host: Host, done: (code: ExitCode) => void): void {
  addThenFlags(
    add("compare <model...>", "Show two to six models side by side: what differs first.", [
      "compare openai/gpt-oss-120b openai/gpt-oss-20b",
      "compare claude-sonnet-4.5 gpt-5 gemini-2.5-pro --json",
    ]),
  )
    .option("--json", JSON_FLAG)
    .action(async (models: readonly string[], _flags: Flags, command: Command) => {
      const { compare } = await import("./commands/compare.ts");
      done(await compare(host, models, command.optsWithGlobals()));
    });

  const cheapest = addChoosingFlags(
    add("cheapest [query]", "Rank the offers that fit by what a usage costs there, the cheapest first.", [
      "cheapest --task text-generation --min-context 100000 --capability tools --input 10M --output 2M",
      "cheapest --capability tools,reasoning --open-weights true --billing metered --limit 5",
      "cheapest --task text-to-image --images 1k --json",
      "cheapest --task text-generation --min-context 100000 --as-of 90d",
    ]),
  );
  addThenFlags(cheapest)
    .option("--json", JSON_FLAG)
    .action(async (q: string | undefined, _flags: Flags, command: Command) => {
      const { cheapest: run } = await import("./commands/cheapest.ts");
      done(await run(host, q, command.optsWithGlobals()));
    });
}

const JSON_FLAG = "print the API's answer, and nothing else";
