/** One task of the index's bench, in a process of its own: `node bench/index-task.ts <task> <models> <directory>`. */
import { readFileSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import { loadTables, saveTables } from "../src/catalog/table/tables-file.ts";
import { answersBySearching } from "./index-brute.ts";
import { askMiniSearch, askSqlite } from "./index-beside.ts";
import { ask, questionsFor, replyOf, type Question, type Reply } from "./index-questions.ts";
import { MODELS, OFFERS, rowOf, type Row } from "./index-rows.ts";
import { createTables } from "../src/catalog/table/tables.ts";

const [task = "", count = "0", directory = "."] = process.argv.slice(2);
const models = Number(count);
const FILE = join(directory, "bench.catalog");
const REPLIES = join(directory, "replies.json");
const FEW_MODELS = 200_000;
/** Wordings of each kind, and how often each is asked. */
const WORDINGS = models > FEW_MODELS ? 4 : 10;
const TIMES = models > FEW_MODELS ? 8 : 20;
const BATCH = 5_000;

const questions = questionsFor(models, WORDINGS);
if (task === "build") build();
if (task === "ask") askTables();
if (task === "compare") compare();
if (task === "sqlite") report("SQLite, indexes and FTS5", timed(questions, 1, askSqlite(models)), false);
if (task === "minisearch") report("MiniSearch", timed(questions, 1, askMiniSearch(models)), false);

/** Made in batches, so that making the rows is not counted. */
function build(): void {
  const builder = createTables([MODELS, OFFERS], { spill: join(directory, "spill") });
  let buildMs = 0;
  let cpuMs = 0;
  const measured = (work: () => void) => {
    const [since, cpu] = [performance.now(), process.cpuUsage()];
    work();
    const { user, system } = process.cpuUsage(cpu);
    buildMs += performance.now() - since;
    cpuMs += (user + system) / 1_000;
  };
  for (let from = 0; from < models; from += BATCH) {
    const rows = Array.from({ length: Math.min(BATCH, models - from) }, (_, index) =>
      rowOf(from + index, models),
    );
    measured(() => {
      for (const row of rows) addRow(row);
    });
  }
  function addRow(row: Row): void {
    const parent = builder.add("models", row);
    for (const offer of row.offers) builder.add("offers", { ...offer, parent });
  }
  let image = 0;
  measured(() => {
    const tables = builder.finish();
    image = tables.memory.image.byteLength;
    saveTables(FILE, tables, {}, "new");
  });
  const peak = process.resourceUsage().maxRSS / 1e3;
  console.log(
    `build and save: ${(buildMs / 1e3).toFixed(1)} s (${(cpuMs / 1e3).toFixed(1)} s of CPU), index ${(image / 1e6).toFixed(0)} MB, peak ${peak.toFixed(0)} MB`,
  );
}

function askTables(): void {
  const since = performance.now();
  const saved = loadTables(FILE);
  if (typeof saved === "string") throw new Error(saved);
  const loadMs = performance.now() - since;
  const { tables } = saved;
  // Columns are opened, and code is made fast, before anything is measured.
  for (const question of questions) ask(tables, question);
  const timings = timed(questions, TIMES, (question) => ask(tables, question));
  report("index", timings, true);
  writeFileSync(REPLIES, JSON.stringify(timings.map(({ reply }) => replyOf(tables, reply))));
  global.gc?.();
  const { rss } = process.memoryUsage();
  console.log(
    `loaded in ${loadMs.toFixed(0)} ms, resident ${(rss / 1e6).toFixed(0)} MB, peak ${(process.resourceUsage().maxRSS / 1e3).toFixed(0)} MB`,
  );
}

function compare(): void {
  // The replies of the task before.
  const replies = JSON.parse(readFileSync(REPLIES, "utf8")) as readonly Reply[];
  const expected = answersBySearching(models, questions);
  const wrong = questions.filter((_, index) => !isDeepStrictEqual(replies[index], expected[index]));
  console.log(`${questions.length} answers compared with looking at every row: ${wrong.length} differ`);
  for (const question of wrong.slice(0, 5)) {
    const at = questions.indexOf(question);
    console.log(
      JSON.stringify(question),
      JSON.stringify(replies[at]).slice(0, 300),
      JSON.stringify(expected[at]).slice(0, 300),
    );
  }
}

interface Timing<Answer> {
  readonly kind: string;
  readonly times: readonly number[];
  readonly reply: Answer;
}

/** Asked in turn, so that no question finds its own rows still at hand. */
function timed<Answer>(
  asked: readonly Question[],
  times: number,
  answer: (question: Question) => Answer,
): readonly Timing<Answer>[] {
  const timings = asked.map(({ kind }) => ({
    kind,
    times: [] as number[],
    reply: undefined as Answer | undefined,
  }));
  for (let time = 0; time < times; time += 1) {
    for (const [at, question] of asked.entries()) {
      const since = performance.now();
      const reply = answer(question);
      const timing = timings[at];
      if (timing === undefined) continue;
      timing.times.push(performance.now() - since);
      timing.reply = reply;
    }
  }
  return timings.flatMap(({ reply, ...rest }) => (reply === undefined ? [] : [{ ...rest, reply }]));
}

/** What else the machine does shows in the slowest of all: each question's fastest time is the question's own. */
function report(name: string, timings: readonly Timing<unknown>[], isEachShown: boolean): void {
  const line = (kind: string, its: readonly Timing<unknown>[]) => {
    const all = its.flatMap(({ times }) => times);
    const fastest = its.map(({ times }) => Math.min(...times));
    const columns = [
      quantile(all, 0.5),
      quantile(all, 0.99),
      quantile(fastest, 0.5),
      quantile(fastest, 0.99),
    ];
    console.log([kind.padEnd(36), ...columns.map((ms) => ms.toFixed(3).padStart(10))].join(" "));
  };
  console.log(
    ["".padEnd(36), ...["p50 ms", "p99 ms", "fastest p50", "p99"].map((head) => head.padStart(10))].join(" "),
  );
  const byKind = Map.groupBy(timings, ({ kind }) => kind);
  if (isEachShown) for (const [kind, its] of byKind) line(`  ${kind}`, its);
  line(`${name}, ${byKind.size} kinds`, timings);
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
