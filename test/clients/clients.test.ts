/** Clients that others wrote, as they are, against the real server over real HTTP. */
import { OpenRouter } from "@openrouter/sdk";
import { ResponseValidationError } from "@openrouter/sdk/models/errors";
import OpenAI, { BadRequestError, NotFoundError } from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { createServer, type Server } from "../../src/serve/http/server.ts";
import { fakeApplication } from "../serve/support/application.ts";
import { serverOptions } from "../serve/support/server.ts";

const MANY = 1_250;

function manyModels(): Shelf {
  const models = Array.from({ length: MANY }, (_, index) => {
    const id = `lab/m${index}`;
    const own = { id: `groq/groq/${id}`, gateway: "groq", provider: "groq", native_id: id };
    return {
      id,
      aliases: index === 0 ? ["lab/old"] : [],
      document: { id, object: "model", created: 1_754_352_000, owned_by: "lab", name: id, offers_count: 1 },
      offers: [{ id: own.id, document: { ...own, object: "offer", model: id } }],
    };
  });
  return { catalog: buildCatalog(models, 7, 0), freshness: new Map() };
}

let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer(fakeApplication({ shelf: manyModels() }), serverOptions());
  url = await server.listen();
});
afterAll(() => server.close());

describe("the openai package", () => {
  const openai = (base: string) => new OpenAI({ baseURL: `${url}${base}`, apiKey: "whatever it asks for" });

  test("lists the first page, since its list does not page, and as many as it asks for", async () => {
    const first = await openai("/v1").models.list();
    expect(first.data).toHaveLength(100);
    expect(first.data[0]).toMatchObject({ object: "model", created: 1_754_352_000, owned_by: "lab" });
    const more = await openai("/v1").models.list({ query: { limit: 1_000, gateway: "groq" } });
    expect(more.data).toHaveLength(1_000);
  });

  test("lists every model at the base URL that is made for it", async () => {
    const ids: string[] = [];
    for await (const { id, created } of openai("/openai/v1").models.list()) {
      ids.push(id);
      expect(created).toBe(1_754_352_000);
    }
    expect([ids.length, new Set(ids).size]).toEqual([MANY, MANY]);
  });

  test.each(["/v1", "/openai/v1"])("retrieves one model at %s, by any id that it has", async (base) => {
    expect((await openai(base).models.retrieve("lab/m7")).id).toBe("lab/m7");
    expect((await openai(base).models.retrieve("lab/old")).id).toBe("lab/m0");
  });

  test("knows what is not there for what it is", async () => {
    await expect(openai("/v1").models.retrieve("nobody/nothing")).rejects.toBeInstanceOf(NotFoundError);
    await expect(openai("/v1").models.list({ query: { nope: 1 } })).rejects.toBeInstanceOf(BadRequestError);
  });
});

describe("the OpenRouter package", () => {
  test("reaches the list, and wants fields of OpenRouter's own; the list is in the error that says so", async () => {
    const client = new OpenRouter({ serverURL: `${url}/v1`, apiKey: "whatever it asks for" });
    const error: unknown = await client.models.list().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ResponseValidationError);
    // It is one, as the line before holds.
    const { rawValue } = error as ResponseValidationError;
    expect(rawValue).toMatchObject({ Result: { object: "list", total: MANY } });
  });
});
