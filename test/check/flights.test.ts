/** Many callers, one request: also where making an answer fails, and where nobody is left to hear of it. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { createFlights } from "../../src/check/flights.ts";
import { systemRuntime } from "../../src/kit/runtime.ts";

const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on("unhandledRejection", onUnhandled);
});
afterEach(() => void process.off("unhandledRejection", onUnhandled));

function flights(entriesMax = 100) {
  let passed = 0;
  const runtime = { ...systemRuntime, monotonic: () => passed };
  const advance = (ms: number) => {
    passed += ms;
  };
  return { ...createFlights<number>(runtime, entriesMax), advance };
}

test("a failure is everybody's who waits, and the next one makes anew", async () => {
  const { get } = flights();
  let made = 0;
  const fail = () => {
    made += 1;
    return Promise.reject(new Error("no"));
  };
  const ends = await Promise.allSettled(Array.from({ length: 100 }, () => get("a", fail)));
  expect([made, ends.filter(({ status }) => status === "rejected").length]).toEqual([1, 100]);
  expect(await get("a", async () => ({ value: 7, keepMs: 0 }))).toBe(7);
});

test("a failure that nobody waits for any more is nobody's", async () => {
  const { get } = flights();
  const { promise, reject } = Promise.withResolvers<never>();
  const leaving = new AbortController();
  const caller = get("a", () => promise, leaving.signal);
  leaving.abort(new Error("gone"));
  await expect(caller).rejects.toThrow("gone");
  reject(new Error("no"));
  await nextTurn();
  expect(unhandled).toEqual([]);
});

test("what may be kept is told until then, what may not be is made again", async () => {
  const { get, advance } = flights();
  let made = 0;
  const make = (keepMs: number) => async () => ({ value: (made += 1), keepMs });
  expect([await get("kept", make(10)), await get("kept", make(10))]).toEqual([1, 1]);
  advance(10);
  expect(await get("kept", make(10))).toBe(2);
  expect([await get("not", make(0)), await get("not", make(0))]).toEqual([3, 4]);
});

test("at most so many are kept, and the oldest go first", async () => {
  const { get } = flights(2);
  let made = 0;
  const ask = (key: string) => get(key, async () => ({ value: (made += 1), keepMs: 1_000 }));
  for (const key of ["a", "b", "c"]) await ask(key);
  expect([await ask("b"), await ask("c"), await ask("a")]).toEqual([2, 3, 4]);
});

test("what is on its way is never dropped to make room", async () => {
  const { get } = flights(1);
  const slow = Promise.withResolvers<{ value: number; keepMs: number }>();
  const first = get("slow", () => slow.promise);
  for (const key of ["a", "b", "c"]) await get(key, async () => ({ value: 0, keepMs: 1_000 }));
  const second = get("slow", () => Promise.reject(new Error("made twice")));
  slow.resolve({ value: 9, keepMs: 0 });
  expect(await Promise.all([first, second])).toEqual([9, 9]);
});

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
