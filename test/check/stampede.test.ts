/** A stampede is one flight (R7): failing, slow and aborted callers among it, and nothing is left unhandled. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Checks } from "../../src/check/checks.ts";
import type { HubAnswerGiven } from "../simulator/hub-check.ts";
import { startAsking, type Asking } from "./asking.ts";

let asking: Asking;
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown) => void unhandled.push(reason);

beforeEach(async () => {
  asking = await startAsking();
  asking.hub.models.set("lab/hot", { mapping: { groq: { status: "live" } } });
  asking.hub.tokens.set(TOKEN, { name: "sam", auth: { type: "oauth" } });
  unhandled.length = 0;
  process.on("unhandledRejection", onUnhandled);
});
afterEach(async () => {
  process.off("unhandledRejection", onUnhandled);
  await asking.end();
});

const CALLERS = 10_000;
const TOKEN = "hf_aTokenForTheTestsOfThisFile00000";

const QUESTIONS: { readonly [what: string]: (checks: Checks, signal?: AbortSignal) => Promise<unknown> } = {
  "a model": (checks, signal) => checks.validateModelProvider("lab/hot", "groq", { signal }),
  "a model, by ten spellings of ten providers": (checks, signal) =>
    checks.validateModelProvider(" lab/hot ", "fireworks", { signal, mode: "lenient" }),
  "a token": (checks, signal) => checks.validateToken(TOKEN, { signal }),
  "the models of a provider": (checks, signal) => checks.getModelsForProvider("groq", { signal }),
  "the models for a token": (checks, signal) => checks.getAvailableModels({ token: TOKEN, signal }),
};
const WORLDS: { readonly [how: string]: HubAnswerGiven | undefined } = {
  "that answers": undefined,
  "that fails": { status: 503 },
  "that breaks off": { status: 200, cut: true },
};
const CASES = Object.keys(QUESTIONS).flatMap((what) =>
  Object.keys(WORLDS).map((how) => [what, how] as const),
);

test.each(CASES)("ten thousand ask for %s at once, of a Hub %s: one request", async (what, how) => {
  const ask = QUESTIONS[what];
  if (ask === undefined) throw new Error(`there is no question ${what}`);
  asking.hub.answer("/api", WORLDS[how]);
  const release = asking.hub.hold();
  const leaving = new AbortController();
  const left = AbortSignal.abort(new Error("gone before"));
  const callers = Array.from({ length: CALLERS }, (_, index) => {
    if (index % 10 === 1) return ask(asking.checks, leaving.signal);
    return index % 10 === 2 ? ask(asking.checks, left) : ask(asking.checks);
  });
  const settled = Promise.allSettled(callers);
  await expect.poll(() => asking.hub.requests.length).toBeGreaterThan(0);
  leaving.abort(new Error("gone"));
  release();
  const ends = await settled;
  const gone = ends.filter(
    (end) => end.status === "rejected" && String(end.reason?.message).startsWith("gone"),
  );
  expect(gone).toHaveLength(CALLERS / 5);
  const others = new Set(
    ends.flatMap((end, index) => (index % 10 === 1 || index % 10 === 2 ? [] : [end.status])),
  );
  expect(others.size).toBe(1);
  expect(asking.hub.requests).toHaveLength(1);
  await nextTurn();
  expect(unhandled).toEqual([]);
});

test("ten thousand ask which providers there are: each question to the Hub is asked once", async () => {
  const callers = Array.from({ length: CALLERS }, () => asking.checks.discoverProviders());
  await Promise.all(callers);
  expect(asking.hub.requests.map(({ path }) => path).toSorted()).toEqual([
    "/api/models",
    "/api/models/lab/liked",
    "/api/models/lab/popular",
  ]);
});

test("all callers go away, and the answer is there for those who come after", async () => {
  const release = asking.hub.hold();
  const leaving = new AbortController();
  const gone = asking.checks.validateModelProvider("lab/hot", "groq", { signal: leaving.signal });
  await expect.poll(() => asking.hub.requests.length).toBe(1);
  leaving.abort(new Error("gone"));
  await expect(gone).rejects.toThrow("gone");
  release();
  expect(await asking.checks.validateModelProvider("lab/hot", "groq")).toMatchObject({ verdict: "live" });
  expect(asking.hub.requests).toHaveLength(1);
});

test("after a failure a crowd waits a moment, then one asks again", async () => {
  asking.hub.answer("/api", { status: 500 });
  const ask = () => asking.checks.validateModelProvider("lab/hot", "groq");
  await ask();
  await Promise.all(Array.from({ length: 100 }, ask));
  expect(asking.hub.requests).toHaveLength(1);
  asking.hub.answer("/api", undefined);
  asking.advance(5_000);
  const checks = await Promise.all(Array.from({ length: 100 }, ask));
  expect(new Set(checks.map(({ verdict }) => verdict))).toEqual(new Set(["live"]));
  expect(asking.hub.requests).toHaveLength(2);
});

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
