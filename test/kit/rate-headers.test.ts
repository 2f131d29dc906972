import { describe, expect, test } from "vitest";
import { quotasOf, retryAfterMs } from "../../src/kit/rate-headers.ts";

const NOW = Date.UTC(2026, 7, 5, 12);

describe("Retry-After", () => {
  test.each([
    ["0", 0],
    ["3", 3_000],
    [" 3 ", 3_000],
    ["0.5", 500],
    ["315360000", 315_360_000_000],
    ["Wed, 05 Aug 2026 12:00:40 GMT", 40_000],
    ["Wed, 05 Aug 2015 12:00:40 GMT", 0],
  ])("%j is a wait of %i ms", (value, ms) => expect(retryAfterMs(value, NOW)).toBe(ms));

  test.each([undefined, "", " ", "-1", "soon", "tomorrow", "1e3", "0x10", "NaN", "Infinity", "3 seconds"])(
    "%j says nothing",
    (value) => expect(retryAfterMs(value, NOW)).toBeUndefined(),
  );
});

describe("rate headers", () => {
  const cases: readonly (readonly [string, Record<string, string>, readonly object[]])[] = [
    ["r and t", { ratelimit: '"api";r=5;t=10' }, [{ remaining: 5, resetAt: NOW + 10_000 }]],
    [
      "with a policy",
      { ratelimit: '"api";r=5;t=10', "ratelimit-policy": '"api";q=500;w=300' },
      [{ remaining: 5, resetAt: NOW + 10_000, limit: 500 }],
    ],
    [
      "two quotas",
      { ratelimit: '"a";r=5;t=10, "b";r=0;t=60' },
      [
        { remaining: 5, resetAt: NOW + 10_000 },
        { remaining: 0, resetAt: NOW + 60_000 },
      ],
    ],
    [
      "the earlier draft",
      { ratelimit: "limit=100, remaining=50, reset=5" },
      [{ remaining: 50, resetAt: NOW + 5_000, limit: 100 }],
    ],
    [
      "plain, with a list as limit",
      { "ratelimit-limit": "10, 10;w=1", "ratelimit-remaining": "9", "ratelimit-reset": "1" },
      [{ remaining: 9, resetAt: NOW + 1_000, limit: 10 }],
    ],
    [
      "X-, a duration of minutes",
      { "x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "1m26.4s" },
      [{ remaining: 1, resetAt: NOW + 86_400 }],
    ],
    [
      "X-, a duration of milliseconds",
      { "x-ratelimit-remaining-requests": "1", "x-ratelimit-reset-requests": "60ms" },
      [{ remaining: 1, resetAt: NOW + 60 }],
    ],
    [
      "X-, hours",
      { "x-ratelimit-remaining": "1", "x-ratelimit-reset": "2h3m4s" },
      [{ remaining: 1, resetAt: NOW + 7_384_000 }],
    ],
    [
      "X-, seconds since 1970",
      { "x-ratelimit-remaining": "1", "x-ratelimit-reset": String(NOW / 1_000 + 9) },
      [{ remaining: 1, resetAt: NOW + 9_000 }],
    ],
    [
      "X-, milliseconds since 1970",
      { "x-ratelimit-remaining": "1", "x-ratelimit-reset": String(NOW + 9) },
      [{ remaining: 1, resetAt: NOW + 9 }],
    ],
    ["r without t", { ratelimit: '"api";r=5' }, []],
    ["t without r", { ratelimit: '"api";t=5' }, []],
    ["remaining without reset", { "x-ratelimit-remaining": "0" }, []],
    ["a negative reset", { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "-5" }, []],
    ["garbage", { ratelimit: "none", "x-ratelimit-remaining": "many", "x-ratelimit-reset": "later" }, []],
    ["empty", { ratelimit: "", "x-ratelimit-remaining": "", "x-ratelimit-reset": "" }, []],
    ["none", {}, []],
  ];
  test.each(cases)("%s", (_form, headers, quotas) => expect(quotasOf(headers, NOW)).toEqual(quotas));
});
