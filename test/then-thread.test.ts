/** The past while the program serves: the real server, the real thread, a source that steps. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openServingApplication } from "../src/app.ts";
import type { ServingApplication } from "../src/serve/application.ts";
import { systemRuntime } from "../src/kit/runtime.ts";
import { createServer, type Server } from "../src/serve/http/server.ts";
import { startUpstreams, type Upstreams } from "../tools/upstreams/server.ts";

const LIST = "api.featherless.ai/v1/models";
const WAIT = { timeout: 20_000, interval: 50 };
/** A reading is dated to the second, by the `Date` of its answer. */
const SECOND_MS = 1_000;

let home: string;
let upstreams: Upstreams;
let application: ServingApplication;
let server: Server;
/** Between the two readings. */
let before: string;

function lists(...ids: readonly string[]): void {
  upstreams.setBody(LIST, { data: ids.map((id) => ({ id, name: id })) });
}

function isServed(offers: number): Promise<unknown> {
  return vi.waitUntil(() => application.shelf()?.catalog.offers.length === offers, WAIT);
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "modeldex-then-"));
  upstreams = await startUpstreams();
  lists("lab/a", "lab/b");
  application = await openServingApplication(
    {
      MODELDEX_HOME: home,
      MODELDEX_MIRROR: upstreams.url,
      MODELDEX_SOURCES: "featherless",
      MODELDEX_PUBLISH_EVERY: "1ms",
      MODELDEX_ADMIN_KEY: "the right key",
    },
    (message) => {
      throw new Error(message);
    },
  );
  server = createServer(application, {
    clock: systemRuntime,
    staleAfterMs: 3_600_000,
    onMistake: (error) => {
      throw error;
    },
    onAnswered: () => undefined,
  });
  await isServed(2);
  await systemRuntime.sleep(2 * SECOND_MS);
  before = new Date(systemRuntime.now() - SECOND_MS).toISOString();
  lists("lab/a", "lab/b", "lab/c");
  await application.sync([], () => undefined);
  await isServed(3);
}, 60_000);

afterAll(async () => {
  await server.close();
  await application.close();
  await upstreams.close();
  rmSync(home, { recursive: true });
});

async function get(url: string, headers: { readonly [name: string]: string } = {}) {
  const answer = await server.inject({ url, headers });
  return { status: answer.statusCode, etag: String(answer.headers["etag"]), json: answer.json() };
}

describe("while it serves", () => {
  test("a list of then is another than today's, and its ETag names the rules", async () => {
    const [then, now] = [await get(`/v1/models?as_of=${before}`), await get("/v1/models?as_of=0m")];
    expect([then.json.total, now.json.total]).toEqual([2, 3]);
    expect(then.etag).toMatch(/^"rules-[\w.]+-/);
    expect((await get("/v1/models")).etag).not.toMatch(/rules/);
    const operator = await get(`/v1/models?as_of=${before}`, { authorization: "Bearer the right key" });
    expect(operator.json).toEqual(then.json);
  });

  test("two states are compared in the thread", async () => {
    const { json } = await get(`/v1/diff?from=${before}`);
    expect(json).toMatchObject({ total: 2, has_more: false });
    expect(json.data.map((one: { kind: string; subject_id: string }) => [one.kind, one.subject_id])).toEqual([
      ["added", "featherless/featherless/lab/c"],
      ["added", "lab/c"],
    ]);
  });

  test("numbers are counted in the thread, and are the same until something is read again", async () => {
    const { json, etag } = await get("/v1/stats");
    const last = json.points.at(-1);
    expect(last).toMatchObject({ models: 3, offers: 3, billing: { subscription: 3 } });
    expect(json.now).toMatchObject({ models: 3, offers: 3, gateways: 1 });
    expect((await get("/v1/stats")).etag).toBe(etag);
  });
});
