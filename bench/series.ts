/**
 * `node bench/series.ts <recordings> [<source>…]`: what a day of a source costs in the ledger, beside the compressed bodies of
 * the same days, which is what somebody would keep who copies the lists. The days come from a directory of dated recordings.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { loadConfig } from "../src/config.ts";
import { openPast } from "../src/past.ts";
import type { ImportOptions, ImportResult } from "../src/serve/past.ts";
import { openDirectory, type Recording } from "../src/sync/past/directory.ts";

const KIB = 1_024;
const GAP_MS = 31 * 86_400_000;
const [given, ...named] = process.argv.slice(2);
const SOURCES = named.length === 0 ? ["openrouter", "chutes", "xai"] : named;

interface Size {
  readonly file: number;
  /** Answers as they came, which the ledger keeps compressed beside what it read in them. */
  readonly raw: number;
  readonly changes: number;
}

if (given === undefined) {
  console.log("name the directory of recordings: node bench/series.ts <recordings> [<source>…]");
  process.exitCode = 2;
} else {
  const recordings = await openDirectory(given);
  for (const source of SOURCES) await measure(given, recordings, source);
}

async function measure(directory: string, recordings: readonly Recording[], source: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "modeldex-series-"));
  try {
    const files = await filesOf(directory, scratch, source);
    const days = withoutGaps(
      recordings.filter(({ file }) => files.has(file)).toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)),
    );
    const [one, further] = [days.slice(0, 1), days.slice(1)];
    if (further.length === 0) {
      say(`${source}: fewer than two dated answers, nothing to compare`);
      return;
    }
    const first = await sizeOf(directory, join(scratch, "first"), source, one);
    const whole = await sizeOf(directory, join(scratch, "whole"), source, days);
    const aDay = (bytes: number) => bytes / further.length / KIB;
    const ledger = aDay(whole.file - first.file);
    const raw = aDay(whole.raw - first.raw);
    const bodies = aDay(further.reduce((sum, day) => sum + gzipSync(bodyOf(directory, day)).length, 0));
    say(
      `${source}, ${days.length} days, ${whole.changes} changes: ledger ${ledger.toFixed(1)} KiB a day, of it ${raw.toFixed(1)} answers as they came; the bodies, gzip, ${bodies.toFixed(1)} KiB a day`,
    );
    say(
      `  all of it ${(ledger / bodies).toFixed(2)} × the compressed bodies; what was read in them alone ${((ledger - raw) / bodies).toFixed(2)} ×`,
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The longest stretch without a gap: across a year that nobody recorded, everything is new. */
function withoutGaps(days: readonly Recording[]): readonly Recording[] {
  const stretches: Recording[][] = [];
  let before = Number.NEGATIVE_INFINITY;
  for (const day of days) {
    const at = day.at ?? 0;
    if (at - before > GAP_MS) stretches.push([]);
    stretches.at(-1)?.push(day);
    before = at;
  }
  return stretches.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/** The ledger after these days were imported into an empty one. */
async function sizeOf(
  directory: string,
  home: string,
  source: string,
  days: readonly Recording[],
): Promise<Size> {
  const copy = join(home, "recordings");
  for (const { file } of days) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    copyFileSync(join(directory, file), join(copy, file));
  }
  const index = days.map(({ file, url, at }) => ({ file, url, recordedAt: new Date(at ?? 0).toISOString() }));
  writeFileSync(join(copy, "index.json"), JSON.stringify(index));
  const { changes } = await imported(home, copy, { sources: [source], mode: "read" });
  const database = join(home, "modeldex.db");
  const ledger = new Database(database);
  // What a deleted page still takes is not the history's.
  ledger.exec("vacuum");
  const { raw } = ledger.prepare("select coalesce(sum(stored_bytes), 0) as raw from raw_body").get() as {
    readonly raw: number;
  };
  ledger.close();
  return { file: statSync(database).size, raw, changes };
}

/** Which files of the directory are this source's. */
async function filesOf(directory: string, scratch: string, source: string): Promise<ReadonlySet<string>> {
  const files = new Set<string>();
  const plan = { sources: [source], mode: "plan" } as const;
  const { imports } = await imported(join(scratch, "plan"), directory, plan);
  for (const { answers } of imports)
    for (const answer of answers) for (const file of answer.files) files.add(file);
  return files;
}

async function imported(
  home: string,
  directory: string,
  options: Pick<ImportOptions, "sources" | "mode">,
): Promise<ImportResult> {
  const past = await openPast(loadConfig({}, home, { MODELDEX_HOME: home }));
  try {
    const quiet = { onAnswer: () => undefined, onTelling: () => undefined };
    return await past.importRecordings(directory, {
      ...options,
      ...quiet,
      signal: new AbortController().signal,
    });
  } finally {
    await past.close();
  }
}

function bodyOf(directory: string, { file }: Recording): Buffer {
  const bytes = readFileSync(join(directory, file));
  return file.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

function say(line: string): void {
  console.log(line);
}
