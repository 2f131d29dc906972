/** The command line: what can be typed, in the order of the help. What a command needs is loaded when it runs. */
import { Command, CommanderError } from "commander";
import { MODEL_PARAMETERS, OFFER_PARAMETERS } from "../../catalog/parameters.ts";
import type { Flags } from "./ask.ts";
import { withoutTokens } from "../../domain/text.ts";
import { complain } from "./complaint.ts";
import type { ExitCode, Host } from "./host.ts";
import { addChoosingCommands } from "./choosing-commands.ts";
import { addDecidingCommands } from "./deciding-commands.ts";
import { addKeepingCommands } from "./keeping-commands.ts";
import { addMemoryCommands } from "./memory-commands.ts";
import { addMoneyCommands } from "./money-commands.ts";
import { plainLines } from "./plain.ts";
import { addWatchCommands } from "./watch-commands.ts";
import { addQuestionFlags, addThenFlags } from "./question-flags.ts";

/** Runs one command line (without the program's name) and returns its exit code. Throws nothing. */
export async function run(host: Host, args: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = buildProgram(host, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    // Commander has already said what it has to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    return complain(host, error);
  }
}

/** The commands, each of which tells `done` how it ended. */
export function buildProgram(host: Host, done: (code: ExitCode) => void): Command {
  const program = new Command("modeldex")
    .description(
      "Every AI model that can be called: what each gateway and provider says of it, and when it said so.",
    )
    .version(host.version)
    .option("--home <directory>", "where the data lies (MODELDEX_HOME)")
    .option("--database <file or URL>", "the ledger (MODELDEX_DATABASE)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.out.write(text),
      writeErr: (text) => host.err.write(text),
      // It repeats what was typed, which a script may have taken from anywhere.
      outputError: (text, write) => write(plainLines(withoutTokens(text))),
      getOutHelpWidth: () => Math.min(host.out.columns, HELP_COLUMNS_MAX),
      getErrHelpWidth: () => Math.min(host.err.columns, HELP_COLUMNS_MAX),
      getOutHasColors: () => host.out.colours.isColorSupported,
      getErrHasColors: () => host.err.colours.isColorSupported,
    })
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(--help says what can be typed)")
    .addHelpText("after", EXIT_CODES);

  /** A command with its own examples; its flags and the program's reach what runs it as one. */
  function add(usage: string, description: string, examples: readonly string[]): Command {
    return program
      .command(usage)
      .description(description)
      .addHelpText(
        "after",
        `\nExamples:\n${examples.map((example) => `  $ modeldex ${example}`).join("\n")}`,
      );
  }

  add("serve", "Serve the HTTP API, and keep the catalog current.", [
    "serve",
    "serve --port 9000 --sync-interval 30m",
  ])
    .option("--host <address>", "the address to listen on (MODELDEX_HOST)")
    .option("--port <port>", "the port to listen on (MODELDEX_PORT)")
    .option("--sync-interval <duration>", "how old a source may become (MODELDEX_SYNC_INTERVAL)")
    .option("--sources <ids>", "which sources to read, by comma (MODELDEX_SOURCES)")
    .option("--mirror <url>", MIRROR_FLAG)
    .action(async (_flags: Flags, command: Command) => {
      const { serve } = await import("./commands/serve.ts");
      done(await serve(host, command.optsWithGlobals()));
    });

  add("sync [source...]", "Read the sources now, and publish what is new.", [
    "sync",
    "sync openrouter groq",
    "sync huggingface --hub",
    "sync --json | jq '.runs[] | {source, outcome, rows}'",
  ])
    .option("--json", JSON_FLAG)
    .option("--mirror <url>", MIRROR_FLAG)
    .option("--hub", "the whole Hugging Face Hub too: millions of models, from where it was broken off")
    .option("--verbose", "each view that was asked, and why items were left out")
    .action(async (sources: readonly string[], _flags: Flags, command: Command) => {
      const { sync } = await import("./commands/sync.ts");
      done(await sync(host, sources, command.optsWithGlobals()));
    });

  add(
    "accept <run>",
    "Apply exactly what this run held: removals and prices that looked too large to believe.",
    ["accept 17"],
  )
    .option("--json", JSON_FLAG)
    .action(async (accepted: string, _flags: Flags, command: Command) => {
      const { accept } = await import("./commands/accept.ts");
      done(await accept(host, accepted, command.optsWithGlobals()));
    });

  add("sources", "List the sources: how each is, what it proves, how old it is.", [
    "sources",
    "sources --json",
  ])
    .option("--json", JSON_FLAG)
    .action(async (_flags: Flags, command: Command) => {
      const { sources } = await import("./commands/sources.ts");
      done(await sources(host, command.optsWithGlobals()));
    });

  add(
    "doctor",
    "Look for what is wrong: ledger, saved catalog, sums, ids, prices, sources. Changes nothing.",
    ["doctor", "doctor --json | jq '.checks[] | select(.found > 0)'"],
  )
    .option("--json", "print an object, and nothing else")
    .action(async (_flags: Flags, command: Command) => {
      const { doctor } = await import("./commands/doctor.ts");
      done(await doctor(host, command.optsWithGlobals()));
    });

  add("resolve <id>", "Say which model an id means, however it is spelled, and by which evidence.", [
    "resolve gpt-oss-120b",
    "resolve openai/gpt-oss-120b:novita",
    "resolve anthropic.claude-sonnet-4-5-20250929-v1:0 --gateway bedrock",
  ])
    .option("--gateway <name>", "as it is spelled at this gateway; hug is huggingface, all is any")
    .option("--json", JSON_FLAG)
    .action(async (id: string, _flags: Flags, command: Command) => {
      const { resolve } = await import("./commands/resolve.ts");
      done(await resolve(host, id, command.optsWithGlobals()));
    });

  const modelCommand = addQuestionFlags(
    add("models [query]", "List models; words and fragments of ids, names, labs and tags find them.", [
      "models",
      'models "llama 3.3 70b"',
      "models --gateway groq,together --limit 20",
      "models --capability tools,reasoning --max-input-price 1 --sort input_price",
      "models --lab=-openai,-google --min-context 200000 --sort context",
      "models --quality high,unknown --facets gateway,lab,input_price --json",
    ]),
    MODEL_PARAMETERS,
  );
  addThenFlags(modelCommand)
    .option("--json", JSON_FLAG)
    .action(async (q: string | undefined, _flags: Flags, command: Command) => {
      const { models } = await import("./commands/models.ts");
      done(await models(host, { ...command.optsWithGlobals<Flags>(), q }));
    });

  const showCommand = add("show <model>", "Show one model, its offers, and how to call the cheapest.", [
    "show openai/gpt-oss-120b",
    "show openai/gpt-oss-120b --explain",
    "show openai/gpt-oss-120b --as-of 2026-07-01",
  ]);
  addThenFlags(showCommand)
    .option("--explain", "of each field who says so, since when, and who says something else")
    .option("--json", JSON_FLAG)
    .action(async (model: string, _flags: Flags, command: Command) => {
      const { show } = await import("./commands/show.ts");
      done(await show(host, model, command.optsWithGlobals()));
    });

  const offerCommand = addQuestionFlags(
    add("offers [query]", "List offers: one model as one provider serves it through one gateway.", [
      "offers --model openai/gpt-oss-120b --sort output_price",
      "offers --gateway huggingface --provider groq",
      "offers --billing free --capability tools",
    ]),
    OFFER_PARAMETERS,
  );
  addThenFlags(offerCommand)
    .option("--json", JSON_FLAG)
    .action(async (q: string | undefined, _flags: Flags, command: Command) => {
      const { offers } = await import("./commands/offers.ts");
      done(await offers(host, { ...command.optsWithGlobals<Flags>(), q }));
    });

  addMemoryCommands(add, host, done);

  add("review", "List the offers of which nobody says which model they are.", [
    "review",
    "review --source github --json",
  ])
    .option("--source <id>", "offers of this source's list")
    .option("--limit <count>", "how many to list, 1 to 1000 (100)")
    .option("--json", JSON_FLAG)
    .action(async (_flags: Flags, command: Command) => {
      const { review } = await import("./commands/review.ts");
      done(await review(host, command.optsWithGlobals()));
    });

  add("providers [provider]", "List the providers behind Hugging Face, or the models that one serves now.", [
    "providers",
    "providers --json | jq '.data[].id'",
    "providers fal --task text-to-image --limit 20",
  ])
    .option("--task <task>", "models of the provider for this task: conversational, text-to-image …")
    .option("--limit <count>", "how many of its models to list, 1 to 10000 (100)")
    .option("--json", JSON_FLAG)
    .option("--mirror <url>", MIRROR_FLAG)
    .action(async (provider: string | undefined, _flags: Flags, command: Command) => {
      const { providers } = await import("./commands/providers.ts");
      done(await providers(host, provider, command.optsWithGlobals()));
    });

  add("check <model>", "Say whether a model can be called through Hugging Face now. Makes no call to it.", [
    "check openai/gpt-oss-120b",
    "check openai/gpt-oss-120b --provider groq",
    "check black-forest-labs/FLUX.1-dev --provider fal --task text-to-image --mode lenient",
  ])
    .option("--provider <name>", "at this provider, by any usual spelling; auto is any (auto)")
    .option("--task <task>", "for this task: conversational, text-to-image …")
    .option("--mode <mode>", "strict: only what is certain passes; lenient: what may work, too (strict)")
    .option("--json", JSON_FLAG)
    .option("--mirror <url>", MIRROR_FLAG)
    .action(async (model: string, _flags: Flags, command: Command) => {
      const { check } = await import("./commands/check.ts");
      done(await check(host, model, command.optsWithGlobals()));
    });

  add("token", "Say whether your Hugging Face token (HF_TOKEN or HUG_API_KEY) is good, and what it may do.", [
    "token",
    "token --stdin < token.txt",
    'token --scope "openid inference-api" --json',
  ])
    .option("--stdin", "read the token from standard input")
    .option("--scope <scope>", "the scope that an OAuth token was granted, where you know it")
    .option("--json", JSON_FLAG)
    .option("--mirror <url>", MIRROR_FLAG)
    .action(async (_flags: Flags, command: Command) => {
      const { token } = await import("./commands/token.ts");
      done(await token(host, command.optsWithGlobals()));
    });

  addMoneyCommands(add, host, done);
  addChoosingCommands(add, host, done);
  addWatchCommands(add, host, done);
  addDecidingCommands(add, host, done);
  addKeepingCommands(add, host, done);

  return program;
}

const HELP_COLUMNS_MAX = 100;
const MIRROR_FLAG = "ask there instead of the upstreams (MODELDEX_MIRROR)";
const JSON_FLAG = "print the API's answer, and nothing else";
const EXIT_CODES = `
Exit codes:
  0  done (skipped sources count as nothing); of a check: yes
  1  nothing succeeded, or an error; of a check: no
  2  usage
  3  done, with some source failed, rejected, held or partial; of a check: nobody can tell`;
