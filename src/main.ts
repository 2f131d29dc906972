/** The program: the command line, given the ways in which the application opens. What a command needs is loaded when it runs. */
import type { SettingFlags } from "./serve/cli/host.ts";
import { UsageError } from "./serve/cli/host.ts";
import { readInput } from "./serve/cli/input.ts";
import { run } from "./serve/cli/program.ts";
import { screenOf } from "./serve/cli/screen.ts";
import { untilStopped } from "./serve/cli/signals.ts";
import { ConfigError, loadConfig, wantsNoColour } from "./config.ts";
import { systemRuntime } from "./kit/runtime.ts";
import { VERSION } from "./version.ts";

/** Two missed rounds, and what a source said is stale. */
const STALE_ROUNDS = 2;

const noColour = wantsNoColour();
const out = screenOf(process.stdout, { noColour });
const err = screenOf(process.stderr, { noColour });

process.exitCode = await run(
  {
    version: VERSION,
    out,
    err,
    clock: systemRuntime,
    staleAfterMs: (flags) => STALE_ROUNDS * settings(flags).syncIntervalMs,
    hubToken: (flags) => settings(flags).credential(["HF_TOKEN", "HUG_API_KEY"]),
    readInput: () => readInput(process.stdin),
    untilStopped,
    open: {
      reading: (flags) => openApplication(flags),
      writing: (flags) => openApplication(flags),
      past: async (flags) => {
        const config = settings(flags);
        warn(config.warnings);
        const { openPast } = await import("./past.ts");
        return openPast(config);
      },
      keeping: async (flags) => {
        const { openKeeping } = await import("./keeping.ts");
        return openKeeping(settings(flags));
      },
      serving: async (flags) => {
        const config = settings(flags);
        warn(config.warnings);
        const { openServingApplication } = await import("./app.ts");
        return openServingApplication(flags, (message) =>
          err.write(`${err.colours.yellow("trouble:")} ${message}\n`),
        );
      },
    },
  },
  process.argv.slice(2),
);

async function openApplication(flags: SettingFlags) {
  const config = settings(flags);
  warn(config.warnings);
  const { openApplication: open } = await import("./app.ts");
  return open(config);
}

/** A setting that is not what it may be is a mistake of whoever typed it. */
function settings(flags: SettingFlags) {
  try {
    return loadConfig(undefined, undefined, flags);
  } catch (error) {
    throw error instanceof ConfigError ? new UsageError(error.message) : error;
  }
}

function warn(warnings: readonly string[]): void {
  for (const warning of warnings) err.write(`${err.colours.yellow("warning:")} ${warning}\n`);
}
