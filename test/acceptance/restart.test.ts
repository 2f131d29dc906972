/** A restart with every upstream dead: the same catalog, and how old each source is. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startUpstreams } from "../../tools/upstreams/server.ts";
import { newHome, type Home, type Json, type Served } from "./program.ts";
import { directory } from "./recorded.ts";

const QUESTIONS = [
  "/v1/models?limit=1000",
  "/v1/offers?limit=1000",
  "/v1/models?gateway=hug",
  "/v1/models/openai/gpt-oss-120b",
  "/v1/gateways",
];

let home: Home;
let before: readonly Json[];
let restarted: Served;
/** The sources that were read: not every source has a recording. */
let known: ReadonlySet<string>;

beforeAll(async () => {
  const upstreams = await startUpstreams({ directory: directory() });
  home = newHome({ MODELDEX_MIRROR: upstreams.url });
  const { runs } = await home.ask(["sync"]);
  known = new Set(runs.filter(({ outcome }) => outcome === "complete").map(({ source }) => source));
  const served = await home.serve();
  before = await Promise.all(QUESTIONS.map((path) => served.get(path)));
  await served.stop();
  await upstreams.close();
  // Every source is due at once, and none answers.
  restarted = await home.serve({ MODELDEX_SYNC_INTERVAL: "1s" });
});

afterAll(async () => {
  await restarted.stop();
  home.drop();
});

test("the same answers before any source is asked", async () => {
  expect(await Promise.all(QUESTIONS.map((path) => restarted.get(path)))).toEqual(before);
});

test("the same answers when every source has failed, each with its age and its last error", async () => {
  const isDead = ({ id, last_run: run }: Json["data"][number]) =>
    id === "genai-prices" ||
    !known.has(id) ||
    (run as { readonly outcome?: string } | undefined)?.outcome === "failed";
  const sources = async () => (await restarted.get("/v1/sources")).data;
  await expect
    .poll(async () => (await sources()).every(isDead), { timeout: 90_000, interval: 500 })
    .toBe(true);
  const ageless = (await sources()).filter(
    ({ id, age_seconds: age, offers, coverage }) =>
      known.has(id) &&
      !(Number(age) >= 0 && Number(offers) > 0 && (coverage as { readonly kind?: string })?.kind === "whole"),
  );
  expect(ageless).toEqual([]);
  expect(await Promise.all(QUESTIONS.map((path) => restarted.get(path)))).toEqual(before);
});

test("the command line says the ages too, and that the sources failed", async () => {
  const { out } = await home.run(["sources"]);
  const line = out.split("\n").find((one) => one.startsWith("openrouter"));
  expect(line).toMatch(/failed/);
  expect(line).toMatch(/\d+ d(ays?)?\b/);
  expect(line).toMatch(/unreachable/);
});
