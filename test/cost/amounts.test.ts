/** A usage as a person states it. */
import { describe, expect, test } from "vitest";
import { countOf, usageOf } from "../../src/cost/amounts.ts";
import { BadUsage } from "../../src/cost/usage.ts";
import { decimalText, parseDecimal } from "../../src/domain/decimal.ts";

function read(amounts: Parameters<typeof usageOf>[0], requests?: string) {
  const { quantities, promptTokens } = usageOf(
    amounts,
    requests === undefined ? undefined : parseDecimal(requests),
  );
  return {
    counts: Object.fromEntries(quantities.map(({ meter, count }) => [meter, decimalText(count)])),
    ...(promptTokens === undefined ? {} : { prompt: decimalText(promptTokens) }),
  };
}

describe("a count", () => {
  test.each([
    ["10M", "10000000"],
    ["2.5k", "2500"],
    ["1B", "1000000000"],
    ["1e6", "1000000"],
    ["1_000_000", "1000000"],
    [" 7 ", "7"],
    ["0", "0"],
  ])("%s is %s", (stated, count) => {
    const value = countOf(stated);
    expect(value === undefined ? undefined : decimalText(value)).toBe(count);
  });

  test.each(["", "-1", "ten", "1.2.3", "10MM", "1,000", "99999999B", "NaN", "60%"])(
    "%j is none",
    (stated) => {
      expect(countOf(stated)).toBeUndefined();
    },
  );
});

describe("amounts", () => {
  test("of what is cached and of reasoning are parts, as counts or as shares", () => {
    expect(read({ input: "10M", output: "2M", cached: "60%", reasoning: "500k" })).toEqual({
      counts: { input: "4000000", output: "1500000", cache_read: "6000000", reasoning: "500000" },
    });
  });

  test("over so many requests tell the length of a prompt", () => {
    expect(read({ input: "10M" }, "1000").prompt).toBe("10000");
    expect(read({ input: 10 }, "2.5").prompt).toBe("4");
    expect(read({ input: 10 }).prompt).toBeUndefined();
  });

  test.each<readonly [Parameters<typeof usageOf>[0], RegExp]>([
    [{ input: 10, cached: 11 }, /the parts of input are more than all of it/],
    [{ input: 10, cached: "60%", cache_write: "60%" }, /the parts of input/],
    [{ cached: "60%" }, /cached is a part of the input: state input too/],
    [{ input: "60%" }, /input cannot be "60%": a count like/],
    [{ input: 10, cached: "-5%" }, /or a share like 60%/],
  ])("%j are refused", (amounts, message) => {
    expect(() => usageOf(amounts, undefined)).toThrow(BadUsage);
    expect(() => usageOf(amounts, undefined)).toThrow(message);
  });
});
