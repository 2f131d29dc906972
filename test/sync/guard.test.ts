import { describe, expect, test } from "vitest";
import type { Facts } from "../../src/domain/listing.ts";
import { countJumps, isMassRemoval, isUnitChange } from "../../src/sync/guard.ts";
import { priced } from "./states.ts";

describe("removals", () => {
  test.each([
    [3, 100],
    [3, 6],
    [2, 4],
    [1, 2],
    [4, 200],
    [20, 1_000],
    [0, 0],
  ])("%i of %i gone is everyday life", (missing, open) => {
    expect(isMassRemoval(missing, open)).toBe(false);
  });

  test.each([
    [4, 100],
    [4, 199],
    [5, 200],
    [21, 1_000],
    [2, 3],
    [1, 1],
    [3, 5],
    [100, 100],
  ])("%i of %i gone is held", (missing, open) => {
    expect(isMassRemoval(missing, open)).toBe(true);
  });
});

describe("prices", () => {
  test.each([
    ["0.000001", "0.00001"],
    ["0.00001", "0.000001"],
    ["0.1", "100000"],
    ["0", "0.000001"],
    ["0.000001", "0"],
  ])("from %s to %s is a jump", (before, after) => {
    expect(countJumps(priced(before), priced(after))).toBe(1);
  });

  test.each([
    ["0.000001", "0.00000999"],
    ["0.00001", "0.00000101"],
    ["0", "0"],
    ["5", "5"],
  ])("from %s to %s is none", (before, after) => {
    expect(countJumps(priced(before), priced(after))).toBe(0);
  });

  test("each price of an offer is one of its own, told by meter, unit and condition", () => {
    expect(countJumps(priced("0.1", "0.2"), priced("1", "2"))).toBe(2);
    expect(countJumps(priced("0.1"), priced("0.1", "2"))).toBe(0);
    const batch: Facts = {
      prices: [{ meter: "input", unit: "token", usd: "0.000001", when: { tier: "batch" } }],
    };
    expect(countJumps(priced("0.1"), batch)).toBe(0);
  });

  test("from free to metered without a price is a jump, and to unknown is none", () => {
    expect(countJumps({ billing: "free" }, { billing: "metered" })).toBe(1);
    expect(countJumps({ billing: "metered" }, { billing: "free" })).toBe(1);
    expect(countJumps({ billing: "free" }, { billing: "unknown" })).toBe(0);
  });

  test.each([
    [3, 299],
    [4, 300],
    [100, 100],
    [1, 2],
    [3, 6],
    [1, 1],
  ])("%i jumps of %i prices look like a change of unit", (jumps, total) => {
    expect(isUnitChange(jumps, total)).toBe(true);
  });

  test.each([
    [2, 100],
    [3, 300],
    [10, 1_000],
    [1, 3],
    [2, 6],
    [0, 0],
    [2, 7],
  ])("%i jumps of %i prices do not", (jumps, total) => {
    expect(isUnitChange(jumps, total)).toBe(false);
  });
});
