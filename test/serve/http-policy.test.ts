/** Nobody changes what he may not: every route, every way to carry a key. */
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { createServer } from "../../src/serve/http/server.ts";
import type { Policy } from "../../src/serve/http/policy.ts";
import type { Route } from "../../src/serve/http/route.ts";
import { ROUTES as ROUTE_LIST } from "../../src/serve/http/routes.ts";
import { ADMIN_KEY, fakeApplication } from "./support/application.ts";
import { served, serverOptions } from "./support/server.ts";

const ROUTES = served().routes;
const BODIES: { readonly [path: string]: object } = { "/v1/admin/sync": {}, "/v1/admin/accept": { run: 17 } };

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

function ask(path: string, method: string, headers: object, query = "") {
  const server = served();
  const url = path
    .replace(":lab", "openai")
    .replace(":name", "gpt-oss-120b")
    .replace(":id", "openai%2Fgpt-oss-120b");
  const payload = BODIES[path];
  // Every method registered is one that can be injected.
  const asked = { method: method as "GET", url: `${url}${query}`, headers: { ...headers } };
  return server
    .inject({ ...asked, ...(payload === undefined ? {} : { payload }) })
    .then((answer) => ({ answer, server }));
}

describe.each(routesOf("admin"))("%s %s, behind the key", (method, path) => {
  test.each(CARRIED)("with %s", async (_how, headers, query, opens) => {
    const { answer, server } = await ask(path, method, headers, query);
    expect(answer.statusCode).toBe(opens ? 200 : 401);
    expect(answer.headers).not.toHaveProperty("access-control-allow-origin");
    expect(String(answer.headers["www-authenticate"]).startsWith("Bearer")).toBe(!opens);
    expect(server.application.synced.length > 0 && !opens).toBe(false);
    expect(answer.body).not.toContain(ADMIN_KEY);
  });

  test.each([{}, { authorization: "Bearer " }, { authorization: "Bearer undefined" }])(
    "where no key is set, %j is off",
    async (headers) => {
      const server = served({ adminKey: undefined });
      const answer = await server.inject({ method: "POST", url: path, headers });
      expect([answer.statusCode, server.application.synced]).toEqual([403, []]);
    },
  );
});

describe.each(routesOf("public").filter(([, path]) => isTabled(path)))(
  "%s %s, for everybody",
  (method, path) => {
    test.each(CARRIED)("with %s, which nobody asked for", async (_how, headers, query, opens) => {
      const { answer } = await ask(path, method, headers, query);
      // A key in the query is an unknown parameter here, and nothing else; a probe may add what it likes.
      expect(answer.statusCode).toBe(query === "" || takesAnything(path) ? 200 : 400);
      // What the holder of the key sees is for no web page.
      expect(answer.headers["access-control-allow-origin"]).toBe(opens ? undefined : "*");
    });
  },
);

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

test("the admin routes are these and no others", () => {
  const admin = ROUTES.filter(({ policy }) => policy === "admin").map(
    ({ method, path }) => `${method} ${path}`,
  );
  expect(admin).toEqual(["POST /v1/admin/sync", "POST /v1/admin/accept"]);
  expect(
    ROUTES.filter(({ method, policy }) => policy === "public" && !["GET", "HEAD"].includes(method)),
  ).toEqual([]);
});

test("a server with a route that states no policy is never built", () => {
  const { policy: _none, ...rest } = healthRoute();
  // What a forgetful caller, or one without types, would hand in.
  const silent = rest as Route;
  expect(() => createServer(fakeApplication(), serverOptions(), [silent])).toThrow(/states no policy/);
});

/** What is in no table is a page of the explorer or one of its files. */
function isTabled(path: string): boolean {
  return ROUTE_LIST.some((route) => route.path === path);
}

/** Probes and descriptions look at no parameter. */
function takesAnything(path: string): boolean {
  return ROUTE_LIST.some((route) => route.path === path && route.parameters === undefined);
}

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
