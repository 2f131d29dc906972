/** The Hub, cut off at a thousand models an answer: how a list is divided, and a part that is cut short itself. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { WebSource } from "../../src/kit/source.ts";
import { huggingface } from "../../src/sources/huggingface.ts";
import type { RunReport } from "../../src/sync/run.ts";
import { openWorld, type World } from "../bad-world/world.ts";
import { FOUNDING, foundingModels } from "../simulator/hub-founding.ts";
import { hubModels, type HubModel } from "../simulator/hub-models.ts";
import { HUB_HOST, simulatedHub } from "../simulator/hub.ts";

const HUB: WebSource = { ...huggingface, pace: { intervalMs: 0 } };
const TASKS = HUB.partition?.parts?.length ?? 0;
const LIBRARIES = HUB.partition?.further?.parts?.length ?? 0;
const CUT = "cut short after 1 page: the only page is full (1000) and names no next";
const OF_ONE_TASK = 2_400;

let world: World;
beforeEach(async () => {
  world = await openWorld({ limits: { bodyBytesMax: 8 * 1024 * 1024 } });
});
afterEach(() => world.close());

async function read(models: readonly HubModel[]): Promise<RunReport> {
  world.upstreams.setBody({ host: HUB_HOST }, simulatedHub({ models, mode: "founding" }).answer);
  return world.run(HUB);
}

/** All of one task, which no answer can hold. */
function translations(as: (model: HubModel, index: number) => Partial<HubModel> = () => ({})): HubModel[] {
  return hubModels(OF_ONE_TASK).map((model, index) => ({
    ...model,
    pipeline_tag: "translation",
    ...as(model, index),
  }));
}

function withoutLibrary(model: HubModel): HubModel {
  const { library_name, tags, ...rest } = model;
  return { ...rest, tags: tags.filter((tag) => tag !== library_name && tag.includes(":")) };
}

function withoutTask(model: HubModel): HubModel {
  const { pipeline_tag: task, ...rest } = model;
  return task === undefined ? model : rest;
}

describe("a task that is cut short itself", () => {
  test("is divided by library: 2,400 of 2,400, whole, and the evidence says so", async () => {
    const report = await read(translations());
    expect(report).toMatchObject({ outcome: "complete", unique: OF_ONE_TASK, added: OF_ONE_TASK });
    expect(report.coverage).toEqual({
      kind: "whole",
      evidence: `${CUT}; all ${TASKS} parts by pipeline_tag ended, translation by its ${LIBRARIES} parts by library_name, and no row lies outside them: 2400 rows together`,
    });
    expect(report.requests).toBe(HUB.views.length + TASKS + LIBRARIES);
  });

  test("is counted view by view", async () => {
    const { views } = await read(translations());
    const part = views.find(({ view }) => view === "pipeline_tag=translation filter=diffusers");
    expect(part).toMatchObject({ returned: 800 });
    expect(views.every(({ returned, fresh, duplicate }) => returned === fresh + duplicate)).toBe(true);
    expect(views.reduce((sum, { fresh }) => sum + fresh, 0)).toBe(OF_ONE_TASK);
  });

  test("and a library too by author, which reaches every model that is left and proves nothing", async () => {
    const report = await read(translations(() => ({ library_name: "diffusers", tags: ["diffusers"] })));
    expect(report).toMatchObject({ unique: OF_ONE_TASK, coverage: { kind: "window" }, removed: 0 });
    expect(report.coverage?.evidence).toMatch(
      /; parts by pipeline_tag without an end: translation \(parts by library_name without an end: diffusers \(the 97 parts by author are those that rows name: others may exist\)\)$/,
    );
  });

  test("a thousand parts are the most that is asked for", async () => {
    const report = await read(
      translations((_, index) => ({
        author: `lab-${index}`,
        library_name: "diffusers",
        tags: ["diffusers"],
      })),
    );
    expect(report).toMatchObject({ outcome: "complete", coverage: { kind: "window" } });
    expect(report.requests).toBe(HUB.views.length + 1_000);
    expect(report.coverage?.evidence).toMatch(/parts by author without an end: [\w, -]+ and \d+ more/);
  });

  test("rows of it without a library are looked for by author: a window that says so", async () => {
    const models = translations().map((model, index) => (index % 4 === 0 ? withoutLibrary(model) : model));
    const report = await read(models);
    expect(report).toMatchObject({ unique: OF_ONE_TASK, coverage: { kind: "window" }, removed: 0 });
    expect(report.coverage?.evidence).toMatch(
      /translation \(\d+ rows lie in no part by library_name that can be asked for; the 97 parts by author are those/,
    );
  });
});

describe("models without a task", () => {
  test("lie in no part by task, and are proven where every model has a library", async () => {
    const report = await read(foundingModels({ untaskedEvery: 100 }));
    expect(report).toMatchObject({ unique: FOUNDING.models, coverage: { kind: "whole" } });
    expect(report.coverage?.evidence).toMatch(
      /; \d+ rows lie in no part by pipeline_tag that can be asked for; all \d+ parts by library_name ended, and no row lies outside them: 1377 rows together$/,
    );
  });

  test("nor a library are a window, that removes nothing", async () => {
    const models = foundingModels().map((model, index) =>
      index % 100 === 0 ? withoutTask(withoutLibrary(model)) : model,
    );
    await read(models);
    world.upstreams.clearBodies();
    const report = await read(models.slice(1));
    expect(report).toMatchObject({ outcome: "complete", coverage: { kind: "window" }, removed: 0, held: 0 });
    expect(report.coverage?.evidence).toMatch(
      /\d+ rows lie in no part by library_name that can be asked for/,
    );
  });
});

describe("an upstream that does not do what is asked", () => {
  test("a part that ends without the rows that name it proves nothing", async () => {
    const hub = simulatedHub({ models: foundingModels(), mode: "founding" });
    world.upstreams.setBody({ host: HUB_HOST }, (request) =>
      request.query.get("pipeline_tag") === "translation" || request.query.has("filter")
        ? { value: [] }
        : hub.answer(request),
    );
    const { coverage } = await world.run(HUB);
    expect(coverage?.kind).toBe("window");
    expect(coverage?.evidence).toMatch(/\d+ rows lie in no part by pipeline_tag that can be asked for/);
  });

  test("a question that it overlooks gives the same thousand again, is soon given up, and proves nothing", async () => {
    const hub = simulatedHub({ models: foundingModels(), mode: "founding" });
    world.upstreams.setBody({ host: HUB_HOST }, (request) => {
      for (const name of ["pipeline_tag", "filter", "author"]) request.query.delete(name);
      return hub.answer(request);
    });
    const report = await world.run(HUB);
    expect(report).toMatchObject({ outcome: "complete", coverage: { kind: "window" }, removed: 0 });
    expect(report.requests).toBe(HUB.views.length + 2);
  });
});
