import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openApplication, openServingApplication } from "../src/app.ts";
import { findModels } from "../src/catalog/find.ts";
import { ModelQuery } from "../src/catalog/query.ts";
import { loadConfig } from "../src/config.ts";
import type { Progress } from "../src/domain/progress.ts";
import type { ServingApplication } from "../src/serve/application.ts";
import { startUpstreams, type Upstreams } from "../tools/upstreams/server.ts";

const LIST = "api.featherless.ai/v1/models";
const WAIT = { timeout: 20_000, interval: 50 };

let home: string;
let upstreams: Upstreams;
let application: ServingApplication;
let troubles: string[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "modeldex-serve-"));
  troubles = [];
  upstreams = await startUpstreams();
});

afterEach(async () => {
  await upstreams.close();
  rmSync(home, { recursive: true });
});

function flags() {
  return {
    MODELDEX_HOME: home,
    MODELDEX_MIRROR: upstreams.url,
    MODELDEX_SOURCES: "featherless",
    MODELDEX_PUBLISH_EVERY: "1ms",
    MODELDEX_SYNC_INTERVAL: "1h",
  };
}

function lists(count: number): void {
  const data = Array.from({ length: count }, (_, index) => ({ id: `lab/m${index}`, name: `m${index}` }));
  upstreams.setBody(LIST, { data });
}

async function serve(): Promise<ServingApplication> {
  return openServingApplication(flags(), (message) => troubles.push(message));
}

function total(): number {
  const shelf = application.shelf();
  return shelf === undefined ? 0 : findModels(shelf.catalog, ModelQuery.parse({})).total;
}

test("a sync runs in the worker while reads answer, is followed, and what it held is accepted", async () => {
  lists(10);
  application = await serve();
  try {
    const heard: Progress[] = [];
    const unfollow = application.follow((progress) => heard.push(progress));
    await expect.poll(total, WAIT).toBe(10);
    await expect.poll(() => heard.map(({ kind }) => kind), WAIT).toContain("published");
    expect(application.inProgress()).toEqual([]);

    lists(3);
    let answers = 0;
    const syncing = { isDone: false };
    const result = application
      .sync([], () => undefined)
      .finally(() => {
        syncing.isDone = true;
      });
    while (!syncing.isDone) {
      answers += total() === 10 ? 1 : 0;
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    const { reports } = await result;
    expect(answers).toBeGreaterThan(0);
    expect(reports).toMatchObject([{ source: "featherless", outcome: "held", removed: 0, held: 7 }]);
    expect(total()).toBe(10);
    expect(heard.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["started", "page", "finished"]));
    unfollow();

    const accepted = await application.accept(reports[0]?.runId ?? 0);
    expect(accepted).toMatchObject({ removed: 7, prices: 0 });
    expect(total()).toBe(3);
    await expect(application.accept(1)).rejects.toThrow("holds nothing");
    await expect(application.sync(["nobody"], () => undefined)).rejects.toThrow("there is no source nobody");
  } finally {
    await application.close();
  }
  expect(troubles).toEqual([]);
});

test("what another process reads into the same home is served soon", async () => {
  lists(5);
  application = await serve();
  try {
    await expect.poll(total, WAIT).toBe(5);
    lists(8);
    const other = await openApplication(loadConfig({}, home, flags()));
    await other.sync([], () => undefined);
    await other.close();
    await expect.poll(total, WAIT).toBe(8);
  } finally {
    await application.close();
  }
  expect(troubles).toEqual([]);
});

test("a restart serves what was saved before any source is asked, and with every upstream dead", async () => {
  lists(6);
  application = await serve();
  await expect
    .poll(total, WAIT)
    .toBe(6)
    .finally(() => application.close());
  await upstreams.close();
  application = await serve();
  const atOnce = total();
  const { reports } = await application.sync([], () => undefined).finally(() => application.close());
  expect(atOnce).toBe(6);
  expect(reports).toMatchObject([{ outcome: "failed", error: { code: "unreachable" } }]);
  expect(total()).toBe(6);
  upstreams = await startUpstreams();
});

test("a sync that is stopped keeps what was read, and leaves the rest due", async () => {
  lists(6);
  const stop = new AbortController();
  const settings = { ...flags(), MODELDEX_SOURCES: "featherless,genai-prices" };
  // One revision, at the end, however slow the machine is.
  const other = await openApplication(loadConfig({}, home, { ...settings, MODELDEX_PUBLISH_EVERY: "1h" }));
  const { reports } = await other.sync(
    [],
    ({ kind }) => {
      if (kind === "started") stop.abort(new Error("enough"));
    },
    stop.signal,
  );
  expect(reports.map(({ source, outcome, error }) => [source, outcome, error?.code])).toEqual([
    ["featherless", "failed", "aborted"],
    ["genai-prices", "complete", undefined],
  ]);
  expect(other.shelf()?.catalog.revision).toBe(1);
  await other.close();
  application = await openServingApplication(settings, (message) => troubles.push(message));
  const offersRead = async () =>
    (await application.ledger.health()).find(({ source }) => source === "featherless")?.offers;
  await expect
    .poll(offersRead, WAIT)
    .toBe(6)
    .finally(() => application.close());
});

test("with no network at all the first start has the data package's content", async () => {
  await upstreams.close();
  application = await openServingApplication(
    { ...flags(), MODELDEX_SOURCES: "featherless,genai-prices" },
    (message) => troubles.push(message),
  );
  try {
    await expect.poll(total, WAIT).toBeGreaterThan(100);
    const health = await application.ledger.health();
    const read = health.find(({ source }) => source === "genai-prices")?.lastApplied;
    expect(read?.observedAt).toBeLessThanOrEqual(Date.now());
  } finally {
    await application.close();
  }
  upstreams = await startUpstreams();
});
