/**
 * `npm run bench [-- <directory of recordings>]`: what a sync and a restart cost, each beside its floor, measured in one run.
 * Medians of several runs; nothing is asserted.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { send } from "../tools/upstreams/answer.ts";
import { startUpstreams } from "../tools/upstreams/server.ts";
import {
  costOf,
  emptySeconds,
  median,
  medianCost,
  repeated,
  restartSeconds,
  secondsSince,
  type Cost,
  type Settings,
} from "./cost.ts";
import { featherless, priced, type List } from "./lists.ts";

const RUNS = 5;
const LATENCY_MS = 200;
/** The sources that took longest together are looked at alone. */
const SLOW_SOURCES = 3;
const FIXTURES = join(import.meta.dirname, "../fixtures");
/** What holds the content; runs and leases are written every time. */
const CONTENT = ["listing_version", "change", "revision", "hold", "absence", "finding", "raw_body"];

const [directory] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "modeldex-bench-"));
const started = performance.now();
try {
  console.log(
    `Medians of ${RUNS} runs, Node ${process.versions.node}. CPU is user and system of the process that syncs.\n`,
  );
  for (const list of [await featherless(directory), priced()]) {
    // oxlint-disable-next-line no-await-in-loop -- measured one after the other
    await benchList(list);
  }
  await benchTogether();
  console.log(`measured in ${secondsSince(started).toFixed(0)} s`);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

async function benchList(list: List): Promise<void> {
  const upstreams = await startUpstreams();
  const place = { host: list.host, path: list.path };
  upstreams.setBody(place, list.body);
  const file = join(scratch, `${list.source}.json`);
  writeFileSync(file, list.body);
  const settings = (home: string): Settings => ({
    MODELDEX_HOME: home,
    MODELDEX_MIRROR: upstreams.url,
    MODELDEX_SOURCES: list.source,
  });

  const floor = medianCost(await repeated(RUNS, () => costOf("parse", [file])));
  const homes: string[] = [];
  const first = await repeated(RUNS, async () => {
    const home = mkdtempSync(join(scratch, "home-"));
    homes.push(home);
    return whole(await costOf("sync", [list.source], settings(home)));
  });
  const [home = ""] = homes;
  const before = contentRows(home);
  const unchanged = await repeated(RUNS, async () =>
    whole(await costOf("sync", [list.source], settings(home))),
  );
  let asked = 0;
  upstreams.setBody(place, () => ({ body: list.body, headers: { etag: `"${(asked += 1)}"` } }));
  const again = await repeated(RUNS, async () => whole(await costOf("sync", [list.source], settings(home))));
  const written = contentRows(home) - before;
  const empty = median(await repeated(RUNS, emptySeconds));
  const restart = median(await repeated(RUNS, () => restartSeconds(settings(home))));
  const load = medianCost(await repeated(RUNS, () => costOf("load", [], settings(home))));
  await upstreams.close();

  const firstCost = medianCost(first);
  const ofFirst = ({ cpuSeconds }: Cost) => `${ratio(cpuSeconds, firstCost.cpuSeconds)} of the first's CPU`;
  const ofFloor = ({ cpuSeconds }: Cost) => `${ratio(cpuSeconds, floor.cpuSeconds)} × the floor's CPU`;
  table(`${list.title}, ${(list.body.length / 1e6).toFixed(1)} MB`, [
    ["floor: JSON.parse of the same bytes", ...figures(floor), "", ""],
    ["first sync", ...figures(firstCost), ofFloor(firstCost), ""],
    ["unchanged (304)", ...figures(medianCost(unchanged)), ofFirst(medianCost(unchanged)), "≤ 0.4"],
    ["unchanged, sent again in full", ...figures(medianCost(again)), ofFirst(medianCost(again)), "≤ 0.4"],
    ["rows written by the unchanged ones", String(written), "", "", "", "0"],
    ["floor: an empty Node process", `${ms(empty)} ms`, "", "", "", ""],
    [
      "restart to the first answer",
      `${ms(restart)} ms`,
      "",
      "",
      `${ratio(restart, empty)} × the floor`,
      "≤ 300 ms",
    ],
    ["of it, loading the saved catalog", `${ms(load.seconds)} ms`, "", mb(load), "", ""],
  ]);
}

/** Every source that answers, side by side and late, beside the slowest alone. */
async function benchTogether(): Promise<void> {
  const upstreams = await startUpstreams({ directory: directory ?? FIXTURES });
  upstreams.setFault(
    {},
    {
      name: "late",
      apply: async ({ response, answer }) => {
        await sleep(LATENCY_MS);
        send(response, answer);
      },
    },
  );
  const settings = (): Settings => ({
    MODELDEX_HOME: mkdtempSync(join(scratch, "home-")),
    MODELDEX_MIRROR: upstreams.url,
  });
  const trial = await costOf("sync", [], settings());
  const sources = (trial.runs ?? []).filter(({ source }) => !trial.unread?.includes(source));
  const names = sources.map(({ source }) => source);
  const together = await repeated(RUNS, async () => costOf("sync", names, settings()));
  const slow = sources.toSorted((a, b) => b.ms - a.ms).slice(0, SLOW_SOURCES);
  const alone: { source: string; seconds: number }[] = [];
  for (const { source } of slow) {
    // oxlint-disable-next-line no-await-in-loop -- measured one after the other
    const costs = await repeated(RUNS, () => costOf("sync", [source], settings()));
    alone.push({ source, seconds: medianCost(costs).readSeconds ?? 0 });
  }
  await upstreams.close();
  const [slowest] = alone.toSorted((a, b) => b.seconds - a.seconds);
  const all = medianCost(together).readSeconds ?? 0;
  table(`${names.length} sources, ${LATENCY_MS} ms to the first byte, until the last is read`, [
    [`the slowest alone: ${slowest?.source}`, `${slowest?.seconds.toFixed(2)} s`, "", "", "", ""],
    [
      "all together",
      `${all.toFixed(2)} s`,
      "",
      "",
      `${ratio(all, slowest?.seconds ?? 0)} × the slowest`,
      "≤ 1.05",
    ],
  ]);
}

function whole(cost: Cost): Cost {
  if (cost.unread?.length !== 0) throw new Error(`not read: ${cost.unread?.join(", ")}`);
  return cost;
}

function contentRows(home: string): number {
  const database = new DatabaseSync(join(home, "modeldex.db"), { readOnly: true });
  try {
    return CONTENT.map((name) =>
      Number(database.prepare(`select count(*) as rows from ${name}`).get()?.["rows"]),
    ).reduce((sum, rows) => sum + rows, 0);
  } finally {
    database.close();
  }
}

function figures(cost: Cost): readonly [string, string, string] {
  return [`${cost.seconds.toFixed(2)} s`, `${cost.cpuSeconds.toFixed(2)} s`, mb(cost)];
}

function mb({ peakBytes }: Cost): string {
  return `${(peakBytes / 1e6).toFixed(0)} MB`;
}

function ms(seconds: number): string {
  return (seconds * 1_000).toFixed(0);
}

function ratio(figure: number, beside: number): string {
  return (figure / beside).toFixed(2);
}

type Line = readonly [what: string, time: string, cpu: string, peak: string, beside: string, goal: string];

function table(title: string, lines: readonly Line[]): void {
  const head: Line = ["", "time", "CPU", "peak", "beside", "goal"];
  const widths = head.map((_, column) =>
    Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)),
  );
  console.log(`## ${title}\n`);
  for (const [index, line] of [head, ...lines].entries()) {
    console.log(`| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`);
    if (index === 0) console.log(`| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`);
  }
  console.log("");
}
