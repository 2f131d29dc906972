/** Who may ask: every route states it, and a server with a route that does not is never built. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ServingApplication } from "../application.ts";
import { Problem } from "./problem.ts";

/** Who reads: everybody, or the holder of the admin key, who sees what only the operator's own keys show. */
export type Audience = "public" | "operator";

/**
 * `public`: everybody, from every web page. `caller`: the same, and a bearer token is the caller's own, which the answer
 * is about. `page`: the explorer's own pages, and no other web page. `admin`: who holds the admin key, from no web page.
 */
export const POLICIES = ["public", "caller", "page", "admin"] as const;
export type Policy = (typeof POLICIES)[number];

declare module "fastify" {
  interface FastifyContextConfig {
    policy?: Policy;
  }
  interface FastifyRequest {
    audience: Audience;
  }
}

export interface StatedRoute {
  readonly method: string;
  readonly path: string;
  readonly policy: Policy;
}

/** Refuses every route added from now on that states no policy; returns the list of those that do. */
export function requirePolicies(server: FastifyInstance): readonly StatedRoute[] {
  const stated: StatedRoute[] = [];
  server.addHook("onRoute", ({ method, url, config }) => {
    const policy = config?.policy;
    if (policy === undefined || !POLICIES.includes(policy))
      throw new Error(`the route ${String(method)} ${url} states no policy`);
    for (const each of [method].flat()) stated.push({ method: each, path: url, policy });
  });
  return stated;
}

/** Throws a `Problem` unless the request may have what it asks for. */
export function admit(application: ServingApplication, request: FastifyRequest): void {
  const { policy } = request.routeOptions.config;
  if (policy === "page") admitPage(request);
  if (policy !== "admin") return;
  const admitted = application.isAdmin(bearerKey(request.headers.authorization));
  if (admitted === true) return;
  if (admitted === undefined)
    throw new Problem("admin-off", "set MODELDEX_ADMIN_KEY and start again to use them");
  throw new Problem("key-required", "send it as Authorization: Bearer <key>; nowhere else is it looked for", {
    headers: { "www-authenticate": 'Bearer realm="modeldex admin"' },
  });
}

/** No web page but perhaps our own may ask under this policy. */
export function isClosed(policy: Policy | undefined): boolean {
  return policy === "page" || policy === "admin";
}

/** A browser says of every request which page asks (Fetch Metadata), and no page can make it say otherwise. */
function admitPage({ headers }: FastifyRequest): void {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin")
    throw new Problem("other-page", "only a page of this server's own may ask this");
}

/** A key that is not the right one is no matter on a public route: clients of others always send one. */
export function audienceOf(application: ServingApplication, request: FastifyRequest): Audience {
  const { authorization } = request.headers;
  if (authorization === undefined || request.routeOptions.config.policy !== "public") return "public";
  return application.isAdmin(bearerKey(authorization)) === true ? "operator" : "public";
}

/** The token of a request to a route that is about the caller's own; nothing for any other. */
export function callersToken({ routeOptions, headers }: FastifyRequest): string | undefined {
  return routeOptions.config.policy === "caller" ? bearerKey(headers.authorization) : undefined;
}

function bearerKey(authorization: string | undefined): string | undefined {
  return /^Bearer +(.+)$/i.exec(authorization ?? "")?.[1];
}
