/**
 * One measured task in a process of its own, whose peak of memory is then the task's: `node bench/measured.ts <task> <argument…>`.
 * Prints what it cost as one line of JSON.
 */
import { readFileSync } from "node:fs";
import { loadConfig } from "../src/config.ts";
import { openApplication } from "../src/app.ts";
import { openEngine } from "../src/engine.ts";
import { secondsSince, type Cost, type Task } from "./cost.ts";

const TASKS: { readonly [task in Task]: (argument: readonly string[]) => Promise<Partial<Cost>> } = {
  parse: async ([file = ""]) => {
    const bytes = readFileSync(file);
    return measure(async () => void JSON.parse(bytes.toString("utf8")));
  },
  sync: async (sources) => {
    const application = await openApplication(loadConfig());
    let read = 0;
    const cost = await measure(async (since) => {
      const { reports } = await application.sync(sources, ({ kind }) => {
        if (kind === "finished") read = secondsSince(since);
      });
      const unread = reports.filter(({ outcome }) => outcome !== "complete" && outcome !== "unchanged");
      return {
        runs: reports.map(({ source, ms, rows, unique, requests }) => ({
          source,
          ms,
          rows,
          unique,
          requests,
        })),
        unread: unread.map(({ source }) => source),
      };
    });
    await application.close();
    return { ...cost, readSeconds: read };
  },
  load: async () => {
    const engine = await openEngine(loadConfig());
    const cost = await measure(async () => void (await engine.shelf("public")));
    await engine.close();
    return cost;
  },
};

const [task, ...argument] = process.argv.slice(2);
// The bench names its own tasks.
const cost = await TASKS[task as Task](argument);
console.log(JSON.stringify({ ...cost, peakBytes: process.resourceUsage().maxRSS * 1_024 }));

async function measure(work: (since: number) => Promise<Partial<Cost> | void>): Promise<Partial<Cost>> {
  const cpu = process.cpuUsage();
  const since = performance.now();
  const said = await work(since);
  const seconds = secondsSince(since);
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuSeconds: (user + system) / 1_000_000, ...said };
}
