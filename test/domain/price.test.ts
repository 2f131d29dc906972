import { assert, constantFrom, integer, property, shuffledSubarray } from "fast-check";
import { describe, expect, test } from "vitest";
import * as price from "../../src/domain/price.ts";

const { NotAPrice } = price;

describe("a constructor carries the unit of the wire", () => {
  test.each([
    {
      constructor: price.usdPerToken,
      wire: "usdPerToken",
      amount: "0.00000015",
      unit: "token",
      usd: "0.00000015",
    },
    {
      constructor: price.usdPerMillionTokens,
      wire: "usdPerMillionTokens",
      amount: 0.15,
      unit: "token",
      usd: "0.00000015",
    },
    {
      constructor: price.usdPerThousandTokens,
      wire: "usdPerThousandTokens",
      amount: "0.15",
      unit: "token",
      usd: "0.00015",
    },
    {
      constructor: price.centsPerToken,
      wire: "centsPerToken",
      amount: "0.000015",
      unit: "token",
      usd: "0.00000015",
    },
    {
      constructor: price.centsPerThousandTokens,
      wire: "centsPerThousandTokens",
      amount: "0.015",
      unit: "token",
      usd: "0.00000015",
    },
    {
      constructor: price.centsPer100MTokens,
      wire: "centsPer100MTokens",
      amount: 20_000,
      unit: "token",
      usd: "0.000002",
    },
    {
      constructor: price.tenThousandthsPerMillionTokens,
      wire: "tenThousandthsPerMillionTokens",
      amount: 2_700,
      unit: "token",
      usd: "0.00000027",
    },
    {
      constructor: price.usdPerMillionCharacters,
      wire: "usdPerMillionCharacters",
      amount: 15,
      unit: "character",
      usd: "0.000015",
    },
    { constructor: price.usdPerImage, wire: "usdPerImage", amount: 0.04, unit: "image", usd: "0.04" },
    {
      constructor: price.usdPerThousandSearches,
      wire: "usdPerThousandSearches",
      amount: 5,
      unit: "search",
      usd: "0.005",
    },
    { constructor: price.usdPerHour, wire: "usdPerHour", amount: 2.5, unit: "hour", usd: "2.5" },
    {
      constructor: price.tenBillionthsPerImage,
      wire: "tenBillionthsPerImage",
      amount: 700_000_000,
      unit: "image",
      usd: "0.07",
    },
  ] as const)("$wire of $amount is $usd dollars for one $unit", ({ constructor, amount, unit, usd }) => {
    expect(constructor(amount)).toEqual({ unit, usd });
  });

  test("nothing stated is no rate, -1 depends, and 0 is a price", () => {
    expect(price.usdPerToken(undefined)).toBeUndefined();
    expect(price.usdPerToken(null)).toBeUndefined();
    expect(price.usdPerToken("-1")).toBe("dynamic");
    expect(price.usdPerMillionTokens(-1)).toBe("dynamic");
    expect(price.usdPerToken("0")).toEqual({ unit: "token", usd: "0" });
  });

  test.each(["", "1,5", "1e999", "NaN", "-2", "-0.5", "free", "1000001"])("%j is no price", (amount) => {
    expect(() => price.usdPerToken(amount)).toThrow(NotAPrice);
  });

  test("what a million costs is the amount that was stated for a million", () => {
    assert(
      property(integer({ min: 0, max: 999_999_999 }), (thousandths) => {
        const stated = String(thousandths / 1_000);
        const [made] = price.prices({ input: price.usdPerMillionTokens(stated) });
        expect(Number(price.perMillion(made ?? { meter: "input", unit: "token", usd: "-1" }))).toBe(
          Number(stated),
        );
      }),
    );
  });
});

describe("a list of prices", () => {
  const list = [
    ...price.prices({ input: price.usdPerToken("1"), output: price.usdPerToken("2") }),
    ...price.prices({ input: price.usdPerToken("3") }, { promptTokensOver: 200_000 }),
    ...price.prices({ input: price.usdPerToken("4") }, { tier: "batch" }),
    ...price.prices({ input: price.usdPerToken("5") }, { utc: { from: 990, to: 30 } }),
    ...price.prices({ image: price.usdPerImage("6") }),
  ];

  test("has one order, whatever the order in which it was stated", () => {
    assert(
      property(shuffledSubarray(list, { minLength: list.length }), (shuffled) => {
        expect(price.sortPrices(shuffled)).toEqual(price.sortPrices(list));
      }),
    );
  });

  test("leaves out what is absent or depends", () => {
    expect(price.prices({ input: undefined, output: "dynamic" })).toEqual([]);
  });

  test("of zeros is not known to be free, and an empty one is unstated", () => {
    const zeros = price.prices({ input: price.usdPerToken("0"), output: price.usdPerToken(0) });
    expect(price.allZero(zeros)).toBe(true);
    expect(price.unlessAllZero(zeros)).toEqual([]);
    expect(price.allZero([])).toBe(false);
    expect(price.unlessAllZero(list)).toBe(list);
  });
});

test("an amount is a decimal of at least 0, or -1, or nothing", () => {
  assert(
    property(constantFrom("0", "1", "-1", "5E-7", null, undefined, 0.5), (amount) => {
      expect(price.isAmount(amount)).toBe(true);
    }),
  );
  for (const amount of ["", "-2", "1,5", Number.NaN, -0.1]) expect(price.isAmount(amount)).toBe(false);
});
