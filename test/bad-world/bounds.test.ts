/** Time and memory have an end, whatever an upstream sends and however slowly. */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { syncAll } from "../../src/sync/all.ts";
import { startUpstreams, type Upstreams } from "../../tools/upstreams/server.ts";
import { faultNamed, FAULTS, type FaultName } from "../simulator/faults.ts";
import { pagedBody } from "../simulator/paged.ts";
import { ALL_KINDS, hostOf, listOf, PAGE_SIZE, rows, sourceOf } from "./kinds.ts";
import { openWorld } from "./world.ts";

const GROWTH_MB_MAX = 64;
const SLACK_MS = 100;
const DEADLINE_MS = 500;

let upstreams: Upstreams;
beforeAll(async () => {
  upstreams = await startUpstreams();
  upstreams.setBody(listOf("warm"), { data: rows(1_000) });
  upstreams.setBody(listOf("bad"), { data: rows(1_000) });
});
afterAll(() => upstreams.close());

describe("a process that reads it grows by no more than 64 MB", () => {
  const recipes: readonly (readonly [FaultName, string])[] = [
    ["a body of 100 MB", "rejected too-large"],
    ["a gzip bomb", "rejected too-large"],
    ["a brotli bomb", "rejected too-large"],
    ["nesting 10,000 deep", "rejected too-deep"],
    ["a million ids", "rejected too-many-items"],
    ["sends one byte a second", "failed timeout"],
  ];
  test.each(recipes)("%s: %s", async (name, end) => {
    upstreams.clearFaults();
    upstreams.setFault(hostOf("bad"), faultNamed(name));
    const attemptMs = name === "sends one byte a second" ? 1_000 : 60_000;
    const child = join(import.meta.dirname, "memory-child.ts");
    const { stdout } = await promisify(execFile)(process.execPath, [child, upstreams.url, String(attemptMs)]);
    const { outcome, code, grewMb, ms } = JSON.parse(stdout) as {
      readonly outcome: string;
      readonly code: string;
      readonly grewMb: number;
      readonly ms: number;
    };
    console.log(`${name}: ${grewMb.toFixed(1)} MB in ${ms.toFixed(0)} ms`);
    expect(`${outcome} ${code}`).toBe(end);
    expect(grewMb).toBeLessThanOrEqual(GROWTH_MB_MAX);
  });
});

describe("a call ends at its deadline", () => {
  test.each(FAULTS.latency)("$name", async (fault) => {
    const world = await openWorld({
      upstreams,
      limits: { attemptMs: DEADLINE_MS, retriesPerPageMax: 0, pagesMax: 1 },
    });
    try {
      upstreams.clearFaults();
      // Of three, because a machine that others use too may sleep through one.
      const timer = timerOf(DEADLINE_MS);
      const taken = await Promise.all(
        ["one", "two", "three"].map(async (id) => {
          upstreams.setBody(listOf(id), { data: rows(1_000) });
          upstreams.setFault(hostOf(id), fault);
          const started = performance.now();
          await world.run(sourceOf("single", id));
          return performance.now() - started;
        }),
      );
      const [, median = Infinity] = taken.toSorted((a, b) => a - b);
      const deadlineMs = await timer;
      const shown = taken.map((ms) => ms.toFixed(0)).join(", ");
      console.log(`${fault.name}: ${shown} ms, beside a timer of ${deadlineMs.toFixed(0)} ms`);
      expect(median).toBeLessThanOrEqual(deadlineMs + SLACK_MS);
    } finally {
      await world.close();
    }
  });
});

/** How long a plain timer of this length takes beside the calls: what the machine itself is late. */
async function timerOf(ms: number): Promise<number> {
  const started = performance.now();
  await new Promise((resolve) => setTimeout(resolve, ms));
  return performance.now() - started;
}

describe("what is given up is let go of", () => {
  const GIVEN_UP: readonly FaultName[] = [
    "stalls before the headers",
    "stalls in mid-body",
    "sends one byte a second",
    "a body of 100 MB",
    "a gzip bomb",
    "429 with no Retry-After",
    "redirects to another host",
    "HTML with 200",
  ];
  test.each(GIVEN_UP)("%s: no connection stays behind", async (name) => {
    const own = await startUpstreams();
    const closed: Promise<unknown>[] = [];
    const world = await openWorld({ upstreams: own, limits: { attemptMs: 200 } });
    try {
      const watched = faultNamed(name);
      own.setBody(
        { host: hostOf("link") },
        pagedBody({ paging: "link", pageSize: PAGE_SIZE, items: rows(9) }),
      );
      own.setFault(hostOf("link"), {
        name,
        apply: async (exchange) => {
          closed.push(once(exchange.response, "close"));
          await watched.apply(exchange);
        },
      });
      await world.run(sourceOf("link"));
      // The upstream hears of it, or this test never ends.
      await Promise.all(closed);
      expect(closed.length).toBeGreaterThan(0);
    } finally {
      await world.close();
      await own.close();
    }
  });

  test("a body in an encoding that nobody knows", async () => {
    const own = await startUpstreams();
    const world = await openWorld({ upstreams: own });
    const closed: Promise<unknown>[] = [];
    try {
      own.setFault(hostOf("single"), {
        name: "an unknown encoding",
        apply: ({ response }) => {
          closed.push(once(response, "close"));
          response.writeHead(200, { "content-encoding": "rot13", "content-type": "application/json" });
          response.write("{");
        },
      });
      expect(await world.run(sourceOf("single"))).toMatchObject({ error: { code: "bad-encoding" } });
      // The upstream hears of it, or this test never ends.
      await Promise.all(closed);
      expect(closed.length).toBeGreaterThan(0);
    } finally {
      await world.close();
      await own.close();
    }
  });
});

test("one to nineteen of twenty sources at one byte a second delay none of the others", async () => {
  const world = await openWorld({ limits: { attemptMs: 1_500, retriesPerPageMax: 0 } });
  try {
    const sources = Array.from({ length: 20 }, (_, index) => {
      const kind = ALL_KINDS[index % ALL_KINDS.length] ?? "single";
      return { kind, source: sourceOf(kind, `s-${index}`) };
    });
    for (const { kind, source } of sources)
      world.upstreams.setBody(
        listOf(source.id),
        pagedBody({ paging: kind, pageSize: PAGE_SIZE, items: rows(9) }),
      );
    for (const slow of [1, 10, 19]) {
      world.upstreams.clearFaults();
      for (const { source } of sources.slice(0, slow))
        world.upstreams.setFault(hostOf(source.id), faultNamed("sends one byte a second"));
      const finished: string[] = [];
      await syncAll(
        // Without the validators of the last round: all of them really read.
        sources.map(({ source }) => ({ ...source, mapper: slow })),
        world.context,
        ({ source, outcome }) => finished.push(`${source} ${outcome === "complete" ? "done" : "late"}`),
      );
      // Told by the order of events: every healthy source is done before the first slow one gives up.
      expect(finished.filter((end) => end.endsWith("done")).length).toBe(20 - slow);
      expect(finished.findIndex((end) => end.endsWith("late"))).toBe(20 - slow);
    }
  } finally {
    await world.close();
  }
});
