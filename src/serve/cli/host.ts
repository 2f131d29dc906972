/** What the command line needs of the program that it is the face of. */
import type { Application, ServingApplication } from "../application.ts";
import type { Keeping } from "../keeping.ts";
import type { Past } from "../past.ts";
import type { Clock } from "../http/server.ts";
import type { Screen } from "./screen.ts";

/** 0 done, or yes · 1 nothing succeeded, an error, or no · 2 usage · 3 done, with something failed, rejected, held or partial, or nobody can tell. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Settings stated as flags, under their own names: `{ MODELDEX_PORT: "9000" }`. They go before the environment. */
export type SettingFlags = { readonly [setting: string]: string };

/** How the application is opened, for what a command is about to do. */
export interface Open {
  /** For questions: nothing is written, and a running server is not disturbed. */
  reading(flags: SettingFlags): Promise<Application>;
  /** For commands that change something. */
  writing(flags: SettingFlags): Promise<Application>;
  serving(flags: SettingFlags): Promise<ServingApplication>;
  /** For work on what was said before. */
  past(flags: SettingFlags): Promise<Past>;
  /** For copies of the whole ledger. */
  keeping(flags: SettingFlags): Promise<Keeping>;
}

export interface Host {
  readonly version: string;
  readonly open: Open;
  readonly out: Screen;
  readonly err: Screen;
  readonly clock: Clock & { monotonic(): number };
  /** From this age on, what a source said is stale. */
  staleAfterMs(flags: SettingFlags): number;
  /** The Hugging Face token of whoever types, from his own settings. */
  hubToken(flags: SettingFlags): string | undefined;
  /** What is piped in, to its end. */
  readInput(): Promise<string>;
  /** Resolves with the name of the signal that asks the process to end. */
  untilStopped(): Promise<string>;
}

/** The command line, or a setting, is not what it may be: exit code 2. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** Opens, asks, and closes whatever happens. */
export async function withApplication<Opened extends Application>(
  opening: Promise<Opened>,
  use: (application: Opened) => Promise<ExitCode>,
): Promise<ExitCode> {
  const application = await opening;
  try {
    return await use(application);
  } finally {
    await application.close();
  }
}
