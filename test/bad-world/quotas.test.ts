/** A quota is respected: nothing is asked before the upstream allows it, and a dead upstream is not beaten. */
import { describe, expect, test } from "vitest";
import { LIMITS } from "../../src/kit/limits.ts";
import { isDue } from "../../src/sync/schedule.ts";
import { listOf, rows, sourceOf } from "./kinds.ts";
import { script, virtualClock, type Scripted } from "./scripted.ts";
import { openWorld, type World, type WorldOptions } from "./world.ts";

const DAY_MS = 24 * 3_600_000;
const NOW = Date.UTC(2026, 7, 5);
const SOURCE = sourceOf("link");
const AT_HOME = { addresses: { sourceUrls: new Map([[SOURCE.id, "https://link.example/v1"]]) } } as const;

async function within(options: WorldOptions, body: (world: World) => Promise<void>): Promise<void> {
  const world = await openWorld({ limits: LIMITS, ...AT_HOME, ...options });
  try {
    await body(world);
  } finally {
    await world.close();
  }
}

const httpDate = (ms: number) => new Date(ms).toUTCString();

/** Every form in which an upstream says "no more for the next 30 seconds", beside a good page. */
const FULL_FOR_30_S: { readonly [form: string]: (now: number) => { readonly [name: string]: string } } = {
  "RateLimit r, t": () => ({ ratelimit: '"api";r=0;t=30' }),
  "RateLimit with a policy": () => ({
    ratelimit: '"api";r=20;t=30',
    "ratelimit-policy": '"api";q=100;w=300',
  }),
  "two quotas, the second full": () => ({ ratelimit: '"burst";r=90;t=1, "day";r=0;t=30' }),
  "the earlier draft": () => ({ ratelimit: "limit=100, remaining=0, reset=30" }),
  "RateLimit-Remaining": () => ({ "ratelimit-remaining": "0", "ratelimit-reset": "30" }),
  "RateLimit-Remaining with its limit": () => ({
    "ratelimit-remaining": "19",
    "ratelimit-reset": "30",
    "ratelimit-limit": "100, 100;w=60",
  }),
  "X-RateLimit in seconds": () => ({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "30" }),
  "X-RateLimit in seconds since 1970": (now) => ({
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(now / 1_000 + 30),
  }),
  "X-RateLimit in milliseconds since 1970": (now) => ({
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(now + 30_000),
  }),
  "X-RateLimit with a date": (now) => ({
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": new Date(now + 30_000).toISOString(),
  }),
  "X-RateLimit-…-Requests with a duration": () => ({
    "x-ratelimit-limit-requests": "100",
    "x-ratelimit-remaining-requests": "3",
    "x-ratelimit-reset-requests": "0m30s",
  }),
};

describe("a quota that is used up for 30 seconds", () => {
  test.each(Object.entries(FULL_FOR_30_S))("by %s: nothing is asked before", async (_form, headers) => {
    const runtime = virtualClock(NOW);
    const { transport, asked } = script(runtime, (_request, nth) =>
      nth === 1
        ? { value: rows(3), headers: { ...headers(NOW), link: '<?page=2>; rel="next"' } }
        : { value: rows(3, 4) },
    );
    await within({ runtime, transport }, async (world) => {
      expect(await world.run(SOURCE)).toMatchObject({
        outcome: "complete",
        rows: 6,
        requests: 2,
        retries: 0,
      });
      expect(asked.map(({ at }) => at - NOW)).toEqual([0, 30_000]);
    });
  });

  test.each(Object.entries(FULL_FOR_30_S))(
    "by %s beside a 429: one retry, not before",
    async (_form, headers) => {
      const runtime = virtualClock(NOW);
      const { transport, asked } = script(runtime, (_request, nth) =>
        nth === 1 ? { status: 429, headers: headers(NOW) } : { value: rows(3) },
      );
      await within({ runtime, transport }, async (world) => {
        expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", requests: 2, retries: 1 });
        expect((asked[1]?.at ?? 0) - NOW).toBeGreaterThanOrEqual(30_000);
      });
    },
  );

  test("a quota with enough left delays nobody", async () => {
    const runtime = virtualClock(NOW);
    const { transport, asked } = script(runtime, (_request, nth) => ({
      value: rows(3, nth * 3),
      headers: {
        ratelimit: '"api";r=80;t=30',
        "ratelimit-policy": '"api";q=100;w=30',
        ...(nth < 5 ? { link: `<?page=${nth + 1}>; rel="next"` } : {}),
      },
    }));
    await within({ runtime, transport }, async (world) => {
      expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", requests: 5 });
      expect(asked.map(({ at }) => at - NOW)).toEqual([0, 0, 0, 0, 0]);
    });
  });

  test("a fixed window is never overrun, over a hundred pages", async () => {
    const runtime = virtualClock(NOW);
    const windowMs = 60_000;
    const quota = 10;
    let refused = 0;
    const used = new Map<number, number>();
    const { transport } = script(runtime, (_request, nth): Scripted => {
      const sinceStart = runtime.now() - NOW;
      const window = Math.floor(sinceStart / windowMs);
      const count = (used.get(window) ?? 0) + 1;
      used.set(window, count);
      const seconds = Math.ceil(((window + 1) * windowMs - sinceStart) / 1_000);
      const headers = {
        ratelimit: `"api";r=${Math.max(0, quota - count)};t=${seconds}`,
        "ratelimit-policy": `"api";q=${quota};w=60`,
      };
      if (count > quota) {
        refused += 1;
        return { status: 429, headers };
      }
      const link: { readonly [name: string]: string } =
        nth < 100 ? { link: `<?page=${nth + 1}>; rel="next"` } : {};
      return { value: rows(3, nth * 3), headers: { ...headers, ...link } };
    });
    await within({ runtime, transport }, async (world) => {
      expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", pages: 100, retries: 0 });
      expect(refused).toBe(0);
      expect(Math.max(...used.values())).toBeLessThanOrEqual(quota * 0.8);
    });
  });
});

/** What a 429 says, and when the next request may come; absent: as we think fit. */
const RETRY_AFTER: {
  readonly [form: string]: readonly [value: string | undefined, waitMs: number | undefined];
} = {
  none: [undefined, undefined],
  "0": ["0", undefined],
  "3": ["3", 3_000],
  "1.5": ["1.5", 1_500],
  "a date": [httpDate(NOW + 40_000), 40_000],
  "a past date": [httpDate(NOW - DAY_MS), undefined],
  garbage: ["soon", undefined],
  "-1": ["-1", undefined],
  "an empty text": ["", undefined],
};

test("a quota that a good run used up is remembered: the next one does not come sooner", async () => {
  const runtime = virtualClock(NOW);
  const { transport } = script(runtime, () => ({
    value: rows(3),
    headers: { ratelimit: '"api";r=0;t=7200' },
  }));
  await within({ runtime, transport }, async (world) => {
    expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", requests: 1 });
    await expectAway(world, NOW + 7_200_000);
  });
});

describe("a 429 with Retry-After", () => {
  test.each(Object.entries(RETRY_AFTER))("%s", async (_form, [value, waitMs]) => {
    const runtime = virtualClock(NOW);
    const { transport, asked } = script(runtime, (_request, nth) =>
      nth === 1
        ? { status: 429, headers: value === undefined ? {} : { "retry-after": value } }
        : { value: rows(3) },
    );
    await within({ runtime, transport }, async (world) => {
      expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", requests: 2, retries: 1 });
      const waited = (asked[1]?.at ?? 0) - NOW;
      expect(waited).toBeGreaterThanOrEqual(waitMs ?? 1);
      expect(waited).toBeLessThanOrEqual(waitMs ?? LIMITS.backoffMaxMs);
    });
  });

  const LONG: {
    readonly [form: string]: readonly [headers: { readonly [name: string]: string }, notBefore: number];
  } = {
    "an hour": [{ "retry-after": "3600" }, NOW + 3_600_000],
    "a date in six hours": [{ "retry-after": httpDate(NOW + 6 * 3_600_000) }, NOW + 6 * 3_600_000],
    "ten years": [{ "retry-after": "315360000" }, NOW + DAY_MS],
    "a date in ten years": [{ "retry-after": httpDate(NOW + 3_650 * DAY_MS) }, NOW + DAY_MS],
    "more digits than a number has": [{ "retry-after": "9".repeat(400) }, NOW + DAY_MS],
    // Seen when the retry would be made: a day from then.
    "a quota that is full in ten years": [
      { ratelimit: '"api";r=0;t=315360000' },
      NOW + DAY_MS + LIMITS.backoffMs / 2,
    ],
    "a fraction of a second more than a run waits": [{ "retry-after": "3600.0001" }, NOW + 3_600_001],
  };
  describe("longer than a run waits ends the run, and the schedule keeps away, a day at most", () => {
    test.each(Object.entries(LONG))("%s, on the first page", async (_form, [headers, notBefore]) => {
      const runtime = virtualClock(NOW);
      const { transport, asked } = script(runtime, () => ({ status: 429, headers }));
      await within({ runtime, transport }, async (world) => {
        const report = await world.run(SOURCE);
        expect(report).toMatchObject({ outcome: "failed", error: { code: "wait-too-long" } });
        expect(asked.length).toBe(1);
        await expectAway(world, notBefore);
      });
    });

    test.each(Object.entries(LONG))("%s, on the last page", async (_form, [headers, notBefore]) => {
      const runtime = virtualClock(NOW);
      const { transport } = script(runtime, (_request, nth) =>
        nth === 1 ? { value: rows(3), headers: { link: '<?page=2>; rel="next"' } } : { status: 429, headers },
      );
      await within({ runtime, transport }, async (world) => {
        const report = await world.run(SOURCE);
        expect(report).toMatchObject({ outcome: "partial", added: 3, error: { code: "wait-too-long" } });
        await expectAway(world, notBefore);
      });
    });
  });

  test("binds the page that was asked for ahead, and the retry of the page before it", async () => {
    const runtime = virtualClock(NOW);
    let cut = false;
    const asked: { at: number; page: string }[] = [];
    await within(
      {
        runtime,
        transport: async ({ url }) => {
          const page = url.searchParams.get("page") ?? "1";
          asked.push({ at: runtime.now() - NOW, page });
          if (page === "2" && runtime.now() < NOW + 60_000)
            return { status: 429, headers: { "retry-after": "60" }, body: bodyOf("") };
          if (page === "2") return { status: 200, headers: {}, body: bodyOf(JSON.stringify(rows(3, 4))) };
          const isFirst = !cut;
          cut = true;
          return {
            status: 200,
            headers: { link: '<?page=2>; rel="next"' },
            body: isFirst ? broken() : bodyOf(JSON.stringify(rows(3))),
          };
        },
      },
      async (world) => {
        expect(await world.run(SOURCE)).toMatchObject({ outcome: "complete", rows: 6 });
        const after = asked.slice(asked.findIndex(({ page }) => page === "2") + 1);
        expect(after.length).toBe(2);
        for (const { at } of after) expect(at).toBeGreaterThanOrEqual(60_000);
      },
    );
  });
});

describe("a dead upstream", () => {
  test.each([
    ["on every page", 0, 1 + LIMITS.retriesPerPageMax],
    ["after 20 pages", 20, 21 + LIMITS.retriesPerPageMax],
  ])("%s is retried within the budget, and no page more than its share", async (_when, good, requestsMax) => {
    const runtime = virtualClock(NOW);
    const { transport, asked } = script(runtime, (_request, nth) =>
      nth <= good
        ? { value: rows(3, nth * 3), headers: { link: `<?page=${nth + 1}>; rel="next"` } }
        : { status: 503 },
    );
    await within({ runtime, transport }, async (world) => {
      const report = await world.run(SOURCE);
      expect(report.error?.code).toBe("upstream-error");
      expect(asked.length).toBeLessThanOrEqual(requestsMax);
      expect(report.retries).toBeLessThanOrEqual(LIMITS.retriesPerRunMax + asked.length / 10);
    });
  });

  test("one that fails every second request costs no more than the run's budget", async () => {
    const runtime = virtualClock(NOW);
    const { transport, asked } = script(runtime, ({ url }, nth) =>
      nth % 2 === 1
        ? { status: 502 }
        : {
            value: rows(3, nth * 3),
            headers: { link: `<?page=${Number(url.searchParams.get("page") ?? 1) + 1}>; rel="next"` },
          },
    );
    await within({ runtime, transport }, async (world) => {
      const report = await world.run(SOURCE);
      expect(report).toMatchObject({ outcome: "partial", error: { code: "upstream-error" } });
      expect(report.retries).toBeLessThanOrEqual(LIMITS.retriesPerRunMax + asked.length / 10 + 1);
    });
  });
});

test("a run whose time is up in the middle of a wait says so, and keeps what it read", async () => {
  const world = await openWorld({ limits: { runMs: 300, waitMaxMs: 60_000, retriesPerPageMax: 3 } });
  try {
    world.upstreams.setBody(listOf("link"), ({ query }) =>
      query.has("page")
        ? { status: 429, headers: { "retry-after": "30" } }
        : { value: rows(3), headers: { link: '<?page=2>; rel="next"' } },
    );
    const report = await world.run(SOURCE);
    expect(report).toMatchObject({ outcome: "partial", added: 3, error: { code: "run-timeout" } });
  } finally {
    await world.close();
  }
});

async function expectAway(world: World, notBefore: number): Promise<void> {
  const health = (await world.ledger.health()).find(({ source }) => source === SOURCE.id);
  expect(health?.notBefore).toBe(notBefore);
  const due = { intervalMs: 1_000, stayAwayMaxMs: LIMITS.stayAwayMaxMs };
  expect(isDue(health, notBefore - 1, due)).toBe(false);
  expect(isDue(health, notBefore, due)).toBe(true);
}

async function* bodyOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from("[");
  // The page that was asked for ahead gets its answer first.
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  throw new Error("read ECONNRESET");
}
