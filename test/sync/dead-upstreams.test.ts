import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { emptyReport } from "../../src/domain/run.ts";
import type { SourceHealth } from "../../src/ledger/ledger.ts";
import { isDue } from "../../src/sync/schedule.ts";
import { openBench, type Bench } from "./bench.ts";
import { HOUR_MS, NOW } from "./states.ts";

const DAY_MS = 24 * HOUR_MS;
const DAYS = 30;

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
  bench.lists("a", "b");
  await bench.run();
});
afterEach(() => bench.close());

test("after 30 days of a dead upstream every offer is there, and its age is right to the second", async () => {
  const read = bench.runtime.now();
  let failed = 0;
  for (let hour = 0; hour < 24 * DAYS; hour += 1) {
    const { outcome, error } = await bench.run({
      transport: () =>
        Promise.reject(Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" })),
    });
    expect([outcome, error?.code]).toEqual(["failed", "unreachable"]);
    failed += 1;
  }
  const [health] = await bench.ledger.health();
  expect(await bench.openIds()).toEqual(["a", "b"]);
  expect(health?.lastApplied?.observedAt).toBe(read);
  const ageSeconds = Math.floor((bench.runtime.now() - read) / 1_000);
  expect(Math.floor((ageSeconds * 1_000) / DAY_MS)).toBe(DAYS);
  expect((await bench.ledger.runs({ limit: 10_000 })).length).toBe(failed + 1);
  expect(await bench.run()).toMatchObject({ outcome: "unchanged", added: 0, removed: 0, held: 0 });
});

test("a last word from the future, written by a clock that jumped, binds nobody", async () => {
  bench.runtime.jump(3_650 * DAY_MS);
  await bench.run();
  bench.runtime.jump(-3_650 * DAY_MS);
  bench.upstream.script({ date: bench.runtime.now() });
  bench.lists("a", "b", "c");
  expect(await bench.run()).toMatchObject({ outcome: "complete", added: 1 });
  const { lastApplied } = await bench.ledger.sourceState("alpha");
  expect(lastApplied?.observedAt).toBeLessThanOrEqual(bench.runtime.now());
});

describe("a source is due", () => {
  const due = { intervalMs: HOUR_MS, stayAwayMaxMs: DAY_MS };
  const health = (recordedAt: number, notBefore?: number): SourceHealth => ({
    source: "alpha",
    everWhole: true,
    offers: 1,
    held: 0,
    findings: 0,
    lastRun: {
      id: 1,
      source: "alpha",
      startedAt: recordedAt,
      recordedAt,
      report: emptyReport("alpha", "complete"),
    },
    ...(notBefore === undefined ? {} : { notBefore }),
  });

  test.each([
    ["an interval after its last run", NOW - HOUR_MS, undefined, true],
    ["not before", NOW - HOUR_MS + 1, undefined, false],
    ["when its last run lies in the future", NOW + DAY_MS, undefined, true],
    ["not while its upstream asks to wait", NOW - DAY_MS, NOW + 1, false],
    ["when that wait is over", NOW - DAY_MS, NOW, true],
    ["when nobody would be asked to wait that long", NOW - DAY_MS, NOW + 10 * DAY_MS, true],
  ])("%s", (_when, recordedAt, notBefore, expected) => {
    expect(isDue(health(recordedAt, notBefore), NOW, due)).toBe(expected);
  });

  test("when its last run was stopped from outside", () => {
    const { lastRun, ...rest } = health(NOW - 1);
    if (lastRun === undefined) throw new Error("it has one");
    const cut = { ...lastRun.report, error: { code: "aborted", message: "stopped" } } as const;
    expect(isDue({ ...rest, lastRun: { ...lastRun, report: cut } }, NOW, due)).toBe(true);
  });

  test.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [5, 16],
    [7, 60],
    [5_000, 60],
  ])("after %i failures in a row %i minutes after the last", (failures, minutes) => {
    const at = NOW - minutes * 60_000;
    const failed = (recordedAt: number) => {
      const { lastRun, ...rest } = health(recordedAt);
      if (lastRun === undefined) throw new Error("it has one");
      return { ...rest, lastRun: { ...lastRun, report: emptyReport("alpha", "failed") } };
    };
    expect(isDue(failed(at + 1), NOW, { ...due, failures })).toBe(false);
    expect(isDue(failed(at), NOW, { ...due, failures })).toBe(true);
  });

  test("when it was never read", () => {
    expect(isDue(undefined, NOW, due)).toBe(true);
  });
});
