/** The program as its users run it: the command in a child process, the server behind a port, a directory of its own. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

const ENTRY = join(import.meta.dirname, "../../bin/modeldex.cjs");
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;
const LISTENS = /listens at (http:\/\/\S+)/;

export type Settings = { readonly [setting: string]: string };

export interface Home {
  readonly path: string;
  readonly settings: Settings;
  /** Runs a command to its end. */
  run(args: readonly string[], settings?: Settings): Promise<Ended>;
  /** Runs a command with `--json` and reads what it prints. */
  ask(args: readonly string[], settings?: Settings): Promise<Json>;
  serve(settings?: Settings): Promise<Served>;
  /** How many rows a table of the ledger has. */
  rows(table: string): number;
  drop(): void;
}

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An object of the API, as far as these tests look into it. */
export interface Json {
  readonly total: number;
  readonly revision: number;
  readonly has_more: boolean;
  readonly data: readonly Document[];
  readonly runs: readonly Run[];
}

export interface Document {
  readonly id: string;
  readonly [field: string]: unknown;
}

export interface Run {
  readonly source: string;
  readonly outcome: string;
  readonly coverage?: { readonly kind: string };
  readonly [count: string]: unknown;
}

export interface Served {
  readonly url: string;
  get(path: string): Promise<Json>;
  /** What it has printed so far. */
  said(): string;
  stop(): Promise<number>;
}

/** A directory of the program's own. Nothing of this machine's environment reaches it but the path. */
export function newHome(given: Settings): Home {
  const path = mkdtempSync(join(tmpdir(), "modeldex-acceptance-"));
  const settings: Settings = { MODELDEX_HOME: join(path, "home"), ...given };
  const environment = (more: Settings) => ({ PATH: process.env["PATH"] ?? "", ...settings, ...more });

  const run = (args: readonly string[], more: Settings = {}): Promise<Ended> =>
    new Promise((resolve) => {
      execFile(
        process.execPath,
        [ENTRY, ...args],
        { cwd: path, env: environment(more), maxBuffer: OUTPUT_BYTES_MAX },
        (error, out, err) => resolve({ code: error === null ? 0 : Number(error.code), out, err }),
      );
    });

  return {
    path,
    settings,
    run,
    ask: async (args, more) => {
      const { code, out, err } = await run([...args, "--json"], more);
      // 3 is "done, with something held".
      if (code !== 0 && code !== 3) throw new Error(`modeldex ${args.join(" ")} ended with ${code}: ${err}`);
      return JSON.parse(out) as Json;
    },
    serve: (more = {}) => serve(path, environment({ MODELDEX_PORT: "0", ...more })),
    rows: (table) => {
      const database = new DatabaseSync(join(path, "home/modeldex.db"), { readOnly: true });
      try {
        return Number(database.prepare(`select count(*) as rows from ${table}`).get()?.["rows"]);
      } finally {
        database.close();
      }
    },
    drop: () => rmSync(path, { recursive: true, force: true }),
  };
}

async function serve(cwd: string, env: NodeJS.ProcessEnv): Promise<Served> {
  const child = spawn(process.execPath, [ENTRY, "serve"], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit");
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString("utf8");
      const found = LISTENS.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.once("exit", () => reject(new Error(`serve ended: ${said}`)));
  });
  return {
    url,
    get: async (path) => {
      const answer = await fetch(url + path);
      if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`);
      return (await answer.json()) as Json;
    },
    said: () => said,
    stop: async () => {
      child.kill("SIGTERM");
      const [code] = (await ended) as [number];
      return code;
    },
  };
}
