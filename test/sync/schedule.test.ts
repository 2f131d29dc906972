import { afterEach, beforeEach, expect, test } from "vitest";
import { defineSource } from "../../src/kit/source.ts";
import { bearer } from "../../src/kit/auth.ts";
import type { Source } from "../../src/kit/source.ts";
import type { RunReport } from "../../src/sync/run.ts";
import { startSchedule } from "../../src/sync/schedule.ts";
import { openBench, SOURCE, type Bench } from "./bench.ts";

const EVERY_MS = 60_000;
const WITHOUT_KEY = defineSource({ ...SOURCE, id: "beta", auth: bearer("BETA_API_KEY") });

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
  bench.lists("a", "b");
});
afterEach(() => bench.close());

/** What a program that serves for so many intervals reads, skips and hears; each look waits until what began is done. */
async function served(
  intervals: number,
  commitRun = bench.ledger.commitRun,
  everyMs = EVERY_MS,
  further: () => Promise<readonly Source[]> = () => Promise.resolve([]),
) {
  const { runtime, ledger, upstream } = bench;
  const stop = new AbortController();
  const until = runtime.now() + intervals * everyMs;
  const runs: RunReport[] = [];
  const counts = { asked: 0, skipped: 0, running: 0 };
  const schedule = startSchedule({
    sources: [SOURCE, WITHOUT_KEY],
    further,
    intervalMs: everyMs,
    context: {
      ...bench.context,
      signal: stop.signal,
      runtime: {
        ...runtime,
        sleep: async (ms) => {
          while (counts.running > 0) await new Promise(setImmediate);
          await runtime.sleep(ms);
          if (runtime.now() >= until) stop.abort();
        },
      },
      transport: (request) => {
        counts.asked += 1;
        return upstream.transport(request);
      },
      ledger: {
        ...ledger,
        commitRun,
        takeLease: (...lease) => {
          counts.running += 1;
          return ledger.takeLease(...lease);
        },
      },
      onProgress: (progress) => {
        if (progress.kind !== "finished") return;
        if (progress.report.outcome === "skipped") counts.skipped += 1;
        else counts.running -= 1;
      },
    },
    onRun: (report) => runs.push(report),
    onRound: () => undefined,
    onTrouble: (error) => expect.unreachable(String(error)),
  });
  await schedule.stopped;
  return { ...counts, runs };
}

test("a source is read once in each interval, and one that lacks its credential is told as often", async () => {
  const { runs, asked, skipped } = await served(3);
  expect(runs.map(({ source }) => source)).toEqual(["alpha", "alpha", "alpha"]);
  expect([asked, skipped]).toEqual([3, 3]);
});

test("what is kept current besides is read in each interval from then on", async () => {
  let looks = 0;
  const later = { ...SOURCE, id: "gamma" };
  const further = async () => ((looks += 1) > 12 ? [later] : []);
  const { runs } = await served(3, bench.ledger.commitRun, EVERY_MS, further);
  expect(runs.map(({ source }) => source).toSorted()).toEqual(["alpha", "alpha", "alpha", "gamma", "gamma"]);
});

test("while the ledger cannot be written, an upstream is asked no more often", async () => {
  const { runs, asked } = await served(3, () => Promise.reject(new Error("the disk is full")));
  expect(runs).toEqual([]);
  expect(asked).toBe(3);
});

test("a source that does not answer is asked again soon, and ever more seldom", async () => {
  bench.upstream.script({ status: { from: 1, until: Infinity, code: 404 } });
  // At once, and 1, 3, 7 and 15 minutes later.
  const { runs } = await served(0.5, bench.ledger.commitRun, 60 * EVERY_MS);
  expect(runs.map(({ outcome }) => outcome)).toEqual(Array(5).fill("failed"));
});
