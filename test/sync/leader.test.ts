import { afterEach, beforeEach, expect, test } from "vitest";
import Database from "better-sqlite3";
import { LIMITS } from "../../src/kit/limits.ts";
import { LeaseLost } from "../../src/ledger/ledger.ts";
import { openLedger } from "../../src/ledger/open.ts";
import { syncAll } from "../../src/sync/all.ts";
import type { RunReport } from "../../src/sync/run.ts";
import { openBench, SOURCE, type Bench } from "./bench.ts";

let bench: Bench;

beforeEach(async () => {
  bench = await openBench();
  bench.lists("a", "b");
  await bench.run();
});
afterEach(() => bench.close());

test("a leader that was stopped past its lease writes nothing: its run has failed, and says why", async () => {
  const other = await openLedger({ url: bench.path, now: bench.runtime.now });
  bench.lists("a", "b", "stale");
  const others: RunReport[] = [];
  const report = await bench.run({
    transport: async (request) => {
      const answer = await bench.upstream.transport(request);
      bench.runtime.advance(LIMITS.runMs + 120_000);
      bench.lists("a", "b", "fresh");
      others.push(await bench.run({ ledger: other, holder: "two" }));
      return answer;
    },
  });
  await other.close();
  expect(others).toMatchObject([{ outcome: "complete", added: 1 }]);
  expect(report).toMatchObject({ outcome: "failed", error: { code: "store" } });
  expect(report.error?.message).toBe(new LeaseLost(`source:${SOURCE.id}`).message);
  expect(await bench.openIds()).toEqual(["a", "b", "fresh"]);
  expect(await bench.ledger.verify()).toEqual([]);
});

test("of two processes that read one source at once, the second lets it be", async () => {
  const other = await openLedger({ url: bench.path, now: bench.runtime.now });
  const others: RunReport[] = [];
  await bench.run({
    transport: async (request) => {
      others.push(...(await syncAll([SOURCE], { ...bench.context, ledger: other, holder: "two" })));
      return bench.upstream.transport(request);
    },
  });
  await other.close();
  expect(others).toMatchObject([{ outcome: "skipped", reason: "another process is reading it" }]);
});

test("a lease that a jumped clock wrote does not block for years", async () => {
  bench.runtime.jump(10 * 365 * 24 * 3_600_000);
  await bench.ledger.takeLease(`source:${SOURCE.id}`, "the dead", bench.runtime.now(), 960_000);
  bench.runtime.jump(-10 * 365 * 24 * 3_600_000);
  expect((await bench.run()).outcome).toBe("unchanged");
});

test("while somebody else locks the ledger a run fails, reads go on, and the next run heals", async () => {
  const lock = new Database(bench.path);
  lock.exec("begin exclusive");
  bench.lists("a", "b", "c");
  expect(await bench.run()).toMatchObject({ outcome: "failed", error: { code: "store" } });
  expect(await bench.openIds()).toEqual(["a", "b"]);
  expect(await Array.fromAsync(bench.ledger.openListings())).toHaveLength(2);
  lock.exec("rollback");
  lock.close();
  expect(await bench.run()).toMatchObject({ outcome: "complete", added: 1 });
});

test("a lock that comes while the list is read fails the run, and the next one heals", async () => {
  const lock = new Database(bench.path);
  bench.lists("a", "b", "c");
  const report = await bench.run({
    transport: (request) => {
      if (!lock.inTransaction) lock.exec("begin immediate");
      return bench.upstream.transport(request);
    },
  });
  expect(report).toMatchObject({ outcome: "failed", error: { code: "store" } });
  expect(await bench.openIds()).toEqual(["a", "b"]);
  lock.exec("rollback");
  lock.close();
  expect(await bench.run()).toMatchObject({ outcome: "complete", added: 1 });
});
