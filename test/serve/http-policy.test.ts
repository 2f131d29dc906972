/** Nobody changes what he may not: every route, every way to carry a key. */
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { createServer } from "../../src/serve/http/server.ts";
import { POLICIES, type Policy } from "../../src/serve/http/policy.ts";
import type { Route } from "../../src/serve/http/route.ts";
import { ROUTES as ROUTE_LIST } from "../../src/serve/http/routes.ts";
import { ADMIN_KEY, fakeApplication } from "./support/application.ts";
import { served, serverOptions, type Served } from "./support/server.ts";

/** Questions change nothing: they are all put to this one. */
const ASKED = served();
const ROUTES = ASKED.routes;

/** Ways to carry a key, and whether that way may open an admin route. */
const CARRIED = [
  ["no key", {}, "", false],
  ["a wrong key", { authorization: "Bearer the wrong key" }, "", false],
  ["an empty key", { authorization: "Bearer " }, "", false],
  ["a longer key", { authorization: `Bearer ${ADMIN_KEY}x` }, "", false],
  [
    "the key as Basic",
    { authorization: `Basic ${Buffer.from(`admin:${ADMIN_KEY}`).toString("base64")}` },
    "",
    false,
  ],
  ["the key alone", { authorization: ADMIN_KEY }, "", false],
  ["the key in another header", { "x-api-key": ADMIN_KEY }, "", false],
  ["the key in a cookie", { cookie: `key=${encodeURIComponent(ADMIN_KEY)}` }, "", false],
  [
    "the key in the query",
    {},
    `?key=${encodeURIComponent(ADMIN_KEY)}&access_token=${encodeURIComponent(ADMIN_KEY)}`,
    false,
  ],
  ["the right key", { authorization: `Bearer ${ADMIN_KEY}` }, "", true],
  ["the right key, spelled bearer", { authorization: `bearer ${ADMIN_KEY}` }, "", true],
] as const;

/** A stream of events has no end that a test could wait for; it has tests of its own. */
function isEndless({ media }: Route): boolean {
  return media === "text/event-stream";
}

/** Every route of the table that has this policy, with HEAD beside GET. */
function tabled(policy: Policy): readonly (readonly [method: string, path: string, route: Route])[] {
  return ROUTE_LIST.filter((route) => route.policy === policy && !isEndless(route)).flatMap((route) =>
    (route.method === "GET" ? ["GET", "HEAD"] : [route.method]).map(
      (method) => [method, route.path, route] as const,
    ),
  );
}

/** Asks a route as its own example does. */
async function ask(route: Route, method: string, headers: object, query = "", server = served()) {
  const isCommand = route.body !== undefined;
  const address = isCommand ? route.path : route.example;
  const joined = address.includes("?") ? query.replace("?", "&") : query;
  // Every method registered is one that can be injected.
  const asked = { method: method as "GET", url: `${address}${joined}`, headers: { ...headers } };
  const payload = isCommand ? { payload: JSON.parse(route.example) as object } : {};
  return { answer: await server.inject({ ...asked, ...payload }), server };
}

function commandsOf({ application }: Served): number {
  return application.synced.length + application.commands.length;
}

describe.each(tabled("admin"))("%s %s, behind the key", (method, _path, route) => {
  test.each(CARRIED)("with %s", async (_how, headers, query, opens) => {
    const { answer, server } = await ask(route, method, headers, query);
    expect(answer.statusCode).toBe(opens ? 200 : 401);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    expect(String(answer.headers["www-authenticate"]).startsWith("Bearer")).toBe(!opens);
    expect(commandsOf(server) > 0 && !opens).toBe(false);
    expect(answer.body).not.toContain(ADMIN_KEY);
  });

  test.each([{}, { authorization: "Bearer " }, { authorization: "Bearer undefined" }])(
    "where no key is set, %j is off",
    async (headers) => {
      const { answer, server } = await ask(route, method, headers, "", served({ adminKey: undefined }));
      expect([answer.statusCode, commandsOf(server)]).toEqual([403, 0]);
    },
  );
});

describe.each(tabled("public"))("%s %s, for everybody", (method, _path, route) => {
  test.each(CARRIED)("with %s, which nobody asked for", async (_how, headers, query, opens) => {
    const { answer, server } = await ask(route, method, headers, query, ASKED);
    const bare = (await ask(route, method, {}, "", ASKED)).answer;
    expect(bare.statusCode).toBeLessThan(500);
    // A key in the query is an unknown parameter where parameters are looked at, and nothing else.
    const isRefused = query !== "" && route.parameters !== undefined;
    expect(answer.statusCode).toBe(isRefused ? 400 : bare.statusCode);
    // What the holder of the key sees is for no web page.
    expect(answer.headers["access-control-allow-origin"]).toBe(opens ? undefined : "*");
    expect(commandsOf(server)).toBe(0);
  });
});

test("the routes that are about the caller's own token are these and no others", () => {
  const callers = routesOf("caller").map(([method, path]) => `${method} ${path}`);
  expect(callers).toEqual([
    "GET /v1/providers/:provider/models",
    "HEAD /v1/providers/:provider/models",
    "GET /v1/check",
    "HEAD /v1/check",
    "POST /v1/check/token",
  ]);
});

test("the routes for this server's own pages are these and no others", () => {
  expect(routesOf("page").map(([method, path]) => `${method} ${path}`)).toEqual(["POST /v1/sign-in/token"]);
});

describe.each(tabled("page"))("%s %s, for our own pages", (method, path, route) => {
  test.each([
    ["a program", {}, 200],
    ["a page of ours", { "sec-fetch-site": "same-origin" }, 200],
    ["another site's page", { "sec-fetch-site": "cross-site" }, 403],
    ["a page beside ours", { "sec-fetch-site": "same-site" }, 403],
    ["an address that somebody typed", { "sec-fetch-site": "none" }, 403],
  ])("%s is answered or refused, and never shared", async (_who, headers, status) => {
    const { answer } = await ask(route, method, headers);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    expect(answer.headers["cache-control"]).toBe("no-store");
  });

  test("another page's question beforehand is refused", async () => {
    const headers = { origin: "https://evil.example", "access-control-request-method": "POST" };
    const answer = await ASKED.inject({ method: "OPTIONS", url: path, headers });
    expect(answer.statusCode).toBe(405);
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
  });
});

test("the admin routes are these and no others", () => {
  expect(routesOf("admin").map(([method, path]) => `${method} ${path}`)).toEqual([
    "POST /v1/admin/sync",
    "POST /v1/admin/accept",
    "GET /v1/admin/overrides",
    "HEAD /v1/admin/overrides",
    "POST /v1/admin/overrides",
    "DELETE /v1/admin/overrides/:id",
    "GET /v1/watches",
    "HEAD /v1/watches",
    "POST /v1/watches",
    "DELETE /v1/watches/:id",
    "POST /v1/watches/:id/resume",
    "POST /v1/watches/:id/test",
    "GET /v1/watches/:id/log",
    "HEAD /v1/watches/:id/log",
  ]);
});

test("what everybody may send a body to only answers a question", () => {
  const sent = routesOf("public").filter(([method]) => !["GET", "HEAD"].includes(method));
  expect(sent.map(([method, path]) => `${method} ${path}`)).toEqual(["POST /v1/cost"]);
});

test("every route of the table is registered, and what is registered beside it is a page or a file of the explorer", () => {
  const named = (routes: readonly (readonly [string, string, ...unknown[]])[]) =>
    routes.map(([method, path]) => `${method} ${path}`);
  const table = new Set(named(POLICIES.flatMap(tabled)));
  const registered = ROUTES.map(({ method, path }) => `${method} ${path}`);
  expect(registered.filter((name) => table.has(name)).toSorted()).toEqual([...table].toSorted());
  const beside = registered.filter((name) => !table.has(name));
  expect(beside.filter((name) => !/^(GET|HEAD) \/(?!v1(?!\/events$))/.test(name))).toEqual([]);
});

test("a server with a route that states no policy is never built", () => {
  const { policy: _none, ...rest } = healthRoute();
  // What a forgetful caller, or one without types, would hand in.
  const silent = rest as Route;
  expect(() => createServer(fakeApplication(), serverOptions(), [silent])).toThrow(/states no policy/);
});

function healthRoute(): Route {
  return {
    method: "GET",
    path: "/silent",
    policy: "public",
    summary: "",
    parameters: undefined,
    document: z.looseObject({}),
    example: "/silent",
    answer: () => ({ kind: "momentary", bytes: Buffer.from("{}") }),
  };
}

function routesOf(policy: Policy) {
  return ROUTES.filter((route) => route.policy === policy).map(({ method, path }) => [method, path] as const);
}
