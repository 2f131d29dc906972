import { describe, expect, test } from "vitest";
import { LIMITS } from "../../src/kit/limits.ts";
import { createPacer, type Pace } from "../../src/kit/pace.ts";
import { virtualClock } from "../bad-world/scripted.ts";

const never = new AbortController().signal;

function pacer(pace?: Pace, quotaShare = 0.8) {
  const clock = virtualClock();
  const waits: number[] = [];
  const made = createPacer(pace, {
    runtime: clock,
    limits: LIMITS,
    quotaShare,
    onWait: (ms) => waits.push(ms),
  });
  const turnAt = async () => {
    await made.turn(never);
    return clock.monotonic();
  };
  return { ...made, clock, waits, turnAt };
}

test("without a pace nobody waits", async () => {
  const { turnAt } = pacer();
  expect([await turnAt(), await turnAt(), await turnAt()]).toEqual([0, 0, 0]);
});

test("an interval lies between any two turns, also of those who wait together", async () => {
  const { turnAt } = pacer({ intervalMs: 100 });
  expect([await turnAt(), await turnAt()]).toEqual([0, 100]);
  const together = await Promise.all([turnAt(), turnAt(), turnAt()]);
  expect(together.toSorted((a, b) => a - b).map((at, index) => at >= 200 + index * 100)).toEqual([
    true,
    true,
    true,
  ]);
});

describe("a quota", () => {
  test("with its share left is not waited for, and with less is, until it is full", async () => {
    const { observe, turnAt } = pacer();
    observe({ "x-ratelimit-limit": "100", "x-ratelimit-remaining": "21", "x-ratelimit-reset": "60" });
    expect(await turnAt()).toBe(0);
    observe({ "x-ratelimit-limit": "100", "x-ratelimit-remaining": "20", "x-ratelimit-reset": "60" });
    expect(await turnAt()).toBe(60_000);
  });

  test("is used to its end where all of it is ours", async () => {
    const { observe, turnAt } = pacer(undefined, 1);
    observe({ "x-ratelimit-limit": "100", "x-ratelimit-remaining": "1", "x-ratelimit-reset": "60" });
    expect(await turnAt()).toBe(0);
    observe({ "x-ratelimit-limit": "100", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "60" });
    expect(await turnAt()).toBe(60_000);
  });

  test("that is full again already delays nobody", async () => {
    const { observe, turnAt } = pacer();
    observe({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "0" });
    expect(await turnAt()).toBe(0);
  });

  test("never becomes shorter by what a later answer says", async () => {
    const { observe, turnAt } = pacer();
    observe({ ratelimit: '"day";r=0;t=90' });
    observe({ ratelimit: '"burst";r=0;t=1' });
    expect(await turnAt()).toBe(90_000);
  });

  test("whose wait is longer than a run's ends the run, and names the day after at the latest", async () => {
    const { observe, turn, clock } = pacer();
    observe({ ratelimit: '"api";r=0;t=315360000' });
    await expect(turn(never)).rejects.toThrow(
      expect.objectContaining({ code: "wait-too-long", notBefore: clock.now() + LIMITS.stayAwayMaxMs }),
    );
  });
});

test("what is said while somebody waits binds him, too", async () => {
  const { stayAway, turn, clock } = pacer({ intervalMs: 100 });
  await turn(never);
  const waiting = turn(never);
  stayAway(5_000);
  await waiting;
  expect(clock.monotonic()).toBeGreaterThanOrEqual(5_000);
});

test("long waits are told, short ones are not", async () => {
  const { stayAway, turnAt, waits } = pacer();
  stayAway(500);
  await turnAt();
  stayAway(5_000);
  await turnAt();
  expect(waits).toEqual([5_000]);
});
