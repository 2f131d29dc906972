/** What others may keep, and how they ask whether it still holds. */
import { describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import { NOW, smallShelf } from "./support/catalog.ts";
import { served } from "./support/server.ts";

async function tagOf(url: string, shelf = smallShelf()) {
  return String((await served({ shelf }).inject(url)).headers.etag);
}

describe("ETag", () => {
  test("is strong, and the same for the same question to the same revision", async () => {
    const tag = await tagOf("/v1/models");
    expect(tag).toMatch(/^"[\w-]{20,}"$/);
    expect(await tagOf("/v1/models")).toBe(tag);
  });

  test("differs by question, by revision, and when a source was read again", async () => {
    const read = { ...smallShelf(), freshness: new Map([["groq", NOW]]) };
    const tags = [
      await tagOf("/v1/models"),
      await tagOf("/v1/models?limit=1"),
      await tagOf("/v1/offers"),
      await tagOf("/v1/models", smallShelf(8)),
      await tagOf("/v1/models", read),
    ];
    expect(new Set(tags).size).toBe(tags.length);
  });

  test("differs when one of the Hub's counters moved", async () => {
    const hub = { huggingface_metrics: { gated: false } };
    const entry = { id: "lab/a", aliases: [], document: { id: "lab/a", ...hub }, offers: [] };
    const shelfWith = (downloads: number) => ({
      catalog: buildCatalog([{ ...entry, counters: { downloads } }], 7, NOW),
      freshness: new Map(),
    });
    expect(shelfWith(1).catalog.hash).toBe(shelfWith(2).catalog.hash);
    expect(await tagOf("/v1/models", shelfWith(1))).not.toBe(await tagOf("/v1/models", shelfWith(2)));
  });

  test.each([
    "/v1/models",
    "/v1/models/openai/gpt-oss-120b",
    "/v1/offers",
    "/v1/gateways",
    "/v1/sources",
    "/v1/changes",
    "/v1/runs",
    "/v1/findings",
  ])("%s answers 304 to whoever has it already", async (url) => {
    const tag = await tagOf(url);
    for (const value of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
      const answer = await served().inject({ url, headers: { "if-none-match": value } });
      expect([answer.statusCode, answer.body, answer.headers.etag]).toEqual([304, "", tag]);
      expect(answer.headers["cache-control"]).toContain("max-age");
      expect(answer.headers["access-control-allow-origin"]).toBe("*");
    }
    expect((await served().inject({ url, headers: { "if-none-match": '"other"' } })).statusCode).toBe(200);
  });

  test("a wrong question is a 400, whatever the caller says it has", async () => {
    const answer = await served().inject({ url: "/v1/models?nope=1", headers: { "if-none-match": "*" } });
    expect(answer.statusCode).toBe(400);
  });
});

describe("Cache-Control", () => {
  test.each([
    ["/v1/models", /^public, max-age=60, stale-while-revalidate=\d+, stale-if-error=\d+$/],
    ["/v1/sources", /^public, max-age=5, /],
    ["/healthz", /^no-store$/],
    ["/v1/nothing", /^no-store$/],
    ["/v1/models?nope=1", /^no-store$/],
  ])("of %s", async (url, says) => {
    expect((await served().inject(url)).headers["cache-control"]).toMatch(says);
  });
});

describe("HEAD and CORS", () => {
  test("HEAD answers what GET does, without a body", async () => {
    for (const url of ["/v1/models", "/v1/sources", "/healthz", "/v1/models/nobody/nothing"]) {
      const got = await served().inject(url);
      const head = await served().inject({ method: "HEAD", url });
      expect([head.statusCode, head.body, head.headers.etag]).toEqual([got.statusCode, "", got.headers.etag]);
      expect(head.headers["content-length"]).toBe(got.headers["content-length"]);
    }
  });

  test("a page of another origin may read, and may send conditional requests", async () => {
    const preflight = await served().inject({
      method: "OPTIONS",
      url: "/v1/models",
      headers: {
        origin: "https://a.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
      },
    });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD, OPTIONS",
    });
    const answer = await served().inject({ url: "/v1/models", headers: { origin: "https://a.example" } });
    expect(answer.headers["access-control-expose-headers"]).toContain("ETag");
  });
});
