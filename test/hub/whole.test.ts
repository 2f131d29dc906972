/** The whole Hub: read once, kept current, and nothing is removed that was not looked at. */
import { afterEach, expect, test } from "vitest";
import { acceptRun } from "../../src/sync/accept.ts";
import type { HubModel as Made } from "../simulator/hub-models.ts";
import { DAY_MS, HOUR_MS, openHubWorld, type HubWorld } from "./hub-world.ts";

const WEEK_MS = 7 * DAY_MS;

let world: HubWorld | undefined;
afterEach(() => world?.close());

async function opened(count: number, options: Parameters<typeof openHubWorld>[1] = {}): Promise<HubWorld> {
  world = await openHubWorld(count, options);
  return world;
}

function orders(hub: HubWorld): readonly (string | null)[] {
  return hub.asked.map((url) => url.searchParams.get("sort"));
}

/** The model as the Hub lists it from now on. */
function change(hub: HubWorld, id: string, changed: Partial<Made>): void {
  const index = hub.models.findIndex((model) => model.id === id);
  const model = hub.models[index];
  if (model === undefined) throw new Error(`there is no ${id}`);
  hub.models[index] = { ...model, ...changed };
}

function remove(hub: HubWorld, id: string): void {
  hub.models.splice(
    hub.models.findIndex((model) => model.id === id),
    1,
  );
}

function isoNow(hub: HubWorld): string {
  return new Date(hub.clock.now()).toISOString();
}

/** Breaks the run off when so many pages are kept. */
function stoppedAfter(pages: number) {
  const stop = new AbortController();
  return {
    signal: stop.signal,
    onProgress: (progress: { readonly kind: string; readonly pages?: number }) => {
      if (progress.kind === "page" && (progress.pages ?? 0) >= pages) stop.abort();
    },
  };
}

test("every model is read, a thousand at a time, by an instant that never moves; the end of the list proves it whole", async () => {
  const hub = await opened(2_345);
  expect(await hub.run()).toMatchObject({
    outcome: "complete",
    coverage: { kind: "whole", evidence: "the list ended after 3 pages, 2345 rows" },
    pages: 3,
    rows: 2_345,
    unique: 2_345,
    added: 2_345,
  });
  expect(orders(hub)).toEqual(["createdAt", "createdAt", "createdAt"]);
  const known = await hub.known();
  expect(known.size).toBe(2_345);
  const [sample] = hub.models.slice(1);
  expect(known.get(sample?.id ?? "")).toEqual({
    id: "lab-1/model-1",
    createdAt: Date.parse(sample?.createdAt ?? ""),
    lastModified: Date.parse(sample?.lastModified ?? ""),
    downloads: 104_729,
    likes: 7_919,
    gated: false,
    private: false,
    pipelineTag: "translation",
    libraryName: "diffusers",
    license: "apache-2.0",
    tags: ["diffusers", "region:us"],
  });
  expect((await hub.ledger.health()).find(({ source }) => source === "huggingface-hub")).toMatchObject({
    everWhole: true,
    lastApplied: { coverage: { kind: "whole" } },
  });
});

test("a run that is stopped keeps its pages and says how to go on; the next one asks for what follows, and for nothing else", async () => {
  const hub = await opened(5_000);
  expect(await hub.run(stoppedAfter(2))).toMatchObject({
    outcome: "partial",
    error: { code: "aborted" },
    coverage: {
      kind: "partial",
      evidence: expect.stringContaining("after 2 pages, 2000 rows") as string,
    },
    pages: 2,
    added: 0,
  });
  // What is not whole is shown to nobody.
  expect((await hub.known()).size).toBe(0);
  expect(await hub.run()).toMatchObject({ outcome: "complete", pages: 3, rows: 3_000, added: 5_000 });
  expect(hub.asked.every((url) => url.searchParams.has("cursor"))).toBe(true);
  expect((await hub.known()).size).toBe(5_000);
});

test("a stored cursor that the Hub takes no more begins the list anew, and keeps the rows that are there", async () => {
  const hub = await opened(3_500);
  await hub.run(stoppedAfter(2));
  let refused = 0;
  hub.answer = (url) => {
    if (refused > 0 || !url.searchParams.has("cursor")) return undefined;
    refused += 1;
    return { status: 400, value: { error: "Invalid cursor" } };
  };
  expect(await hub.run()).toMatchObject({
    outcome: "complete",
    coverage: { kind: "whole" },
    pages: 4,
    unique: 3_500,
    added: 3_500,
  });
  expect(refused).toBe(1);
  expect((await hub.known()).size).toBe(3_500);
});

test("a list that ended is put in its place by the next run, where this one was stopped", async () => {
  const hub = await opened(3_000);
  const stop = new AbortController();
  const onProgress = ({ kind }: { readonly kind: string }) => {
    if (kind === "placing") stop.abort();
  };
  expect(await hub.run({ signal: stop.signal, onProgress })).toMatchObject({ outcome: "partial" });
  expect(await hub.run()).toMatchObject({ outcome: "complete", pages: 0, requests: 0, added: 3_000 });
  expect((await hub.known()).size).toBe(3_000);
});

test("afterwards only what was modified is read, with an overlap, and what is new among it", async () => {
  const hub = await opened(2_500);
  await hub.run();
  await hub.pass(HOUR_MS);
  change(hub, "lab-7/model-7", { lastModified: isoNow(hub), tags: ["license:mit"] });
  const [first] = hub.models;
  if (first === undefined) throw new Error("the Hub is empty");
  hub.models.push({ ...first, _id: "f".repeat(24), id: "new/born", lastModified: isoNow(hub) });
  expect(await hub.run()).toMatchObject({ outcome: "complete", pages: 1, added: 1, changed: 1, removed: 0 });
  expect(orders(hub)).toEqual(["lastModified"]);
  const known = await hub.known();
  expect(known.get("lab-7/model-7")).toMatchObject({ license: "mit" });
  expect(known.has("new/born")).toBe(true);
  expect((await hub.ledger.hub.state()).models).toBe(2_501);
  expect((await hub.ledger.health())[0]).toMatchObject({ everWhole: true });
});

test("a row dated 2099 does no harm: it moves no watermark, and what is modified later is still seen", async () => {
  const hub = await opened(2_500);
  change(hub, "lab-3/model-3", { lastModified: "2099-01-01T00:00:00.000Z" });
  await hub.run();
  for (const id of ["lab-4/model-4", "lab-5/model-5"]) {
    await hub.pass(HOUR_MS);
    change(hub, id, { lastModified: isoNow(hub), tags: ["license:mit"] });
    expect(await hub.run()).toMatchObject({ outcome: "complete", pages: 1, changed: 1 });
    const { watermark } = await hub.ledger.hub.state();
    expect(watermark).toBe(hub.clock.now());
  }
});

test("a watermark that a jumping clock left in the future is not believed: one whole crawl heals it", async () => {
  const hub = await opened(1_500);
  await hub.run();
  const { clock } = hub;
  const tenYears = { ...clock, now: () => clock.now() + 3_650 * DAY_MS };
  await hub.run({ runtime: tenYears });
  expect(await hub.run()).toMatchObject({ outcome: "complete", coverage: { kind: "whole" } });
  await hub.pass(HOUR_MS);
  change(hub, "lab-4/model-4", { lastModified: isoNow(hub), tags: ["license:mit"] });
  expect(await hub.run()).toMatchObject({ pages: 1, changed: 1 });
});

test("counters of the models at the top are read again after hours, of all with the next whole crawl; neither is a change", async () => {
  const hub = await opened(3_500);
  await hub.run();
  const top = hub.models.toSorted((a, b) => b.downloads - a.downloads);
  const [most, least] = [top[0], top.at(-1)];
  if (most === undefined || least === undefined) throw new Error("the Hub is empty");
  change(hub, most.id, { downloads: 9_000_000 });
  change(hub, least.id, { likes: 77_000 - 1 });
  const likesOf = async () => (await hub.known()).get(least.id)?.likes;
  const before = await likesOf();
  change(hub, least.id, { likes: (before ?? 0) + 1, downloads: 0, trendingScore: 0 });
  await hub.pass(HOUR_MS);
  await hub.run();
  expect(orders(hub)).toEqual(["lastModified"]);
  await hub.pass(6 * HOUR_MS);
  expect(await hub.run()).toMatchObject({ changed: 0, added: 0 });
  expect(new Set(orders(hub))).toEqual(new Set(["lastModified", "downloads", "likes", "trendingScore"]));
  expect((await hub.known()).get(most.id)?.downloads).toBe(9_000_000);
  await hub.pass(WEEK_MS);
  expect(await hub.run()).toMatchObject({ changed: 0, added: 0, coverage: { kind: "whole" } });
  expect(await likesOf()).toBe((before ?? 0) + 1);
});

test("a model is removed after a whole crawl and a direct look; where the look fails, it stays until another one tells", async () => {
  const hub = await opened(1_500);
  await hub.run();
  remove(hub, "lab-4/model-4");
  remove(hub, "lab-5/model-5");
  await hub.pass(HOUR_MS);
  // An increment proves no absence.
  expect(await hub.run()).toMatchObject({ removed: 0 });
  await hub.pass(WEEK_MS);
  hub.answer = (url) =>
    url.pathname === "/api/models/lab-5/model-5" ? { status: 503, value: { error: "no" } } : undefined;
  expect(await hub.run()).toMatchObject({ outcome: "complete", removed: 1, coverage: { kind: "whole" } });
  const known = await hub.known();
  expect([known.has("lab-4/model-4"), known.has("lab-5/model-5")]).toEqual([false, true]);
  hub.answer = undefined;
  await hub.pass(HOUR_MS);
  expect(await hub.run()).toMatchObject({ removed: 1 });
  expect((await hub.ledger.hub.state()).models).toBe(1_498);
});

test("what the list leaves out and its own page shows is there", async () => {
  const hub = await opened(1_200);
  await hub.run();
  await hub.pass(WEEK_MS);
  const [hidden] = hub.models.splice(4, 1);
  hub.answer = (url) => (url.pathname === "/api/models/lab-4/model-4" ? { value: { ...hidden } } : undefined);
  expect(await hub.run()).toMatchObject({ outcome: "complete", removed: 0 });
  expect((await hub.known()).has("lab-4/model-4")).toBe(true);
  expect(await hub.ledger.hub.missing()).toEqual({ held: 0, waiting: 0 });
});

test("a Hub that shows not even what it just listed removes nothing, and a token that it refuses neither", async () => {
  const hub = await opened(1_200);
  await hub.run();
  remove(hub, "lab-4/model-4");
  await hub.pass(WEEK_MS);
  hub.answer = (url) => (url.pathname === "/api/models" ? undefined : { status: 401, value: {} });
  expect(await hub.run()).toMatchObject({ outcome: "complete", removed: 0 });
  hub.answer = undefined;
  await hub.pass(HOUR_MS);
  expect(await hub.run({ credential: () => "hf_canary" })).toMatchObject({ removed: 0 });
  await hub.pass(HOUR_MS);
  expect(await hub.run()).toMatchObject({ removed: 1 });
});

test("a renamed model is followed, and its old id stays an alias", async () => {
  const hub = await opened(1_500);
  await hub.run();
  change(hub, "lab-4/model-4", { id: "new-home/model-4" });
  hub.renamed.set("lab-4/model-4", "new-home/model-4");
  await hub.pass(WEEK_MS);
  expect(await hub.run()).toMatchObject({ outcome: "complete", removed: 0, changed: 1, added: 1 });
  const known = await hub.known();
  expect(known.has("lab-4/model-4")).toBe(false);
  expect(known.get("new-home/model-4")).toMatchObject({ aliases: ["lab-4/model-4"] });
  expect((await hub.ledger.hub.state()).models).toBe(1_500);
});

test("a mass removal is held and shown, without a single look, until a later crawl misses the same models again", async () => {
  const hub = await opened(1_500);
  await hub.run();
  const gone = hub.models.splice(100, 100);
  await hub.pass(WEEK_MS);
  expect(await hub.run()).toMatchObject({
    outcome: "held",
    held: 100,
    removed: 0,
    coverage: { kind: "whole" },
  });
  expect(hub.asked.every(({ pathname }) => pathname === "/api/models")).toBe(true);
  expect((await hub.known()).size).toBe(1_500);
  const found = await hub.ledger.findings({ source: "huggingface-hub", kind: "held-removal", limit: 1_000 });
  expect(found.map(({ subject }) => subject).toSorted()).toEqual(gone.map(({ id }) => id).toSorted());
  const [back] = gone;
  if (back === undefined) throw new Error("nothing was removed");
  hub.models.push(back);
  await hub.pass(WEEK_MS);
  expect(await hub.run()).toMatchObject({ outcome: "complete", held: 0, removed: 99 });
  expect((await hub.known()).size).toBe(1_401);
});

test("what a run holds is removed when the operator accepts that run, and no other", async () => {
  const hub = await opened(1_500);
  await hub.run();
  hub.models.splice(100, 100);
  await hub.pass(WEEK_MS);
  const held = await hub.run();
  const accepting = { ledger: hub.ledger, runtime: hub.clock, holder: "operator" };
  await expect(acceptRun(1, accepting)).rejects.toThrow("holds nothing back any more");
  expect(await acceptRun(held.runId ?? 0, accepting)).toMatchObject({ removed: 100, prices: 0 });
  expect((await hub.known()).size).toBe(1_400);
  expect(await hub.ledger.findings({ source: "huggingface-hub", kind: "held-removal", limit: 9 })).toEqual(
    [],
  );
  await expect(acceptRun(held.runId ?? 0, accepting)).rejects.toThrow("holds nothing back any more");
});

test("a cap reads the most downloaded, proves a window and removes nothing; a wider one reads again", async () => {
  const hub = await opened(3_000);
  const top = (count: number) =>
    new Set(
      hub.models
        .toSorted((a, b) => b.downloads - a.downloads)
        .slice(0, count)
        .map(({ id }) => id),
    );
  expect(await hub.run({ hubLimit: 1_200 })).toMatchObject({
    outcome: "complete",
    pages: 2,
    added: 1_200,
    coverage: { kind: "window", evidence: expect.stringContaining("MODELDEX_HUB_LIMIT is 1200") as string },
  });
  expect(new Set((await hub.known()).keys())).toEqual(top(1_200));
  const [first] = [...top(1)];
  remove(hub, first ?? "");
  await hub.pass(HOUR_MS);
  change(hub, [...top(3_000)].at(-1) ?? "", { lastModified: isoNow(hub) });
  expect(await hub.run({ hubLimit: 1_200 })).toMatchObject({ added: 0, pages: 1 });
  await hub.pass(WEEK_MS);
  expect(await hub.run({ hubLimit: 1_200 })).toMatchObject({ removed: 0, coverage: { kind: "window" } });
  expect((await hub.known()).has(first ?? "")).toBe(true);
  expect(await hub.run()).toMatchObject({ coverage: { kind: "whole" }, removed: 1 });
  expect((await hub.known()).size).toBe(2_999);
});

test("a row that cannot be read is set apart alone, and its model is not missing", async () => {
  const hub = await opened(1_500);
  await hub.run();
  await hub.pass(WEEK_MS);
  change(hub, "lab-4/model-4", { downloads: -1 });
  expect(await hub.run()).toMatchObject({ outcome: "complete", rejected: 1, removed: 0, unique: 1_500 });
  expect((await hub.known()).has("lab-4/model-4")).toBe(true);
  expect(
    await hub.ledger.findings({ source: "huggingface-hub", kind: "rejected-item", limit: 9 }),
  ).toMatchObject([{ subject: "lab-4/model-4" }]);
});

test("a list that is garbage by a fifth, or empty, changes nothing, and the next one is read from the front", async () => {
  const hub = await opened(1_500);
  await hub.run();
  const before = await hub.known();
  await hub.pass(WEEK_MS);
  hub.models.forEach((model, index) => {
    if (index % 3 === 0) model.downloads = -1;
  });
  expect(await hub.run()).toMatchObject({ outcome: "rejected", error: { code: "too-many-rejected" } });
  hub.answer = () => ({ value: [] });
  expect(await hub.run()).toMatchObject({ outcome: "rejected", error: { code: "empty" } });
  hub.answer = undefined;
  expect(await hub.known()).toEqual(before);
  hub.models.forEach((model) => {
    model.downloads = 5;
  });
  expect(await hub.run()).toMatchObject({ outcome: "complete", unique: 1_500, added: 0 });
});

test("a page that is too much for the Hub is halved, and grows again when the Hub is well", async () => {
  const hub = await opened(7_000);
  let isIll = true;
  hub.answer = (url) =>
    isIll && Number(url.searchParams.get("limit")) > 500 ? { status: 504, value: {} } : undefined;
  const onProgress = (progress: { readonly kind: string; readonly pages?: number }) => {
    if (progress.kind === "page" && progress.pages === 2) isIll = false;
  };
  expect(await hub.run({ onProgress })).toMatchObject({ outcome: "complete", unique: 7_000 });
  const sizes = hub.asked.map((url) => Number(url.searchParams.get("limit")));
  expect([sizes[0], sizes[1], sizes.at(-1)]).toEqual([1_000, 500, 1_000]);
});

test("pages that go in circles end the run, and prove nothing", async () => {
  const hub = await opened(3_000);
  let turns = 0;
  hub.answer = (url) => {
    if (!url.searchParams.has("cursor")) return undefined;
    turns += 1;
    const next = new URL(url);
    next.searchParams.set("cursor", `ever-new-${turns}`);
    return { value: [{ id: "a/1" }], headers: { link: `<${next.href}>; rel="next"` } };
  };
  expect(await hub.run()).toMatchObject({ outcome: "partial", error: { code: "loop" } });
  expect((await hub.known()).size).toBe(0);
});
