/** Every provider behind Hugging Face, and the models that each serves: from where, and how old. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { KNOWN_AT } from "../../src/check/known-providers.ts";
import { loadConfig } from "../../src/config.ts";
import { NOW, placeAt, startAsking, type Asking } from "./asking.ts";

let asking: Asking;
beforeEach(async () => {
  asking = await startAsking();
  const live = (task: string) => ({ status: "live", task });
  asking.hub.models.set("lab/popular", {
    mapping: { groq: live("conversational"), novita: { status: "staging", task: "conversational" } },
  });
  asking.hub.models.set("lab/liked", {
    mapping: { groq: live("feature-extraction"), newcomer: live("conversational") },
  });
  asking.hub.models.set("lab/dead", { mapping: { groq: { status: "error", task: "conversational" } } });
});
afterEach(() => asking.end());

const HOUR_MS = 3_600_000;
const TOKEN = "hf_aTokenForTheTestsOfThisFile00000";

describe("which providers there are", () => {
  test("without a catalog: the mappings of well-known models and the ids of the Hub's own refusal, united", async () => {
    const found = await asking.checks.discoverProviders();
    expect(found).toMatchObject({ from: ["mappings", "enumeration"], at: NOW, trouble: [] });
    expect(found.providers.map(({ id }) => id)).toEqual([
      "cohere",
      "fal-ai",
      "fireworks-ai",
      "groq",
      "hf-inference",
      "newcomer",
      "novita",
      "replicate",
    ]);
    expect(found.providers[3]).toEqual({
      id: "groq",
      name: "Groq",
      tasks: ["conversational", "feature-extraction"],
    });
    expect(found.providers[5]).toEqual({ id: "newcomer", tasks: ["conversational"] });
  });

  test("an hour of memory: one request for each question", async () => {
    await asking.checks.discoverProviders();
    asking.advance(HOUR_MS - 1);
    expect((await asking.checks.discoverProviders()).at).toBe(NOW);
    expect(asking.hub.requests.map(({ path }) => path).toSorted()).toEqual([
      "/api/models",
      "/api/models/lab/liked",
      "/api/models/lab/popular",
    ]);
  });

  test("the catalog goes first where the Hub's own list was read: with counts, and with its age", async () => {
    const checks = asking.another({ shelf: () => shelf(["huggingface"]) });
    expect(await checks.discoverProviders()).toEqual({
      from: ["catalog"],
      at: NOW - HOUR_MS,
      trouble: [],
      providers: [
        {
          id: "groq",
          name: "Groq",
          live: 2,
          staging: 0,
          error: 1,
          tasks: ["feature-extraction", "text-generation"],
        },
        { id: "novita", name: "Novita", live: 0, staging: 1, error: 0, tasks: ["text-generation"] },
      ],
    });
    expect(asking.hub.requests).toEqual([]);
  });

  test("a catalog that knows the router alone is not the whole of it: the Hub is asked", async () => {
    const checks = asking.another({ shelf: () => shelf(["huggingface-router"]) });
    expect((await checks.discoverProviders()).from).toEqual(["mappings", "enumeration"]);
  });

  test("half an answer is told with its trouble, and believed for a moment", async () => {
    asking.hub.answer("/api/models", { status: 503 });
    asking.hub.answer("/api/models/", {
      status: 200,
      body: { id: "lab/popular", inferenceProviderMapping: { groq: { status: "live" } } },
    });
    const half = await asking.checks.discoverProviders();
    expect(half).toMatchObject({ from: ["mappings"], providers: [{ id: "groq" }], trouble: [/503/] });
    asking.hub.answer("/api/models", undefined);
    asking.advance(5_000);
    expect((await asking.checks.discoverProviders()).from).toEqual(["mappings", "enumeration"]);
  });

  test("the Hub no longer lists its ids: what the mappings say, and that it does not", async () => {
    asking.hub.answer("/api/models", { status: 200, body: [] });
    asking.hub.answer("/api/models/", {
      status: 200,
      body: { id: "lab/popular", inferenceProviderMapping: { groq: { status: "live" } } },
    });
    expect(await asking.checks.discoverProviders()).toMatchObject({
      from: ["mappings"],
      trouble: [/no longer gives it/],
    });
  });

  test("nobody answers: the known list, which says how old it is", async () => {
    const checks = asking.another({ place: placeAt("http://127.0.0.1:9") });
    const known = await checks.discoverProviders();
    expect(known).toMatchObject({ from: ["known-list"], at: KNOWN_AT });
    expect(known.providers).toContainEqual({ id: "fireworks-ai", name: "Fireworks", tasks: [] });
    expect(known.trouble).toHaveLength(2);
  });

  test.each([
    { error: '"inferenceProviders[0]" must be one of [groq, newest]' },
    { error: ['"inferenceProviders[0]" must be one of ["groq", "newest"]'] },
    { errors: [{ message: '"inferenceProviders[0]" must be one of [groq, newest]' }] },
  ])("the Hub's refusal is read however it is written: %j", async (body) => {
    const checks = asking.another({ fallbackModels: [] });
    asking.hub.answer("/api/models", { status: 400, body });
    const { from, providers } = await checks.discoverProviders();
    expect([from, providers.map(({ id }) => id)]).toEqual([["enumeration"], ["groq", "newest"]]);
  });

  test("hostile ids in the refusal are left out", async () => {
    asking.hub.providers.push("../x", "Bad Name", "<script>", "all", "good-one");
    const ids = (await asking.checks.discoverProviders()).providers.map(({ id }) => id);
    expect(ids).toContain("good-one");
    expect(ids.filter((id) => !/^[a-z0-9-]+$/.test(id) || id === "all")).toEqual([]);
  });

  test("the well-known models are a setting, the founding six by default", () => {
    expect(loadConfig({ HOME: "/home/someone" }, "/").huggingFaceFallbackModels).toHaveLength(6);
    const set = { HOME: "/home/someone", HF_FALLBACK_MODELS: "a/b, c/d" };
    expect(loadConfig(set, "/").huggingFaceFallbackModels).toEqual(["a/b", "c/d"]);
    expect(() => loadConfig({ HF_FALLBACK_MODELS: "a/../b" }, "/")).toThrow("HF_FALLBACK_MODELS");
  });
});

describe("which models can be called", () => {
  test("those that are live now, with who serves them", async () => {
    const found = await asking.checks.getAvailableModels({ task: "conversational" });
    expect(found).toMatchObject({ from: "hub", at: NOW, isAll: true });
    expect(found.models).toEqual([
      { id: "lab/popular", providers: [{ provider: "groq", status: "live", task: "conversational" }] },
      { id: "lab/liked", providers: [{ provider: "newcomer", status: "live", task: "conversational" }] },
    ]);
    expect(asking.hub.requests[0]?.url).toContain("inference_provider=all&pipeline_tag=text-generation");
  });

  test("those of one provider, by any spelling of it", async () => {
    asking.hub.models.set("lab/fast", {
      mapping: { "fireworks-ai": { status: "live" }, groq: { status: "live" } },
    });
    const found = await asking.checks.getModelsForProvider("fireworks");
    expect(found.models).toEqual([
      { id: "lab/fast", providers: [{ provider: "fireworks-ai", status: "live" }] },
    ]);
    expect(asking.hub.requests[0]?.url).toContain("inference_provider=fireworks-ai");
  });

  test("from the catalog where it knows them, and nobody is asked", async () => {
    const checks = asking.another({ shelf: () => shelf(["huggingface"]) });
    const found = await checks.getAvailableModels({ inferenceProvider: "groq", limit: 1 });
    expect(found).toMatchObject({
      from: "catalog",
      at: NOW - HOUR_MS,
      isAll: false,
      models: [{ id: "lab/a" }],
    });
    expect(asking.hub.requests).toEqual([]);
  });

  test("with the caller's token the Hub is asked with it, each time, and it is kept for nobody", async () => {
    asking.hub.tokens.set(TOKEN, {});
    const checks = asking.another({ shelf: () => shelf(["huggingface"]) });
    await checks.getAvailableModels({ token: TOKEN });
    await checks.getAvailableModels({ token: TOKEN });
    expect(asking.hub.requests.map(({ authorization }) => authorization)).toEqual([
      `Bearer ${TOKEN}`,
      `Bearer ${TOKEN}`,
    ]);
  });

  test("more than were asked for: it says so", async () => {
    expect(await asking.checks.getAvailableModels({ limit: 1 })).toMatchObject({ isAll: false });
  });

  test("a provider that the Hub does not know is refused with those that it does", async () => {
    await expect(asking.checks.getModelsForProvider("grok")).rejects.toThrow("it knows cohere, fal-ai");
  });

  test("an outage is no empty list", async () => {
    asking.hub.answer("/api/models", { status: 503 });
    await expect(asking.checks.getAvailableModels()).rejects.toThrow("status 503");
    asking.hub.answer("/api/models", { status: 200, body: { error: "x" } });
    asking.advance(5_000);
    await expect(asking.checks.getAvailableModels()).rejects.toThrow("no list");
  });

  test("a token that is refused is no empty list", async () => {
    await expect(asking.checks.getAvailableModels({ token: TOKEN })).rejects.toThrow("refuses the token");
  });
});

/** Four offers behind Hugging Face and one elsewhere, last read an hour ago by these sources. */
function shelf(sources: readonly string[]): Shelf {
  const offer = (gateway: string, provider: string, nativeId: string, facts: object) => ({
    id: `${gateway}/${provider}/${nativeId}`,
    document: { id: "x", gateway, provider, native_id: nativeId, ...facts },
  });
  const model = (id: string, offers: readonly ReturnType<typeof offer>[]) => ({
    id,
    aliases: [],
    document: { id },
    offers,
  });
  const chat = { task: "text-generation" };
  const catalog = buildCatalog(
    [
      model("lab/a", [
        offer("groq", "groq", "lab/a", { ...chat, status: "live" }),
        offer("huggingface", "groq", "lab/a", { ...chat, status: "live" }),
        offer("huggingface", "novita", "lab/a", { ...chat, status: "staging" }),
      ]),
      model("lab/b", [offer("huggingface", "groq", "lab/b", { status: "error" })]),
      model("lab/c", [offer("huggingface", "groq", "lab/c", { status: "live", task: "feature-extraction" })]),
    ],
    1,
    NOW,
  );
  return { catalog, freshness: new Map(sources.map((source) => [source, NOW - HOUR_MS])) };
}
