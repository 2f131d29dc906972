/** The client of the library against the real server over real HTTP. */
import { readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { ApiProblem, createClient, type Client } from "../../src/client/client.ts";
import { createServer, type Server } from "../../src/serve/http/server.ts";
import { ADMIN_KEY, fakeApplication } from "../serve/support/application.ts";
import { serverOptions } from "../serve/support/server.ts";

const MANY = 250;
const SLASHED = "lab/with/slashes & ?spaces#";

function manyModels(): Shelf {
  const ids = [...Array.from({ length: MANY }, (_, index) => `lab/m${index}`), SLASHED, "a/twin", "b/twin"];
  const models = ids.map((id) => {
    const own = { id: `groq/groq/${id}-x`, gateway: "groq", provider: "groq", native_id: `${id}-x` };
    return {
      id,
      aliases: id === "lab/m0" ? ["lab/old"] : [],
      document: { id, object: "model", name: id, offers_count: 1, gateways: ["groq"], owned_by: "lab" },
      offers: [{ id: own.id, document: { ...own, object: "offer", model: id } }],
    };
  });
  return { catalog: buildCatalog(models, 7, 0), freshness: new Map() };
}

let server: Server;
let url: string;
let client: Client;

beforeAll(async () => {
  server = createServer(fakeApplication({ shelf: manyModels() }), serverOptions());
  url = await server.listen();
  client = createClient(url);
});
afterAll(() => server.close());

describe("questions", () => {
  test("an address is asked with typed parameters, lists of words by comma", async () => {
    const page = await client.get("/v1/models", {
      gateway: ["groq", "xai"],
      limit: 2,
      fields: ["id", "name"],
    });
    expect(page).toMatchObject({ object: "list", total: MANY + 3, has_more: true, revision: 7 });
    expect(Object.keys(page.data[0] ?? {})).toEqual(["id", "name"]);
  });

  test("names in braces are taken out of the question, and encoded", async () => {
    const model = await client.get("/v1/models/{lab}/{name}", {
      lab: "lab",
      name: "with/slashes & ?spaces#",
    });
    expect(model.id).toBe(SLASHED);
    expect((await client.get("/v1/models/{id}", { id: SLASHED })).id).toBe(SLASHED);
  });

  test("an old id leads to the model", async () => {
    expect((await client.get("/v1/models/{lab}/{name}", { lab: "lab", name: "old" })).id).toBe("lab/m0");
  });

  test("an id that may mean several models answers with the candidates", async () => {
    const answer = await client.get("/v1/resolve", { id: "twin" });
    expect(answer.object === "candidates" && answer.candidates.map(({ model }) => model)).toEqual([
      "a/twin",
      "b/twin",
    ]);
  });

  test("what is refused is an error that a program can read", async () => {
    const refused = client.get("/v1/models", { gateway: "qroq" });
    await expect(refused).rejects.toBeInstanceOf(ApiProblem);
    await expect(refused).rejects.toMatchObject({
      status: 400,
      code: "unknown-name",
      problem: { parameter: "gateway", guess: "groq" },
    });
    const gone = client.get("/v1/models/{id}", { id: "nobody/nothing" });
    await expect(gone).rejects.toMatchObject({ status: 404, code: "no-such-model" });
  });

  test("an answer that is no problem document is an error all the same", async () => {
    const other = createClient(url, { fetch: async () => new Response("<html>", { status: 502 }) });
    await expect(other.get("/v1/models")).rejects.toMatchObject({ status: 502, code: undefined });
  });

  test("a signal ends the waiting", async () => {
    await expect(client.get("/v1/models", {}, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });
});

describe("lists", () => {
  test("pages follow the cursor to the end", async () => {
    const ids: string[] = [];
    let pages = 0;
    for await (const page of client.pages("/v1/models", { limit: 100 })) {
      pages += 1;
      ids.push(...page.data.map(({ id }) => String(id)));
    }
    expect([pages, ids.length, new Set(ids).size]).toEqual([3, MANY + 3, MANY + 3]);
  });

  test.each(["/v1/models", "/v1/offers"] as const)("everything of %s comes as one stream", async (path) => {
    let asked = 0;
    const counting = createClient(url, {
      fetch: (...request) => {
        asked += 1;
        return fetch(...request);
      },
    });
    const ids = (await Array.fromAsync(counting.every(path))).map(({ id }) => id);
    expect([asked, new Set(ids).size]).toEqual([1, MANY + 3]);
  });

  test("where the server has no stream, everything comes page by page", async () => {
    const seen = await Array.fromAsync(client.every("/v1/changes", { limit: 1 }));
    expect(seen.map(({ id }) => id)).toEqual([1, 2, 3]);
  });

  test("whoever has seen enough stops, and the stream ends with him", async () => {
    const seen: unknown[] = [];
    for await (const model of client.every("/v1/models")) {
      seen.push(model);
      if (seen.length === 3) break;
    }
    expect(seen).toHaveLength(3);
  });

  test("a line that comes in pieces, in the middle of a character, is read whole", async () => {
    const bytes = new TextEncoder().encode('{"id":"é😀"}\n{"id":"b"}');
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    const headers = { "content-type": "application/x-ndjson" };
    const bytewise = createClient(url, { fetch: async () => new Response(stream, { headers }) });
    expect(await Array.fromAsync(bytewise.every("/v1/models"))).toEqual([{ id: "é😀" }, { id: "b" }]);
  });
});

describe("commands", () => {
  const admin = () => createClient(`${url}/`, { key: ADMIN_KEY });

  test("go with the key, and without it are refused", async () => {
    expect(await admin().post("/v1/admin/accept", { run: 17 })).toMatchObject({ run: 17, removed: 9 });
    await expect(client.post("/v1/admin/accept", { run: 17 })).rejects.toMatchObject({
      code: "key-required",
    });
  });

  test("decisions are made, listed and taken back", async () => {
    const { id } = await admin().post("/v1/admin/overrides", { kind: "hide", target: "lab/m1" });
    const { data } = await admin().get("/v1/admin/overrides");
    expect(data.some((each) => each.id === id)).toBe(true);
    expect(await admin().delete("/v1/admin/overrides/{id}", { id })).toMatchObject({ id });
  });
});

test("it runs where there is nothing but fetch: it imports no module, of Node's or of ours", () => {
  const folder = new URL("../../src/client/", import.meta.url);
  for (const file of readdirSync(folder)) {
    const code = stripTypeScriptTypes(readFileSync(new URL(file, folder), "utf8"), { mode: "transform" });
    expect(code.replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, "")).not.toMatch(
      /\bimport\b|\brequire\b|\bprocess\b|\bBuffer\b/,
    );
  }
});
