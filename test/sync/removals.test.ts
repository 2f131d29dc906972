import { describe, expect, test } from "vitest";
import { applyHolds, confirmUnchanged } from "../../src/sync/confirm.ts";
import {
  closedIn,
  firstOf,
  holdOf,
  HOUR_MS,
  idsOf,
  keyOf,
  listOf,
  NOW,
  planOf,
  priced,
  stateOf,
  without,
} from "./states.ts";

const ten = listOf(10);
const allButFour = firstOf(ten, 6);
const four = ["m6", "m7", "m8", "m9"];
const moment = { observedAt: NOW, recordedAt: NOW, intervalMs: HOUR_MS };

describe("what a run no longer names", () => {
  test("few offers that are gone from a whole list are closed", () => {
    const plan = planOf(ten, without(ten, "m1", "m2", "m3"));
    expect(closedIn(plan, ten)).toEqual(["m1", "m2", "m3"]);
    expect(plan.held).toEqual([]);
  });

  test("many are held: shown, not applied", () => {
    const plan = planOf(ten, allButFour);
    expect(plan.closings).toEqual([]);
    expect(idsOf(plan.newHolds)).toEqual(four);
    expect(idsOf(plan.held)).toEqual(four);
    expect(idsOf(plan.unseen)).toEqual(four);
  });

  test.each(["window", "partial"] as const)("a %s list removes nothing and holds nothing", (kind) => {
    for (const said of [without(ten, "m1"), allButFour, {}]) {
      const plan = planOf(ten, said, { coverage: { kind, evidence: "cut short" } });
      expect(plan.closings).toEqual([]);
      expect(plan.newHolds).toEqual([]);
      expect(plan.unseen).toHaveLength(10 - Object.keys(said).length);
    }
  });

  test("everything else of the run is applied", () => {
    const said = { ...allButFour, m0: { ...priced("0.000002"), name: "renamed" }, fresh: priced("1") };
    const plan = planOf(ten, said);
    expect(idsOf(plan.openings).toSorted()).toEqual(["fresh", "m0"]);
    expect(idsOf(plan.added)).toEqual(["fresh"]);
    expect(plan.changed).toBe(1);
    expect(idsOf(plan.held)).toEqual(four);
  });

  test("an offer named in an item that could not be read is not missing", () => {
    const plan = planOf(ten, without(ten, "m1", "m2"), { unreadTexts: new Set(["m1"]) });
    expect(closedIn(plan, ten)).toEqual(["m2"]);
    expect(plan.unseen).toEqual([]);
  });
});

describe("what was held", () => {
  const held = four.map((id) => holdOf("removal", id));

  test("absence in a later whole run, an interval later, confirms it", () => {
    const plan = planOf(ten, allButFour, { held });
    expect(closedIn(plan, ten)).toEqual(four);
    expect(plan.endedHolds.map(({ how }) => how)).toEqual([
      "confirmed",
      "confirmed",
      "confirmed",
      "confirmed",
    ]);
    expect(plan.held).toEqual([]);
  });

  test("a run that comes sooner confirms nothing", () => {
    const young = four.map((id) => holdOf("removal", id, NOW - HOUR_MS + 1));
    const plan = planOf(ten, allButFour, { held: young });
    expect([plan.closings, plan.endedHolds, plan.newHolds]).toEqual([[], [], []]);
    expect(idsOf(plan.held)).toEqual(four);
  });

  test.each(["sinceObserved", "sinceRecorded"] as const)(
    "the interval may have passed by %s alone",
    (clock) => {
      const one = held.map((hold) => ({
        ...hold,
        sinceObserved: NOW,
        sinceRecorded: NOW,
        [clock]: NOW - HOUR_MS,
      }));
      expect(closedIn(planOf(ten, allButFour, { held: one }), ten)).toEqual(four);
    },
  );

  test("a list that is not whole confirms nothing", () => {
    const plan = planOf(ten, allButFour, { held, coverage: { kind: "window", evidence: "cut short" } });
    expect([plan.closings, plan.endedHolds]).toEqual([[], []]);
    expect(idsOf(plan.held)).toEqual(four);
  });

  test("a hold is per offer: what comes back is withdrawn, the rest is confirmed", () => {
    const plan = planOf(ten, { ...allButFour, m9: ten["m9"] ?? {} }, { held });
    expect(closedIn(plan, ten)).toEqual(["m6", "m7", "m8"]);
    expect(plan.endedHolds).toContainEqual({ id: holdOf("removal", "m9").id, how: "withdrawn" });
  });

  test("what goes while others are held waits for its own second look", () => {
    const young = four.map((id) => holdOf("removal", id, NOW - 1));
    const plan = planOf(ten, firstOf(ten, 5), { held: young });
    expect(plan.closings).toEqual([]);
    expect(idsOf(plan.newHolds)).toEqual(["m5"]);
  });

  test("few that go with the confirmed ones are closed with them", () => {
    expect(closedIn(planOf(ten, firstOf(ten, 5), { held }), ten)).toEqual(["m5", ...four]);
  });

  test("a hold from a clock that jumped into the future begins anew", () => {
    const future = four.map((id) => holdOf("removal", id, NOW + 10 * 365 * 24 * HOUR_MS));
    const plan = planOf(ten, allButFour, { held: future });
    expect(plan.closings).toEqual([]);
    expect(plan.endedHolds.map(({ how }) => how)).toEqual([
      "withdrawn",
      "withdrawn",
      "withdrawn",
      "withdrawn",
    ]);
    expect(idsOf(plan.newHolds)).toEqual(four);
    const unchanged = confirmUnchanged(stateOf(ten, future), new Map(), moment);
    expect(idsOf(unchanged.newHolds)).toEqual(four);
    expect(unchanged.closings).toEqual([]);
  });
});

describe("an unchanged answer", () => {
  test("confirms what has waited an interval, and lets the rest wait", () => {
    const held = [holdOf("removal", "m6"), holdOf("removal", "m7", NOW - 1)];
    const plan = confirmUnchanged(stateOf(ten, held), new Map(), moment);
    expect(closedIn(plan, ten)).toEqual(["m6"]);
    expect(idsOf(plan.unseen)).toEqual(["m7"]);
    expect(idsOf(plan.held)).toEqual(["m7"]);
  });

  test("puts a held price, and only the price, into what is stated now", () => {
    const open = { m0: { ...priced("0.000001"), name: "the new name" } };
    const held = [holdOf("price", "m0", NOW - HOUR_MS, { ...priced("1"), name: "the old name" })];
    const plan = confirmUnchanged(stateOf(open, held), new Map([[1, open.m0]]), moment);
    expect(plan.openings.map(({ facts }) => facts)).toEqual([{ ...priced("1"), name: "the new name" }]);
  });

  test("an offer that goes takes its held price with it", () => {
    const held = [holdOf("removal", "m6"), holdOf("price", "m6", NOW - HOUR_MS, priced("1"))];
    const plan = confirmUnchanged(stateOf(ten, held), new Map([[7, priced("0.000001")]]), moment);
    expect(closedIn(plan, ten)).toEqual(["m6"]);
    expect(plan.openings).toEqual([]);
    expect(plan.endedHolds.map(({ how }) => how)).toEqual(["confirmed", "withdrawn"]);
  });
});

test("what the operator accepts is applied, and no other hold", () => {
  const held = [holdOf("removal", "m6", NOW), holdOf("removal", "m7", NOW)];
  const plan = applyHolds(stateOf(ten, held), held.slice(0, 1), new Map(), "accepted");
  expect(closedIn(plan, ten)).toEqual(["m6"]);
  expect(plan.endedHolds).toEqual([{ id: held[0]?.id, how: "accepted" }]);
  expect(plan.held).toMatchObject([keyOf("m7")]);
});
