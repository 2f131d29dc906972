/** Everything that fits as a stream: all of it, of one revision, and no faster than it is read. */
import { Readable } from "node:stream";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { linesOf, wantsLines } from "../../src/serve/http/lines.ts";
import { smallShelf } from "./support/catalog.ts";
import { served } from "./support/server.ts";

const LINES = { accept: "application/x-ndjson" };
const MANY = 2_500;

function manyModels(): Shelf {
  const models = Array.from({ length: MANY }, (_, index) => {
    const id = `lab/m${index}`;
    const document = { id, object: "model", name: id, offers_count: 1, gateways: ["groq"], owned_by: "lab" };
    const offer = {
      id: `groq/groq/${id}`,
      object: "offer",
      gateway: "groq",
      provider: "groq",
      native_id: id,
    };
    return { id, aliases: [], document, offers: [{ id: offer.id, document: { ...offer, model: id } }] };
  });
  return { catalog: buildCatalog(models, 7, 0), freshness: new Map() };
}

function idsOf(body: string): readonly string[] {
  const lines = body.split("\n");
  expect(lines.pop()).toBe("");
  return lines.map((line) => (JSON.parse(line) as { readonly id: string }).id);
}

describe("Accept", () => {
  test.each([
    ["application/x-ndjson", true],
    ["application/ndjson", true],
    ["application/jsonl", true],
    ["application/x-ndjson, application/json;q=0.5", true],
    ["application/json, application/x-ndjson;q=0.5", false],
    ["application/json", false],
    ["*/*", false],
    ["application/x-ndjson;q=0", false],
    [undefined, false],
  ])("%s asks for lines: %s", (accept, wants) => {
    expect(wantsLines(accept)).toBe(wants);
  });
});

describe.each(["/v1/models", "/v1/offers"])("%s as lines", (path) => {
  test("is every document that fits, once, in the order of the pages", async () => {
    const server = served({ shelf: manyModels() });
    const answer = await server.inject({ url: path, headers: LINES });
    expect(answer.headers["content-type"]).toBe("application/x-ndjson; charset=utf-8");
    const ids = idsOf(answer.body);
    expect(ids).toHaveLength(MANY);
    expect(new Set(ids).size).toBe(MANY);
    const page = (await server.inject(`${path}?limit=1000`)).json() as { data: { id: string }[] };
    expect(ids.slice(0, 1_000)).toEqual(page.data.map(({ id }) => id));
  });

  test("keeps to the filters, the fields, and a limit and offset that are stated", async () => {
    const server = served({ shelf: manyModels() });
    const ask = async (query: string) =>
      (await server.inject({ url: `${path}?${query}`, headers: LINES })).body;
    expect(idsOf(await ask("q=m77"))).toHaveLength(11);
    expect(await ask("q=m77&fields=id&limit=1")).toMatch(/^\{"id":"[^"]*m77"\}\n$/);
    expect(idsOf(await ask("limit=3&offset=2"))).toEqual(idsOf(await ask("limit=5")).slice(2));
    expect(await ask("q=nothing")).toBe("");
  });

  test("has a tag of its own, a 304, a HEAD without a body, and travels compressed", async () => {
    const server = served();
    const plain = await server.inject({ url: path, headers: LINES });
    const tag = String(plain.headers.etag);
    expect(tag).not.toBe((await server.inject(path)).headers.etag);
    const known = await server.inject({ url: path, headers: { ...LINES, "if-none-match": tag } });
    expect([known.statusCode, known.body]).toEqual([304, ""]);
    const head = await server.inject({ method: "HEAD", url: path, headers: LINES });
    expect([head.statusCode, head.body, head.headers.etag]).toEqual([200, "", tag]);
    const coded = await server.inject({ url: path, headers: { ...LINES, "accept-encoding": "gzip" } });
    expect(coded.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(coded.rawPayload).toString()).toBe(plain.body);
  });

  test("has no pages, and so no cursor; a wrong question is a problem, not a stream", async () => {
    const server = served({ shelf: manyModels() });
    const cursor = String((await server.inject(`${path}?limit=1`)).json().next_cursor);
    for (const query of [`cursor=${cursor}`, "nope=1", "gateway=nobody"]) {
      const answer = await server.inject({ url: `${path}?${query}`, headers: LINES });
      expect([answer.statusCode, answer.headers["content-type"]]).toEqual([
        400,
        "application/problem+json; charset=utf-8",
      ]);
    }
  });
});

test("no more is made than is read", async () => {
  let made = 0;
  function* documents() {
    for (;;) {
      made += 1;
      yield Buffer.alloc(1_000, "a");
    }
  }
  const reply = linesOf(smallShelf(), documents(), "/v1/models");
  if (reply.kind !== "lines") throw new Error("lines are asked for");
  const stream = Readable.from(reply.lines(), { objectMode: false });
  let read = 0;
  for await (const chunk of stream) {
    read += (chunk as Buffer).length;
    expect(made * 1_001 - read).toBeLessThan(400_000);
    if (read > 5_000_000) break;
  }
  expect(stream.destroyed).toBe(true);
});
