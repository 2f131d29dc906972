/** A command line without a process: screens that remember, a clock that stands still, an application that is handed in. */
import { createColors } from "picocolors";
import type { Host, SettingFlags } from "../../../src/serve/cli/host.ts";
import type { Screen } from "../../../src/serve/cli/screen.ts";
import { run } from "../../../src/serve/cli/program.ts";
import { fakeApplication, type FakeApplication } from "./application.ts";
import { HOUR_MS, NOW } from "./catalog.ts";

export interface MemoryScreen extends Screen {
  text(): string;
}

/** A pipe, or with `columns` a terminal. */
export function memoryScreen({
  columns,
  colours = false,
}: { readonly columns?: number; readonly colours?: boolean } = {}): MemoryScreen {
  const written: string[] = [];
  return {
    isTerminal: columns !== undefined,
    columns: columns ?? Infinity,
    rows: columns === undefined ? Infinity : 24,
    colours: createColors(colours),
    write: (text) => void written.push(text),
    text: () => written.join(""),
  };
}

export interface FakeHost extends Host {
  readonly out: MemoryScreen;
  readonly err: MemoryScreen;
  readonly opened: { readonly how: string; readonly flags: SettingFlags }[];
  readonly application: FakeApplication;
  stop(): void;
  tick(ms: number): void;
}

export function fakeHost(
  application = fakeApplication(),
  screen: { readonly columns?: number; readonly colours?: boolean } = {},
  typed: { readonly token?: string; readonly input?: string } = {},
): FakeHost {
  const opened: FakeHost["opened"] = [];
  const stopped = Promise.withResolvers<string>();
  let elapsed = 0;
  const open = (how: string) => async (flags: SettingFlags) => {
    opened.push({ how, flags });
    return application;
  };
  return {
    version: "0.0.0-test",
    application,
    opened,
    out: memoryScreen(screen),
    err: memoryScreen(screen),
    open: {
      reading: open("reading"),
      writing: open("writing"),
      serving: open("serving"),
      past: () => Promise.reject(new Error("there is no past here")),
      keeping: () => Promise.reject(new Error("nothing is copied here")),
    },
    clock: { now: () => NOW, monotonic: () => elapsed, deadline: () => new AbortController().signal },
    staleAfterMs: () => 2 * HOUR_MS,
    hubToken: () => typed.token,
    readInput: async () => typed.input ?? "",
    untilStopped: () => stopped.promise,
    stop: () => stopped.resolve("SIGTERM"),
    tick: (ms) => {
      elapsed += ms;
    },
  };
}

/** Types a command line and says what came of it. */
export async function type(
  line: readonly string[],
  host = fakeHost(),
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const code = await run(host, line);
  return { code, out: host.out.text(), err: host.err.text() };
}
