/** The Hub over real HTTP: what is read, what it proves, and what is kept when views fail. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HUB_LIST, HUB_HOST, simulatedHub, type Hub, type HubOptions } from "../simulator/hub.ts";
import { FOUNDING, foundingModels } from "../simulator/hub-founding.ts";
import { hubModels, movingDownloads } from "../simulator/hub-models.ts";
import type { WebSource } from "../../src/kit/source.ts";
import { huggingface } from "../../src/sources/huggingface.ts";
import { openWorld, type World } from "../bad-world/world.ts";

/** As it is, but without its pace: what is anonymous would wait half a second before each request. */
const HUB: WebSource = { ...huggingface, pace: { intervalMs: 0 } };
const [byBirth, byLikes, byDownloads] = HUB.views;
if (byLikes === undefined || byDownloads === undefined) throw new Error("the Hub has further views");
const TASKS = HUB.partition?.parts?.length ?? 0;

let world: World;
beforeEach(async () => {
  world = await openWorld({ limits: { bodyBytesMax: 8 * 1024 * 1024 } });
});
afterEach(() => world.close());

function serve(options: HubOptions): Hub {
  const hub = simulatedHub(options);
  world.upstreams.setBody({ host: HUB_HOST }, hub.answer);
  return hub;
}

function withoutPartition(source: WebSource): WebSource {
  const { partition: _, ...rest } = source;
  return rest;
}

describe("by cursor", () => {
  test("1,377 of 1,377 in two requests, whole", async () => {
    serve({ models: hubModels(1_377) });
    expect(await world.run(HUB)).toMatchObject({
      outcome: "complete",
      coverage: { kind: "whole", evidence: "the list ended after 2 pages" },
      requests: 2,
      rows: 1_377,
      unique: 1_377,
      added: 1_377,
      rejected: 0,
      ignored: {},
    });
  });

  test("every provider of a model is an offer; adapters and models without a task are kept apart and kept", async () => {
    const models = hubModels(500, {
      providers: ["hf-inference", "novita", "together"],
      adapterEvery: 7,
      untaskedEvery: 5,
    });
    serve({ models });
    const report = await world.run(HUB);
    const own = models.filter(({ inferenceProviderMapping: [first] }) => first?.type === "single-model");
    expect(report).toMatchObject({
      outcome: "complete",
      unique: 500,
      offers: own.reduce((sum, { inferenceProviderMapping }) => sum + inferenceProviderMapping.length, 0),
      ignored: { "an adapter of a model that is served": 500 - own.length },
      rejected: 0,
    });
    expect(await world.ledger.findings({ limit: 10 })).toEqual([]);
  });

  test("counters that move while the list is read lose no row", async () => {
    const models = hubModels(5_000);
    const hub = { models, onPage: movingDownloads(0.1) };
    serve(hub);
    expect(await world.run(HUB)).toMatchObject({ rows: 5_000, unique: 5_000, coverage: { kind: "whole" } });

    serve(hub);
    const byCounter = await world.run({ ...withoutPartition(HUB), views: [byDownloads] });
    expect(byCounter.unique).toBeLessThan(5_000);
  });

  test("a page that is too much for the Hub is asked for by halves", async () => {
    serve({ models: hubModels(1_377), itemsMax: 500 });
    expect(await world.run(HUB)).toMatchObject({
      outcome: "complete",
      coverage: { kind: "whole" },
      unique: 1_377,
      requests: 4,
      retries: 1,
    });
  });

  test("its pages are not kept as they came", async () => {
    serve({ models: hubModels(10) });
    const { runId = 0 } = await world.run(HUB);
    expect(await world.ledger.rawPages(runId)).toEqual([]);
  });
});

describe("where no page names a next", () => {
  test("likes and downloads give 1,204 models, 796 of them twice: a window", async () => {
    serve({ models: foundingModels(), mode: "founding" });
    const report = await world.run({ ...withoutPartition(HUB), views: [byLikes, byDownloads] });
    expect(report).toMatchObject({
      outcome: "complete",
      coverage: { kind: "window" },
      rows: 2 * FOUNDING.page,
      unique: FOUNDING.together,
      views: [
        { view: "sort=likes", returned: 1_000, fresh: 1_000, duplicate: 0 },
        { view: "sort=downloads", returned: 1_000, fresh: FOUNDING.onlyInOne, duplicate: FOUNDING.common },
      ],
    });
    expect(report.coverage?.evidence).toBe(
      "cut short after 1 page: the only page is full (1000) and names no next; 2 views give 1204 rows together",
    );
  });

  test("the names of the web page are refused, and `offset` is ignored", async () => {
    serve({ models: foundingModels(), mode: "founding" });
    for (const sort of ["trending", "created"]) {
      const view = { name: sort, path: "/api/models", query: { sort } };
      expect(await world.run({ ...withoutPartition(HUB), views: [view] })).toMatchObject({
        outcome: "failed",
      });
    }
    const ids = async (query: string) =>
      ((await (await fetch(`${world.upstreams.url}/${HUB_LIST}?${query}`)).json()) as { id: string }[]).map(
        ({ id }) => id,
      );
    expect(await ids("offset=1000&limit=2000")).toEqual(await ids("limit=2000"));
  });

  test("the parts by task give 1,377 of 1,377: whole, with its evidence", async () => {
    serve({ models: foundingModels(), mode: "founding" });
    const report = await world.run(HUB);
    expect(report).toMatchObject({ outcome: "complete", unique: FOUNDING.models, added: FOUNDING.models });
    expect(report.coverage).toEqual({
      kind: "whole",
      evidence: `cut short after 1 page: the only page is full (1000) and names no next; all ${TASKS} parts by pipeline_tag ended, and no row lies outside them: 1377 rows together`,
    });
    expect(report.views.reduce((sum, { fresh }) => sum + fresh, 0)).toBe(FOUNDING.models);
    expect(report.requests).toBe(HUB.views.length + TASKS);
  });

  test("a model that is gone then is removed, as from any whole list", async () => {
    const models = foundingModels();
    serve({ models, mode: "founding" });
    await world.run(HUB);
    world.upstreams.clearBodies();
    serve({ models: models.slice(1), mode: "founding" });
    expect(await world.run(HUB)).toMatchObject({ outcome: "complete", removed: 1 });
  });

  test("a task that no table knows is asked for all the same", async () => {
    const models = foundingModels().map((model, index) =>
      index % 50 === 0 ? { ...model, pipeline_tag: "dream-reading" } : model,
    );
    serve({ models, mode: "founding" });
    expect(await world.run(HUB)).toMatchObject({ unique: FOUNDING.models, coverage: { kind: "whole" } });
  });
});

describe("a view that fails", () => {
  test("with 429 to the end keeps what the first brought, is partial, and asks little more", async () => {
    const hub = simulatedHub({ models: foundingModels(), mode: "founding" });
    world.upstreams.setBody({ host: HUB_HOST }, (request) =>
      request.query.get("sort") === byBirth.query?.["sort"] && !request.query.has("pipeline_tag")
        ? hub.answer(request)
        : { status: 429, body: "<h1>429</h1>", headers: { "content-type": "text/html" } },
    );
    const report = await world.run(HUB);
    expect(report).toMatchObject({
      outcome: "partial",
      coverage: { kind: "partial" },
      error: { code: "rate-limited" },
      added: 1_000,
      removed: 0,
    });
    // Two views in a row are lost: no third is asked.
    expect(report.requests).toBeLessThanOrEqual(1 + 2 * (1 + world.context.limits.retriesPerPageMax));
  });

  test("that says to stay away for long ends the run at once", async () => {
    const hub = simulatedHub({ models: foundingModels(), mode: "founding" });
    world.upstreams.setBody({ host: HUB_HOST }, (request) =>
      request.query.get("sort") === "createdAt"
        ? hub.answer(request)
        : { status: 429, headers: { "retry-after": "600" } },
    );
    expect(await world.run(HUB)).toMatchObject({ outcome: "partial", added: 1_000, requests: 2 });
  });

  test("once does not stand in the way of the others", async () => {
    const hub = simulatedHub({ models: foundingModels(), mode: "founding" });
    world.upstreams.setBody({ host: HUB_HOST }, (request) =>
      request.query.get("sort") === "likes" ? { status: 400 } : hub.answer(request),
    );
    expect(await world.run(HUB)).toMatchObject({
      outcome: "complete",
      unique: FOUNDING.models,
      coverage: { kind: "whole" },
    });
  });

  test("in the middle of its pages is followed by the next, whose pages repeat the first's", async () => {
    const hub = simulatedHub({ models: hubModels(2_500) });
    let pages = 0;
    world.upstreams.setBody({ host: HUB_HOST }, (request) => {
      if (request.query.get("sort") !== "createdAt") return hub.answer(request);
      pages += 1;
      return pages > 2 ? { status: 404 } : hub.answer(request);
    });
    expect(await world.run(HUB)).toMatchObject({ outcome: "partial", unique: 2_500, added: 2_500 });
  });
});
