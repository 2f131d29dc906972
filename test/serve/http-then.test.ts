/** Questions about the past at the door. */
import { describe, expect, test } from "vitest";
import { buildCatalog } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import type { Moment } from "../../src/ledger/span.ts";
import { TooManyThen } from "../../src/serve/application.ts";
import { ADMIN_KEY } from "./support/application.ts";
import { HOUR_MS, NOW, smallShelf } from "./support/catalog.ts";
import { served } from "./support/server.ts";

const MODELS = ["lab/one", "lab/two"].map((id) => ({
  id,
  aliases: [],
  document: { id, object: "model", name: id, offers_count: 1, gateways: ["groq"] },
  offers: [{ id: `groq/groq/${id}`, document: { id: `groq/groq/${id}`, object: "offer", gateway: "groq" } }],
}));
const THEN: Shelf = { catalog: buildCatalog(MODELS, 3, 0), freshness: new Map() };

function past(shelfAt: (moment: Moment) => Promise<Shelf | undefined> = async () => THEN) {
  const asked: Moment[] = [];
  const server = served({
    shelfAt: async (moment) => {
      asked.push(moment);
      return shelfAt(moment);
    },
  });
  return { server, asked };
}

describe("as_of", () => {
  test("models, offers and one model are answered from what was true then", async () => {
    const { server, asked } = past();
    const models = (await server.inject("/v1/models?as_of=2d")).json();
    expect(models).toMatchObject({ total: 2, revision: 3, data: [{ id: "lab/one" }, { id: "lab/two" }] });
    expect((await server.inject("/v1/offers?as_of=2d&gateway=groq")).json()).toMatchObject({ total: 2 });
    expect((await server.inject("/v1/models/lab/two?as_of=2d")).json()).toMatchObject({ id: "lab/two" });
    expect((await server.inject("/v1/models/openai/gpt-oss-120b?as_of=2d")).statusCode).toBe(404);
    expect((await server.inject("/v1/models")).json()).toMatchObject({ total: 3, revision: 7 });
    expect(asked[0]).toEqual({ asOf: NOW - 48 * HOUR_MS, knownAt: NOW });
  });

  test("known_at goes with it", async () => {
    const { server, asked } = past();
    await server.inject("/v1/models?as_of=2d&known_at=1d");
    expect(asked).toEqual([{ asOf: NOW - 48 * HOUR_MS, knownAt: NOW - 24 * HOUR_MS }]);
    expect((await server.inject("/v1/models?known_at=1d")).json()).toMatchObject({ parameter: "known_at" });
  });

  test("a cursor walks through the catalog of the moment that it was made for", async () => {
    const { server } = past();
    const first = (await server.inject("/v1/models?as_of=2d&limit=1")).json();
    const second = await server.inject(`/v1/models?as_of=2d&limit=1&cursor=${first.next_cursor}`);
    expect(second.json()).toMatchObject({ data: [{ id: "lab/two" }], has_more: false });
    expect((await server.inject(`/v1/models?limit=1&cursor=${first.next_cursor}`)).statusCode).toBe(410);
  });

  test("the same catalog has the same ETag, and is not sent twice", async () => {
    const { server } = past();
    const { etag } = (await server.inject("/v1/models?as_of=2026-08-03")).headers;
    const again = await server.inject({
      url: "/v1/models?as_of=2026-08-03",
      headers: { "if-none-match": String(etag) },
    });
    expect(again.statusCode).toBe(304);
  });

  test("its ETag says by which rules it was made: under others the same content is another answer", async () => {
    const tagUnder = async (rules: string) => {
      const { server } = past(async () => ({ ...THEN, rules }));
      return String((await server.inject("/v1/models?as_of=2026-08-03")).headers.etag);
    };
    const [four, again, five] = [await tagUnder("4"), await tagUnder("4"), await tagUnder("5")];
    expect(four).toMatch(/^"rules-4-[\w-]{27}"$/);
    expect(again).toBe(four);
    expect(five).toBe(four.replace("rules-4-", "rules-5-"));
    const { server } = past(async () => ({ ...THEN, rules: "5" }));
    const known = { url: "/v1/models?as_of=2026-08-03", headers: { "if-none-match": four } };
    expect((await server.inject(known)).statusCode).toBe(200);
  });

  test("the holder of the admin key is answered from what he sees", async () => {
    const server = served({ shelfAt: async () => THEN, operatorShelf: smallShelf(9) });
    const headers = { authorization: `Bearer ${ADMIN_KEY}` };
    const url = "/v1/models?as_of=2d";
    expect((await server.inject({ url })).json().revision).toBe(3);
    const operator = await server.inject({ url, headers });
    expect([operator.json().revision, operator.headers["cache-control"]]).toEqual([9, "private, no-cache"]);
  });

  test.each([
    ["/v1/models?as_of=yesterday", "as_of"],
    ["/v1/models?as_of=2026-09-01", "as_of"],
    ["/v1/models?as_of=2d&known_at=2026-09-01", "known_at"],
    ["/v1/models?as_of=2d&hub=include", "hub"],
    ["/v1/models/lab/one?as_of=2d&explain=1", "explain"],
  ])("%s is refused for its %s", async (url, parameter) => {
    const answer = await past().server.inject(url);
    expect([answer.statusCode, answer.json().parameter]).toEqual([400, parameter]);
  });

  test("before anything was read there is nothing to answer", async () => {
    const { server } = past(async () => undefined);
    const answer = await server.inject("/v1/models?as_of=2d");
    expect([answer.statusCode, answer.json().detail]).toEqual([
      400,
      "nothing had been read by 2026-08-03T12:00:00Z, as it is known",
    ]);
  });

  test("where too many moments are being built, 503 says when to ask again", async () => {
    const { server } = past(() => Promise.reject(new TooManyThen()));
    const answer = await server.inject("/v1/offers?as_of=2d");
    expect([answer.statusCode, answer.headers["retry-after"]]).toEqual([503, "5"]);
  });
});
