/** The HTTP door: a Fastify server over the routes, with one way in, one way out, and a limit on everything. */
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { ServingApplication } from "../application.ts";
import { refuseConnection } from "./connection.ts";
import { createEventDoor } from "./events.ts";
import { registerExplorer } from "./explorer.ts";
import { allowedMethods, secure, share } from "./headers.ts";
import {
  admit,
  audienceOf,
  callersToken,
  isClosed,
  requirePolicies,
  type Audience,
  type StatedRoute,
} from "./policy.ts";
import { Problem, problemOf, sendProblem } from "./problem.ts";
import { wantsLines } from "./lines.ts";
import { createReplay } from "./replay.ts";
import { createResponder } from "./respond.ts";
import type { Desk, Route } from "./route.ts";
import { ROUTES } from "./routes.ts";
import { answeredOf, clientGate, clientOf, NO_ROUTE, routeGate, sizeOf } from "./observe.ts";
import { eventIdOf, originOf } from "./origin.ts";
import { logLine } from "./request-log.ts";
import { createTraffic } from "./traffic.ts";

const URL_LENGTH_MAX = 8_192;
/** An id holds at most 512 characters, each up to twelve in percent-encoding. */
const PART_LENGTH_MAX = 6_144;
const BODY_BYTES_MAX = 65_536;
const HEADER_BYTES_MAX = 16_384;
const REQUEST_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 72_000;
/** How long requests that are under way may go on once the server closes. */
const CLOSE_GRACE_MS = 5_000;

/** What the server takes from the world around it; the runtime of the program fits. */
export interface Clock {
  now(): number;
  /** Never runs backwards. */
  monotonic(): number;
  deadline(ms: number): AbortSignal;
}

export interface ServerOptions {
  readonly clock: Clock;
  /** From this age on, what a source said is stale. */
  readonly staleAfterMs: number;
  /** Hears of our own mistakes, which a caller only learns to exist. */
  onMistake(error: unknown, where: string): void;
  /** Hears one line of JSON for each request, where the application says that there is a log. */
  onAnswered(line: string): void;
  /** Where the explorer's files lie, if not where the build puts them. */
  readonly explorerFolder?: string;
}

export interface Server {
  /** Listens where the application says and returns the address. Throws what the system says, `EADDRINUSE` among it. */
  listen(): Promise<string>;
  /** Takes no more requests and ends those under way, in time or by force. */
  close(): Promise<void>;
  readonly inject: FastifyInstance["inject"];
  /** Every route that was registered, with its policy. */
  readonly routes: readonly StatedRoute[];
}

/** Throws when a route states no policy. Listens only when told to. */
export function createServer(
  application: ServingApplication,
  options: ServerOptions,
  routes: readonly Route[] = ROUTES,
): Server {
  const server: FastifyInstance = fastify({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    return503OnClosing: false,
    http: { maxHeaderSize: HEADER_BYTES_MAX },
    routerOptions: { maxParamLength: PART_LENGTH_MAX },
    clientErrorHandler: refuseConnection,
    // Fastify calls this in place of every hook: what the hooks would do is done here.
    frameworkErrors: (error, _request, reply) => {
      share(secure(reply, { isKeySet: false }));
      void sendProblem(reply, problemOf(error));
    },
  });
  server.removeContentTypeParser("text/plain");
  const stated = requirePolicies(server);
  const traffic = createTraffic();
  // Who counts each client's questions, or writes each of them down, looks at each of them.
  const isReplaying = application.rateLimit === undefined && application.log === "off";
  const { again, respond, ready } = createResponder((...answered) => {
    if (isReplaying) replay.learn(...answered);
  });
  const replay = createReplay(server.server, {
    ready: (key) => ready(key, application.shelf()),
    now: () => options.clock.now(),
    onReplayed: (route, status) => traffic.count({ method: "GET", route, status, ms: 0 }),
  });
  server.decorateRequest("audience", "public");
  const events = createEventDoor(options.clock);
  const admitClient = clientGate(application, options.clock);

  server.addHook("onRequest", async (request, reply) => {
    secure(reply, { isKeySet: application.isAdmin(undefined) !== undefined });
    request.audience = audienceOf(application, request);
    const { policy } = request.routeOptions.config;
    if (policy === "caller" || (policy === "public" && request.audience === "public")) share(reply);
    if (request.url.length > URL_LENGTH_MAX)
      throw new Problem("url-too-long", `it may have ${URL_LENGTH_MAX} characters`);
    admitClient(request, reply);
    admit(application, request);
  });
  server.addHook("onResponse", async (request, reply) => {
    const answered = answeredOf(request, reply);
    traffic.count(answered);
    if (application.log === "off") return;
    options.onAnswered(
      logLine({
        ...answered,
        at: options.clock.now(),
        client: clientOf(application, request),
        bytes: sizeOf(reply),
      }),
    );
  });
  server.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error, request.url);
    if (problem.code === "internal")
      options.onMistake(error, `${request.method} ${request.routeOptions.url ?? NO_ROUTE}`);
    return sendProblem(reply, problem);
  });
  server.setNotFoundHandler((request, reply) => elsewhere(request, reply, routes));

  registerExplorer(server, options.explorerFolder);
  for (const route of routes) {
    const admitHere = routeGate(route, application, options.clock);
    server.route({
      method: route.method,
      url: route.path,
      config: { policy: route.policy },
      handler: async (request, reply) => {
        admitHere(request);
        const isLines = route.isStreamed === true && wantsLines(request.headers.accept);
        const known = isLines ? undefined : again(request, reply, application.shelf());
        if (known !== undefined) return known;
        const desk = deskFor(request.audience);
        // Fastify's parts of a path are texts by construction.
        const parts = request.params as { readonly [name: string]: string };
        const answered = await route.answer(desk, {
          url: request.url,
          origin: originOf(application, request),
          lastEventId: eventIdOf(request),
          parts,
          body: request.body,
          bearer: callersToken(request),
          wantsLines: isLines,
        });
        return respond(request, reply, answered);
      },
    });
  }

  function deskFor(audience: Audience): Desk {
    const reading =
      audience === "operator"
        ? { ...application, ...application.operatorThen, shelf: () => application.operatorShelf() }
        : application;
    return {
      application: reading,
      now: options.clock.now(),
      staleAfterMs: options.staleAfterMs,
      traffic,
      events,
    };
  }

  return {
    listen: () => server.listen({ host: application.host, port: application.port }),
    close: async () => {
      replay.stop();
      events.close();
      options.clock
        .deadline(CLOSE_GRACE_MS)
        .addEventListener("abort", () => server.server.closeAllConnections());
      await server.close();
    },
    inject: server.inject.bind(server),
    routes: stated,
  };
}

/** An address that no route has in this method: preflights are answered, other methods named, the rest is not there. */
function elsewhere(request: FastifyRequest, reply: FastifyReply, routes: readonly Route[]): FastifyReply {
  const [path = ""] = request.url.split("?");
  const { methods, policy } = allowedMethods(path, routes);
  if (!isClosed(policy)) share(reply);
  if (methods.length === 0) return sendProblem(reply, new Problem("no-such-route", notThere(path)));
  const allow = methods.join(", ");
  if (!isClosed(policy) && request.method === "OPTIONS") {
    return reply
      .code(204)
      .headers({ allow, "access-control-allow-methods": allow, "access-control-max-age": "86400" })
      .send();
  }
  return sendProblem(
    reply,
    new Problem("method-not-allowed", `it takes ${allow}`, {
      headers: { allow },
      members: { allow: methods },
    }),
  );
}

function notThere(path: string): string {
  if (/^\/v1\/models\/.+\/.+\//.test(path))
    return "a slash inside a model's name is written %2F: /v1/models/{lab}/{name}";
  return `there is nothing here; begin with ${["/v1/models", "/v1/offers", "/v1/gateways", "/v1/sources"].join(", ")}`;
}
