/** Who is told of changes, at the doors. */
import { describe, expect, test } from "vitest";
import { ADMIN_KEY } from "./support/application.ts";
import { fakeHost, type } from "./support/host.ts";
import { served } from "./support/server.ts";

const headers = { authorization: `Bearer ${ADMIN_KEY}` };
const URL = "https://hooks.example/b";

async function post(payload: object, server = served()) {
  return server.inject({ method: "POST", url: "/v1/watches", headers, payload });
}

describe("over HTTP", () => {
  test("a watch is added with what it wishes for, and its secret is told once", async () => {
    const server = served();
    const made = await post({ url: URL, gateway: "hug", topic: "price,limits", min_change: "10%" }, server);
    expect([made.statusCode, made.json()]).toMatchObject([
      200,
      { object: "watch", id: 2, state: "up", secret: "whsec_once", wish: { min_change: "10%" } },
    ]);
    const wish = {
      gateway: "huggingface",
      topics: ["price", "limits"],
      causes: ["upstream"],
      minChangePercent: "10",
    };
    expect(server.application.watched).toEqual([{ do: "add", url: URL, wish }]);
    expect(made.headers["cache-control"]).toBe("no-store");
    const listed = await server.inject({ url: "/v1/watches", headers });
    expect(listed.json()).toMatchObject({ total: 1, data: [{ id: 1, state: "failing", failures: 2 }] });
    expect(listed.body).not.toContain("whsec");
  });

  test("causes are the upstreams' alone, unless more are asked for", async () => {
    const server = served();
    await post({ url: URL }, server);
    await post({ url: URL, cause: "all" }, server);
    expect(server.application.watched).toMatchObject([{ wish: { causes: ["upstream"] } }, { wish: {} }]);
    expect(JSON.stringify(server.application.watched[1])).not.toContain("causes");
  });

  test.each([
    [{ url: "http://hooks.example/b" }, /only https/],
    [{ url: "https://127.0.0.1/b" }, /private network; MODELDEX_WEBHOOK_PRIVATE/],
    [{ url: "https://169.254.169.254/latest" }, /special purpose/],
    [{ url: "https://me:secret@hooks.example/b" }, /user or a password/],
    [{ url: "not a url" }, /no URL/],
    [{ url: URL, gateway: "nobody" }, /nobody/],
    [{ url: URL, topic: "prices" }, /did you mean "price"/],
    [
      { url: URL, min_change: "10" },
      /^min_change: it is a share of the price before, like `10%`\. Known: url,/,
    ],
    [{ url: URL, since: "7d" }, /since/],
    [{}, /url/],
  ])("%j is refused, and nothing is added", async (payload, says) => {
    const server = served();
    const answer = await post(payload, server);
    expect([answer.statusCode, server.application.watched]).toEqual([400, []]);
    expect(answer.json().detail).toMatch(says);
  });

  test("a watch is tried, resumed, read and removed by its number", async () => {
    const server = served();
    const ask = (method: "GET" | "POST" | "DELETE", url: string) => server.inject({ method, url, headers });
    expect((await ask("POST", "/v1/watches/1/test")).json()).toMatchObject({
      kind: "test",
      error: "status 500",
    });
    expect((await ask("POST", "/v1/watches/1/resume")).json()).toMatchObject({ object: "watch", id: 1 });
    expect((await ask("GET", "/v1/watches/1/log?limit=1")).json()).toMatchObject({
      has_more: true,
      data: [{ object: "delivery", attempt: 2, status: 500 }],
    });
    expect((await ask("DELETE", "/v1/watches/1")).statusCode).toBe(200);
    expect(server.application.watched.map((command) => command.do)).toEqual(["test", "resume", "remove"]);
    for (const number of ["2", "x", "-1", "99999999999999999999"]) {
      const gone = await ask("GET", `/v1/watches/${number}/log`);
      expect([gone.statusCode, gone.json().type]).toEqual([404, "urn:modeldex:problem:no-such-watch"]);
      expect((await ask("POST", `/v1/watches/${number}/test`)).statusCode).toBe(404);
    }
  });
});

describe("on the command line", () => {
  test("a watch is added, and its secret is shown", async () => {
    const host = fakeHost();
    const line = [
      "watch",
      "add",
      "--url",
      URL,
      "--gateway",
      "groq",
      "--topic",
      "price",
      "--min-change",
      "10%",
    ];
    const { code, out } = await type(line, host);
    expect([code, host.opened.map(({ how }) => how)]).toEqual([0, ["writing"]]);
    expect(out).toContain("gateway groq; topics price; causes upstream; prices from 10 % on");
    expect(out).toContain("secret: whsec_once\n");
  });

  test("watches and what was sent to them are listed", async () => {
    expect((await type(["watch", "list"])).out).toMatch(
      /1 +https:\/\/hooks\.example\/a .* failing, 2 attempts/,
    );
    expect((await type(["watch", "log", "1"])).out).toMatch(/msg_1 +3 +2 +not received: status 500/);
    expect(JSON.parse((await type(["watch", "list", "--json"])).out)).toMatchObject({
      object: "list",
      total: 1,
    });
    expect(JSON.parse((await type(["watch", "log", "1", "--json"])).out)).toMatchObject({ has_more: false });
  });

  test("a test that is not received is an error", async () => {
    expect(await type(["watch", "test", "1"])).toMatchObject({
      code: 1,
      out: "watch 1: not received: status 500\n",
    });
    expect(await type(["watch", "resume", "1"])).toMatchObject({ code: 0, out: "watch 1 goes on\n" });
    expect(await type(["watch", "remove", "1"])).toMatchObject({ code: 0, out: "watch 1 is removed\n" });
  });

  test.each([
    [["watch", "remove", "2"], /no watch of the number 2/],
    [["watch", "log", "two"], /named by its number/],
    [["watch", "add"], /--url/],
    [["watch", "add", "--url", "http://hooks.example"], /only https/],
    [["watch", "add", "--url", URL, "--min-change", "much"], /a share of the price before/],
  ])("%j is a mistake of typing", async (line, says) => {
    expect(await type(line)).toMatchObject({ code: 2, err: expect.stringMatching(says) as string });
  });
});
