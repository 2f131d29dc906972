/** Who asks and how it went, read off a request and its answer; and the gate that keeps one client from asking too much. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ServingApplication } from "../application.ts";
import { clientAddress } from "./client-address.ts";
import { Problem } from "./problem.ts";
import { createLimiter, rateHeaders, seconds, type Allowance } from "./rate.ts";
import type { Route } from "./route.ts";
import type { Answered } from "./traffic.ts";

/** Stands for the route where no route has the address. */
export const NO_ROUTE = "none";

/** Whoever watches the server is not kept from it. */
const UNCOUNTED: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** Throws a `Problem` once a client asks more than he may; states in every answer how much is left. */
export function clientGate(
  application: ServingApplication,
  clock: { monotonic(): number },
): (request: FastifyRequest, reply: FastifyReply) => void {
  const { rateLimit } = application;
  if (rateLimit === undefined) return () => undefined;
  const take = createLimiter(rateLimit);
  return (request, reply) => {
    if (UNCOUNTED.has(request.routeOptions.url ?? "")) return;
    const allowance = take(clientOf(application, request), clock.monotonic());
    reply.headers(rateHeaders(rateLimit, allowance));
    if (!allowance.isAllowed) throw tooMany(allowance);
  };
}

/** The same for one route that has a limit of its own. */
export function routeGate(
  { limit }: Route,
  application: ServingApplication,
  clock: { monotonic(): number },
): (request: FastifyRequest) => void {
  if (limit === undefined) return () => undefined;
  const take = createLimiter(limit);
  return (request) => {
    const allowance = take(clientOf(application, request), clock.monotonic());
    if (!allowance.isAllowed) throw tooMany(allowance);
  };
}

function tooMany({ retryMs }: Allowance): Problem {
  const wait = seconds(retryMs);
  return new Problem("too-many-requests", `ask again in ${wait} s`, {
    headers: { "retry-after": String(wait) },
  });
}

export function clientOf({ trustProxy }: ServingApplication, { headers, socket }: FastifyRequest): string {
  // Node joins this header where it stands there several times.
  const forwardedFor = headers["x-forwarded-for"] as string | undefined;
  return clientAddress(socket.remoteAddress, forwardedFor, trustProxy);
}

export function answeredOf({ method, routeOptions }: FastifyRequest, reply: FastifyReply): Answered {
  const route = routeOptions.url ?? NO_ROUTE;
  return { method, route, status: reply.statusCode, ms: reply.elapsedTime };
}

export function sizeOf(reply: FastifyReply): number | undefined {
  const stated = reply.getHeader("content-length");
  return stated === undefined ? undefined : Number(stated);
}
