/** An operator's decisions at the doors: checked against what there is, made, listed and taken back. */
import { describe, expect, test } from "vitest";
import { ADMIN_KEY } from "./support/application.ts";
import { smallShelf } from "./support/catalog.ts";
import { fakeHost, type } from "./support/host.ts";
import { served } from "./support/server.ts";

const headers = { authorization: `Bearer ${ADMIN_KEY}` };
const MODEL = "openai/gpt-oss-120b";
const OFFER = `groq/groq/${MODEL}`;

async function post(payload: object, server = served()) {
  return server.inject({ method: "POST", url: "/v1/admin/overrides", headers, payload });
}

describe("over HTTP", () => {
  test("a decision is written down with the ids that there are, listed, and taken back", async () => {
    const server = served();
    const made = await post({ kind: "hide", target: "openai/gpt-oss-120b-old" }, server);
    expect([made.statusCode, made.json()]).toEqual([200, { revision: 8, id: 4 }]);
    expect(server.application.commands).toEqual([{ kind: "hide", target: MODEL }]);
    const listed = await server.inject({ url: "/v1/admin/overrides", headers });
    expect(listed.json()).toMatchObject({
      total: 2,
      data: [{ id: 3 }, { id: 4, object: "override", kind: "hide", target: MODEL }],
    });
    const url = "/v1/admin/overrides/4";
    expect((await server.inject({ method: "DELETE", url, headers })).json()).toEqual({ revision: 9, id: 4 });
    const gone = await server.inject({ method: "DELETE", url, headers });
    expect([gone.statusCode, gone.json().type]).toEqual([404, "urn:modeldex:problem:no-such-override"]);
  });

  test.each([
    [{ kind: "hide", target: "nobody/nothing" }, 404],
    [{ kind: "pin", target: MODEL, field: "status", value: "live" }, 400],
    [{ kind: "pin", target: OFFER, field: "context_tokens", value: "many" }, 400],
    [{ kind: "pin", target: OFFER, field: "context_tokens" }, 400],
    [{ kind: "alias", target: "x", model: "nobody/nothing" }, 404],
    [{ kind: "alias", target: "x", model: OFFER }, 404],
    [{ kind: "alias", target: MODEL, model: MODEL }, 400],
    [{ kind: "alias", target: "\u0000", model: MODEL }, 400],
    [{ kind: "delete", target: MODEL }, 400],
    [{ kind: "hide", target: MODEL, more: 1 }, 400],
    [{}, 400],
  ])("%j is refused, and nothing is decided", async (payload, status) => {
    const server = served();
    const answer = await post(payload, server);
    expect([answer.statusCode, server.application.commands]).toEqual([status, []]);
    expect(answer.headers["content-type"]).toContain("problem+json");
  });

  test.each(["x", "-1", "1.5", "99999999999999999999", "%00"])("override %s is not there", async (id) => {
    const answer = await served().inject({ method: "DELETE", url: `/v1/admin/overrides/${id}`, headers });
    expect(answer.statusCode).toBe(404);
  });
});

describe("what only the operator sees", () => {
  const shelf = smallShelf();
  const operatorShelf = smallShelf(9);

  test("is shown with the admin key, kept by nobody, and to no web page", async () => {
    const server = served({ shelf, operatorShelf });
    const everybody = await server.inject("/v1/models");
    const operator = await server.inject({ url: "/v1/models", headers });
    const again = await server.inject("/v1/models");
    expect([everybody, operator, again].map((answer) => answer.json().revision)).toEqual([7, 9, 7]);
    expect(operator.headers["cache-control"]).toBe("private, no-cache");
    expect(operator.headers).not.toHaveProperty("access-control-allow-origin");
    expect(operator.headers.etag).not.toBe(everybody.headers.etag);
    for (const answer of [everybody, operator]) expect(answer.headers.vary).toContain("Authorization");
  });

  test("is not shown with any other key, of which clients of others always send one", async () => {
    const server = served({ shelf, operatorShelf });
    const other = { authorization: "Bearer sk-whatever" };
    expect((await server.inject({ url: "/v1/models", headers: other })).json().revision).toBe(7);
    const off = served({ shelf, operatorShelf, adminKey: undefined });
    expect((await off.inject({ url: "/v1/models", headers })).json().revision).toBe(7);
  });
});

describe("on the command line", () => {
  test("a model is hidden and shown again by any id that it has", async () => {
    const host = fakeHost();
    const { code, out } = await type(["hide", "openai/gpt-oss-120b-old"], host);
    expect([code, out]).toEqual([0, `${MODEL} is hidden\nrevision 8\n`]);
    await type(["unhide", "openai/gpt-oss-120b-old"], host);
    expect(host.application.commands).toEqual([{ kind: "hide", target: MODEL }, 4]);
  });

  test("several pins are looked at before the first is taken", async () => {
    const host = fakeHost();
    expect((await type(["pin", OFFER, "context_tokens=5", "nope=1"], host)).code).toBe(2);
    expect(host.application.commands).toEqual([]);
    expect((await type(["pin", OFFER, "context_tokens=5", "input_price=0.1"], host)).code).toBe(0);
    expect(host.application.commands).toHaveLength(2);
    await type(["unpin", OFFER, "input_price"], host);
    const { out } = await type(["overrides"], host);
    expect(out).toContain("context_tokens = 5");
    expect(out.split("NUMBER")[1]).not.toContain("input_price = ");
  });

  test("an alias needs a model that there is", async () => {
    const host = fakeHost();
    expect((await type(["alias", "our-default", "nobody/nothing"], host)).code).toBe(1);
    expect((await type(["alias", "our-default", MODEL], host)).code).toBe(0);
    expect(host.application.commands).toEqual([{ kind: "alias", target: "our-default", model: MODEL }]);
  });

  test.each([
    ["what was never decided", ["unhide", MODEL], /no hide of .* is in force/],
    ["a pin without a value", ["pin", MODEL, "license"], /field=value/],
    ["a field that is none", ["pin", MODEL, "nope=1"], /these can: name, /],
  ])("%s is a mistake of typing", async (_what, line, says) => {
    expect(await type(line)).toMatchObject({ code: 2, err: expect.stringMatching(says) as string });
  });

  test("--json prints what is in force, and nothing else", async () => {
    const { out } = await type(["hide", MODEL, "--json"]);
    expect(JSON.parse(out)).toMatchObject({ object: "list", total: 2 });
  });
});
