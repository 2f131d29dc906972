/** The models that can be called, read out of the Hub's list page by page: as many as were asked for, or an error. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keptIn } from "../../src/check/kept.ts";
import { startAsking, type Asking } from "./asking.ts";

let asking: Asking;
beforeEach(async () => {
  asking = await startAsking();
});
afterEach(() => asking.end());

const TOKEN = "hf_aTokenForTheTestsOfThisFile00000";

/** Models of groq, of which one in so many is live. */
function serve(count: number, liveEvery = 1): void {
  for (let index = 0; index < count; index += 1) {
    const status = index % liveEvery === 0 ? "live" : "staging";
    asking.hub.models.set(`lab/model-${index}`, { mapping: { groq: { status, task: "conversational" } } });
  }
}

/** Every page is this one, and names a next one. */
function serveForEver(ids: readonly string[], next: (page: number) => string): void {
  const inferenceProviderMapping = [{ provider: "groq", status: "live" }];
  const given = {
    status: 200,
    body: ids.map((id) => ({ id, inferenceProviderMapping })),
    headers: {
      get link() {
        return `<${next(asking.hub.requests.length)}>; rel="next"`;
      },
    },
  };
  asking.hub.answer("/api/models", given);
}

describe("the list is paged through", () => {
  test.each([
    [3_000, 2_500, true, 3],
    [2_500, 2_500, true, 3],
    [1_500, 1_500, false, 2],
    [1_000, 1_000, false, 1],
    [7, 7, false, 1],
    [99_999, 2_500, true, 3],
  ])(
    "of 2,500, %i are asked for: %i are told, all: %s, in %i requests",
    async (limit, told, isAll, requests) => {
      serve(2_500);
      const found = await asking.checks.getModelsForProvider("groq", { limit });
      expect([found.models.length, found.isAll]).toEqual([told, isAll]);
      expect(new Set(found.models.map(({ id }) => id)).size).toBe(told);
      expect(asking.hub.requests).toHaveLength(requests);
    },
  );

  test("until there are enough that are live", async () => {
    serve(1_000, 50);
    const found = await asking.checks.getModelsForProvider("groq", { limit: 10 });
    expect([found.models.length, found.isAll, asking.hub.requests.length]).toEqual([10, false, 5]);
  });

  test("the next page is asked as `Link` has it", async () => {
    serve(300, 2);
    await asking.checks.getModelsForProvider("groq", { limit: 120, task: "conversational" });
    const asked = "inference_provider=groq&pipeline_tag=text-generation&";
    expect(asking.hub.requests.map(({ url }) => url)).toEqual([
      `/api/models?${asked}expand%5B%5D=inferenceProviderMapping&sort=downloads&limit=120`,
      `/api/models?${asked}expand=inferenceProviderMapping&sort=downloads&limit=120&cursor=120`,
    ]);
  });

  test("a row that moves across a page is told once", async () => {
    serveForEver(["lab/a", "lab/b"], (page) => `https://huggingface.co/api/models?cursor=${page}`);
    const found = await asking.checks.getModelsForProvider("groq", { limit: 50 });
    expect(found.models.map(({ id }) => id)).toEqual(["lab/a", "lab/b"]);
  });
});

describe("what may not go on", () => {
  test("a list without an end is left after twenty pages, and is not called all", async () => {
    serveForEver(["lab/a"], (page) => `https://huggingface.co/api/models?cursor=${page}`);
    expect(await asking.checks.getModelsForProvider("groq", { limit: 50 })).toMatchObject({ isAll: false });
    expect(asking.hub.requests).toHaveLength(20);
  });

  test.each([
    "https://huggingface.co.evil.example/api/models?cursor=1",
    "/api/whoami-v2",
    "file:///etc/passwd",
  ])("a next page at %s is not asked for, with a token or without", async (next) => {
    asking.hub.tokens.set(TOKEN, {});
    serveForEver(["lab/a"], () => next);
    for (const token of [undefined, TOKEN])
      await expect(asking.checks.getModelsForProvider("groq", { token })).rejects.toThrow("not its own");
    expect(asking.hub.requests).toHaveLength(2);
  });

  test("half a list is no answer", async () => {
    serve(2_500);
    const asked = asking.checks.getModelsForProvider("groq", { limit: 2_500 });
    asking.hub.answer("/api/models", { status: 503 });
    await expect(asked).rejects.toThrow("status 503");
  });
});

test("a list of thousands is remembered for an hour, but on no disk", async () => {
  const directory = mkdtempSync(join(tmpdir(), "modeldex-kept-"));
  try {
    serve(2_500);
    const checks = asking.another({ kept: keptIn(directory) });
    for (const limit of [2_500, 2_500, 5, 5]) await checks.getModelsForProvider("groq", { limit });
    expect(asking.hub.requests).toHaveLength(3 + 1);
    expect(readdirSync(directory)).toHaveLength(1);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
