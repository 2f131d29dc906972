/** What a usage costs: exact, part by part, with the price that applied; and why it cannot be said. */
import { array, assert, constantFrom, integer, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { usageOf } from "../../src/cost/amounts.ts";
import { costOf, type Costed, type Occasion, type PricedOffer } from "../../src/cost/cost.ts";
import type { Usage } from "../../src/cost/usage.ts";
import { compareDecimals, parseDecimal, type Decimal } from "../../src/domain/decimal.ts";
import type { Price, PriceCondition } from "../../src/domain/price.ts";

const NOON: Occasion = { minute: 12 * 60 };

function million(meter: Price["meter"], dollars: string, when?: PriceCondition): Price {
  const usd = `${dollars}e-6`;
  return { meter, unit: "token", usd, ...(when === undefined ? {} : { when }) };
}

function offer(prices: readonly Price[], more: Partial<PricedOffer> = {}): PricedOffer {
  return { billing: "metered", prices, ...more };
}

function exact(value: string): Decimal {
  const decimal = parseDecimal(value);
  if (decimal === undefined) throw new Error(value);
  return decimal;
}

function use(amounts: Parameters<typeof usageOf>[0], requests?: string): Usage {
  return usageOf(amounts, requests === undefined ? undefined : exact(requests));
}

/** The sum, or the reason. */
function said(costed: Costed): string {
  return "usd" in costed ? costed.usd : costed.reason;
}

const PLAIN = offer([million("input", "0.15"), million("output", "0.6")]);

describe("a cost", () => {
  test("is the exact sum of its parts", () => {
    const costed = costOf(use({ input: "10M", output: "2M" }), PLAIN, NOON);
    expect(costed).toMatchObject({
      usd: "2.7",
      components: [
        { meter: "input", count: "10000000", usd: "1.5" },
        { meter: "output", count: "2000000", usd: "1.2" },
      ],
    });
  });

  test("keeps every digit of a price with twenty-two of them", () => {
    const fine = offer([{ meter: "input", unit: "token", usd: "0.0000000208333333333333" }]);
    expect(said(costOf(use({ input: 3 }), fine, NOON))).toBe("0.0000000624999999999999");
  });

  test("takes what is cached at its price, and where it has none as input", () => {
    const usage = use({ input: "1M", cached: "60%", output: 0 });
    const cheap = offer([million("input", "1"), million("cache_read", "0.1")]);
    expect(said(costOf(usage, cheap, NOON))).toBe("0.46");
    const costed = costOf(usage, offer([million("input", "1")]), NOON);
    expect(costed).toMatchObject({ usd: "1", components: [{ meter: "input" }, { meter: "cache_read" }] });
    expect("components" in costed && costed.components[1]?.price.meter).toBe("input");
  });

  test("takes a written cache entry by how long it lives", () => {
    const sheet = [
      million("input", "5"),
      million("cache_write", "6.25"),
      million("cache_write", "10", { ttl: "1h" }),
    ];
    const written = (ttl?: "1h"): Usage => ({
      quantities: [
        { meter: "cache_write", unit: "token", count: exact("1e6"), ...(ttl === undefined ? {} : { ttl }) },
      ],
    });
    expect(said(costOf(written(), offer(sheet), NOON))).toBe("6.25");
    expect(said(costOf(written("1h"), offer(sheet), NOON))).toBe("10");
    const spelled = sheet.map((price) =>
      price.usd === "6.25e-6" ? { ...price, when: { ttl: "5m" as const } } : price,
    );
    expect(said(costOf(written(), offer(spelled), NOON))).toBe("6.25");
  });

  test("goes by the length of one prompt, strictly above the step", () => {
    const steps = offer([
      million("input", "1"),
      million("input", "2", { promptTokensOver: 200_000 }),
      million("input", "4", { promptTokensOver: 500_000 }),
    ]);
    const each = (input: number, requests: string) => said(costOf(use({ input }, requests), steps, NOON));
    expect(each(200_000, "1")).toBe("0.2");
    expect(each(200_001, "1")).toBe("0.400002");
    expect(each(600_000, "1")).toBe("2.4");
    expect(each(600_000, "3")).toBe("0.6");
    expect(said(costOf(use({ input: 600_000 }), steps, NOON)), "of unknown length").toBe("0.6");
  });

  test("goes by the time of day, across midnight", () => {
    const night = offer([
      million("input", "2"),
      million("input", "1", { utc: { from: 16 * 60 + 30, to: 30 } }),
    ]);
    const at = (minute: number) => said(costOf(use({ input: "1M" }), night, { minute }));
    expect([16 * 60 + 29, 16 * 60 + 30, 1_439, 0, 29, 30].map(at)).toEqual(["2", "1", "1", "1", "1", "2"]);
  });

  test("goes by the tier asked for, and searches cost there what they cost everywhere", () => {
    const tiers = offer([
      million("input", "2"),
      million("input", "1", { tier: "batch" }),
      million("output", "4"),
      million("output", "2", { tier: "batch" }),
      million("cache_read", "0.2"),
      { meter: "search", unit: "search", usd: "0.01" },
    ]);
    const usage = use({ input: "2M", cached: "1M", output: "1M", searches: 3 });
    expect(said(costOf(usage, tiers, NOON))).toBe("6.23");
    expect(said(costOf(usage, tiers, { ...NOON, tier: "batch" }))).toBe("4.03");
    expect(costOf(usage, tiers, { ...NOON, tier: "flex" })).toEqual({
      reason: "other-tier",
      detail: "it states no flex price",
    });
  });

  test("of an offer for batches alone is for batches alone", () => {
    const batch = { ...PLAIN, variant: "batch" };
    expect(said(costOf(use({ input: "1M" }), batch, { ...NOON, tier: "batch" }))).toBe("0.15");
    expect(said(costOf(use({ input: "1M" }), batch, NOON))).toBe("other-tier");
    expect(said(costOf(use({ input: "1M" }), PLAIN, { ...NOON, tier: "batch" }))).toBe("other-tier");
  });

  test("goes by the region, and cannot be said without one where the price does", () => {
    const regional = offer([
      million("input", "1", { region: "us" }),
      million("input", "1.1", { region: "eu" }),
    ]);
    expect(said(costOf(use({ input: "1M" }), regional, { ...NOON, region: "eu" }))).toBe("1.1");
    expect(costOf(use({ input: "1M" }), regional, NOON)).toEqual({
      reason: "missing-price",
      detail: "the price of input depends on the region: us, eu",
    });
  });

  test("counts requests where they cost something, and asks for their number", () => {
    const each = offer([million("input", "1"), { meter: "request", unit: "request", usd: "0.005" }]);
    expect(said(costOf(use({ input: "1M" }, "1000"), each, NOON))).toBe("6");
    expect(said(costOf(use({ input: "1M" }), each, NOON))).toBe("missing-count");
  });

  test("takes seconds by the hour", () => {
    const hourly = offer([{ meter: "audio_input", unit: "hour", usd: "0.1" }]);
    expect(said(costOf(use({ audio_seconds: 7_200 }), hourly, NOON))).toBe("0.2");
    expect(said(costOf(use({ audio_seconds: 1 }), hourly, NOON))).toBe("0.0000277777777777778");
  });

  test("of nothing that is used is nothing", () => {
    expect(costOf(use({ input: 0, output: 0 }), PLAIN, NOON)).toEqual({ usd: "0", components: [] });
  });
});

describe("no cost", () => {
  const usage = use({ input: "1M", output: "1M" });

  test.each([
    ["unknown", { billing: "unknown" }],
    ["unknown", { billing: "metered" }],
    ["unknown", {}],
    ["dynamic", { billing: "dynamic", prices: [million("input", "1")] }],
    ["subscription", { billing: "subscription" }],
    ["missing-price", offer([million("input", "1")])],
    ["too-long", { ...PLAIN, contextTokens: 100_000 }],
  ] as const)("is %s for %j", (reason, priced) => {
    expect(said(costOf(use({ input: "1M", output: "1M" }, "1"), priced, NOON))).toBe(reason);
  });

  test("is taken for a price of 0, and what is stated to be free costs 0", () => {
    expect(said(costOf(usage, { billing: "unknown", prices: [] }, NOON))).toBe("unknown");
    expect(said(costOf(usage, { billing: "free" }, NOON))).toBe("0");
    expect(said(costOf(usage, offer([million("input", "0")], { billing: "free" }), NOON))).toBe("0");
  });

  test("is guessed for audio or for pictures that have no price of their own", () => {
    for (const meter of ["audio_input", "audio_output", "image_output"] as const) {
      const heard: Usage = { quantities: [{ meter, unit: "token", count: exact("5") }] };
      expect(costOf(heard, PLAIN, NOON)).toEqual({
        reason: "missing-price",
        detail: `it states no price for ${meter} per token`,
      });
    }
  });

  test("is made of a price in another unit", () => {
    const spoken = offer([{ meter: "input", unit: "character", usd: "0.000015" }]);
    expect(costOf(use({ input: 5 }), spoken, NOON)).toEqual({
      reason: "missing-price",
      detail: "input is priced per character, not per token",
    });
  });
});

describe("for any prices", () => {
  const amount = integer({ min: 0, max: 5_000_000 });
  const counts = record({ input: amount, output: amount, images: amount, searches: amount });
  const sheets = array(
    record({
      meter: constantFrom<Price["meter"]>("input", "output", "cache_read", "image", "search"),
      cents: integer({ min: 0, max: 1_000_000_000 }),
      over: constantFrom(undefined, 1_000, 200_000),
      window: constantFrom(undefined, { from: 600, to: 60 }),
    }),
    { minLength: 4, maxLength: 12 },
  ).map((list): readonly Price[] => [
    // Each is priced, whatever else the sheet says.
    ...(["input", "output", "image", "search"] as const).map((meter) =>
      price(meter, 7, undefined, undefined),
    ),
    ...list.map(({ meter, cents, over, window }) => price(meter, cents, over, window)),
  ]);

  function price(
    meter: Price["meter"],
    picodollars: number,
    over: number | undefined,
    utc: { from: number; to: number } | undefined,
  ): Price {
    const unit = meter === "image" || meter === "search" ? meter : "token";
    const when = {
      ...(over === undefined ? {} : { promptTokensOver: over }),
      ...(utc === undefined ? {} : { utc }),
    };
    const usd = `${picodollars}e-12`;
    return { meter, unit, usd, ...(Object.keys(when).length === 0 ? {} : { when }) };
  }

  test("more use of the same prompts never costs less", () => {
    assert(
      property(sheets, counts, counts, integer({ min: 0, max: 1_439 }), (prices, base, more, minute) => {
        const promptTokens = exact("250000");
        const sum = (field: keyof typeof base) => base[field] + more[field];
        const larger = {
          input: sum("input"),
          output: sum("output"),
          images: sum("images"),
          searches: sum("searches"),
        };
        const [less, all] = [base, larger].map((amounts) =>
          costOf({ ...use(amounts), promptTokens }, offer(prices), { minute }),
        );
        if (less === undefined || all === undefined || !("usd" in less) || !("usd" in all))
          throw new Error("every meter has a price");
        expect(compareDecimals(exact(all.usd), exact(less.usd))).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("the parts make the whole, and the order of the prices does not matter", () => {
    assert(
      property(sheets, counts, integer({ min: 0, max: 1_439 }), (prices, amounts, minute) => {
        const usage = use(amounts, "1");
        const costed = costOf(usage, offer(prices), { minute });
        if (!("usd" in costed)) throw new Error("every meter has a price");
        const parts = costed.components.reduce((total, { usd }) => total + units(usd), 0n);
        expect(parts).toBe(units(costed.usd));
        expect(said(costOf(usage, offer(prices.toReversed()), { minute }))).toBe(costed.usd);
      }),
    );
  });

  /** Whole units of 1e-18 dollars. */
  function units(usd: string): bigint {
    const [whole = "0", fraction = ""] = usd.split(".");
    return BigInt(whole + fraction.padEnd(18, "0"));
  }
});
