/** The program as it is served, in a process of its own, filled from a mirror. */
import { spawn, type ChildProcess } from "node:child_process";
import { join } from "node:path";

const ENTRY = join(import.meta.dirname, "../bin/modeldex.cjs");

export interface Served {
  readonly process: ChildProcess;
  /** Once it listens. */
  readonly url: Promise<string>;
}

/** Reads one source from the mirror, once. `before` is put before the command: `taskset -c 0`. */
export function serve(
  {
    home,
    mirror,
    ...settings
  }: { readonly home: string; readonly mirror: string; readonly [setting: string]: string },
  before: readonly string[] = [],
): Served {
  const [program, ...rest] = [...before, process.execPath, ENTRY, "serve"];
  const child = spawn(program, rest, {
    env: {
      PATH: process.env["PATH"] ?? "",
      MODELDEX_HOME: home,
      MODELDEX_PORT: "0",
      MODELDEX_MIRROR: mirror,
      MODELDEX_SOURCES: "together",
      MODELDEX_SYNC_INTERVAL: "30d",
      ...settings,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
    const found = /listens at (http:\/\/\S+)/.exec(said)?.[1];
    if (found !== undefined) resolve(found);
  });
  child.once("exit", (code) => reject(new Error(`serve ended with ${code}: ${said}`)));
  return { process: child, url: promise };
}
