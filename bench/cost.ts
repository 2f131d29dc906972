/** What a task costs, measured in a child process, and the median of several. */
import { execFile, spawn } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

export interface Cost {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  /** Until the last source was read; publishing comes after it. */
  readonly readSeconds?: number;
  readonly runs?: readonly {
    readonly source: string;
    readonly ms: number;
    readonly rows: number;
    readonly unique: number;
    readonly requests: number;
  }[];
  /** Sources that could not be read. */
  readonly unread?: readonly string[];
}

export type Task = "parse" | "sync" | "load";
export type Settings = { readonly [setting: string]: string };

const MEASURED = join(import.meta.dirname, "measured.ts");
const ENTRY = join(import.meta.dirname, "../bin/modeldex.cjs");
const RESTART_MAX_MS = 60_000;

/** Runs one task in a process of its own. Nothing of this machine's environment reaches it but the path. */
export async function costOf(
  task: Task,
  argument: readonly string[],
  settings: Settings = {},
): Promise<Cost> {
  const { stdout } = await promisify(execFile)(process.execPath, [MEASURED, task, ...argument], {
    env: { PATH: process.env["PATH"] ?? "", ...settings },
  });
  return JSON.parse(stdout) as Cost;
}

/** From the start of the process to the first answer to a question about models. */
export async function restartSeconds(settings: Settings): Promise<number> {
  const since = performance.now();
  const child = spawn(process.execPath, [ENTRY, "serve"], {
    env: { PATH: process.env["PATH"] ?? "", MODELDEX_PORT: "0", MODELDEX_SYNC_INTERVAL: "30d", ...settings },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString("utf8");
        const found = /listens at (http:\/\/\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once("exit", () => reject(new Error(`serve ended: ${said}`)));
    });
    const answer = await fetch(`${url}/v1/models?limit=1`, { signal: AbortSignal.timeout(RESTART_MAX_MS) });
    if (answer.status !== 200) throw new Error(`the first answer is ${answer.status}`);
    await answer.arrayBuffer();
    return secondsSince(since);
  } finally {
    child.kill("SIGTERM");
    await ended;
  }
}

/** A process of Node that does nothing. */
export async function emptySeconds(): Promise<number> {
  const since = performance.now();
  await promisify(execFile)(process.execPath, ["--eval", "0"]);
  return secondsSince(since);
}

/** Seconds since. */
export function secondsSince(since: number): number {
  return (performance.now() - since) / 1_000;
}

/** The middle one, of each figure on its own. */
export function medianCost(costs: readonly Cost[]): Cost {
  return {
    seconds: median(costs.map(({ seconds }) => seconds)),
    cpuSeconds: median(costs.map(({ cpuSeconds }) => cpuSeconds)),
    peakBytes: median(costs.map(({ peakBytes }) => peakBytes)),
    readSeconds: median(costs.map(({ readSeconds = 0 }) => readSeconds)),
  };
}

export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** One after the other, so that none disturbs another. */
export async function repeated<Result>(
  times: number,
  work: () => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let time = 0; time < times; time += 1) {
    // oxlint-disable-next-line no-await-in-loop -- measured one after the other
    results.push(await work());
  }
  return results;
}
