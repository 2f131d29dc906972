import { describe, expect, test } from "vitest";
import { firstOf, holdOf, HOUR_MS, idsOf, keyOf, listOf, NOW, planOf, priced, without } from "./states.ts";

const cheap = priced("0.000001");
const dear = priced("1");
const ten = listOf(10, cheap);
const three = ["m0", "m1", "m2"];
const jumped = { ...ten, m0: dear, m1: dear, m2: dear };

describe("prices that jump together", () => {
  test("are held as a suspected change of unit", () => {
    const plan = planOf(ten, jumped);
    expect(plan.openings).toEqual([]);
    expect(plan.newHolds).toEqual(three.map((id) => ({ ...keyOf(id), kind: "price", facts: dear })));
    expect(idsOf(plan.held)).toEqual(three);
  });

  test("leave the rest of their listings current", () => {
    const renamed = { ...dear, name: "renamed", contextTokens: 8 };
    const plan = planOf(ten, { ...jumped, m0: renamed });
    expect(plan.openings).toMatchObject([
      { ...keyOf("m0"), facts: { ...cheap, name: "renamed", contextTokens: 8 } },
    ]);
    expect(idsOf(plan.held)).toEqual(three);
  });

  test("do not hold back an everyday move of another offer", () => {
    const plan = planOf(ten, { ...jumped, m9: priced("0.000002") });
    expect(idsOf(plan.openings)).toEqual(["m9"]);
  });

  test("two of them are believed at once", () => {
    const plan = planOf(ten, { ...ten, m0: dear, m1: dear });
    expect(idsOf(plan.openings)).toEqual(["m0", "m1"]);
    expect(plan.held).toEqual([]);
  });

  test("half of a small source's are held", () => {
    const small = firstOf(ten, 2);
    expect(idsOf(planOf(small, { ...small, m0: dear }).held)).toEqual(["m0"]);
  });

  test("between free and paid counts as a jump", () => {
    const free = {
      ...cheap,
      billing: "free" as const,
      prices: [{ meter: "input", unit: "token", usd: "0" } as const],
    };
    expect(idsOf(planOf(ten, { ...ten, m0: free, m1: free, m2: free }).held)).toEqual(three);
  });
});

describe("a held price", () => {
  test("goes on waiting, and is counted, while a list that proves nothing leaves its offer out", () => {
    const waiting = [holdOf("price", "m0", NOW - HOUR_MS, dear)];
    const coverage = { kind: "window", evidence: "the list is cut short" } as const;
    const plan = planOf(listOf(4, cheap), without(listOf(4, cheap), "m0"), { held: waiting, coverage });
    expect(plan.held).toEqual([{ ...keyOf("m0"), kind: "price" }]);
    expect(plan.endedHolds).toEqual([]);
  });

  const held = three.map((id) => holdOf("price", id, NOW - HOUR_MS, dear));

  test("said again an interval later is believed", () => {
    const plan = planOf(ten, jumped, { held });
    expect(idsOf(plan.openings)).toEqual(three);
    expect(plan.endedHolds.map(({ how }) => how)).toEqual(["confirmed", "confirmed", "confirmed"]);
  });

  test("said again sooner waits", () => {
    const young = three.map((id) => holdOf("price", id, NOW - 1, dear));
    const plan = planOf(ten, jumped, { held: young });
    expect([plan.openings, plan.newHolds, plan.endedHolds]).toEqual([[], [], []]);
    expect(idsOf(plan.held)).toEqual(three);
  });

  test("is withdrawn when the old price comes back", () => {
    const plan = planOf(ten, ten, { held });
    expect(plan.endedHolds.map(({ how }) => how)).toEqual(["withdrawn", "withdrawn", "withdrawn"]);
    expect([plan.openings, plan.held]).toEqual([[], []]);
  });

  test("is not confirmed by another jump: that one waits for its own second look", () => {
    const plan = planOf(ten, { ...ten, m0: priced("500") }, { held: held.slice(0, 1) });
    expect(plan.openings).toEqual([]);
    expect(plan.endedHolds).toEqual([{ id: held[0]?.id, how: "withdrawn" }]);
    expect(plan.newHolds).toEqual([{ ...keyOf("m0"), kind: "price", facts: priced("500") }]);
  });

  test("ends with its offer", () => {
    const plan = planOf(ten, firstOf({ ...ten }, 9), { held: [holdOf("price", "m9", NOW, dear)] });
    expect(plan.closings).toHaveLength(1);
    expect(plan.endedHolds.map(({ how }) => how)).toEqual(["withdrawn"]);
  });
});
