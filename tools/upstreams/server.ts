/**
 * Upstreams over plain HTTP: `http://127.0.0.1:<port>/<upstream host>/<path and query>`, matched on host and
 * path, the query ignored. People run it as a mirror of recordings, tests with its fault switch.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { conditional, givenAnswer, notFound, problem, recordedAnswer, send } from "./answer.ts";
import type { Answer, Body, Fault, RecordedRequest } from "./exchange.ts";
import { NO_RECORDINGS, openRecordings, type Recordings } from "./recordings.ts";
import { newRules, type Match } from "./rule.ts";

const REQUESTS_KEPT_MAX = 100_000;

export interface UpstreamsOptions {
  /** A directory with an `index.json`; without one, only what `setBody` gives is served. */
  readonly directory?: string | undefined;
  /** `2026-08-05`, `2026-08` or `2026`: nothing recorded later is answered. */
  readonly at?: string | undefined;
  readonly host?: string | undefined;
  /** 0, the default, takes any free port. */
  readonly port?: number | undefined;
  readonly faults?: ReadonlyArray<readonly [match: Match | string, fault: Fault]>;
  /** Called when the answer is decided, before it is sent. */
  onRequest?(request: RecordedRequest, answer: Answer, fault: Fault | undefined): void;
}

export interface Upstreams {
  /** The value for `MODELDEX_MIRROR`. */
  readonly url: string;
  readonly recordings: Recordings;
  /** Every request so far, in order of arrival, with its headers. */
  readonly requests: RecordedRequest[];
  setFault(match: Match | string, fault: Fault): void;
  setBody(match: Match | string, body: Body): void;
  setAt(at: string | undefined): void;
  clearFaults(): void;
  clearBodies(): void;
  /** Ends every connection, answered or not. */
  close(): Promise<void>;
}

export async function startUpstreams(options: UpstreamsOptions = {}): Promise<Upstreams> {
  const recordings =
    options.directory === undefined ? NO_RECORDINGS : await openRecordings(options.directory);
  const requests: RecordedRequest[] = [];
  const faults = newRules<Fault>();
  const bodies = newRules<Body>();
  let at = options.at;
  for (const [match, fault] of options.faults ?? []) faults.add(match, fault);

  async function decide(request: RecordedRequest): Promise<Answer> {
    const given = bodies.take(request);
    if (given !== undefined) return givenAnswer(given, request);
    if (request.method !== "GET" && request.method !== "HEAD") {
      return problem(405, `${request.method} is not answered, only GET and HEAD`);
    }
    const recording = recordings.find(request.host, request.path, at);
    if (recording === undefined) return notFound(recordings, request, at);
    return recordedAnswer(recording, await recordings.read(recording));
  }

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    // An answer carries the date on which it was recorded or none, never today's.
    response.sendDate = false;
    const request = toRequest(incoming);
    if (requests.length < REQUESTS_KEPT_MAX) requests.push(request);
    const decided = await decide(request).catch((error: Error) => problem(500, error.message));
    const answer = conditional(decided, request);
    const fault = faults.take(request);
    options.onRequest?.(request, answer, fault);
    if (fault === undefined) send(response, answer);
    else await fault.apply({ request, answer, incoming, response });
  }

  const server = createServer((incoming, response) => {
    // What fails while an answer is sent is what the caller sees: a broken connection.
    handle(incoming, response).catch(() => response.destroy());
  });
  const url = await listen(server, options.port ?? 0, options.host ?? "127.0.0.1");

  return {
    url,
    recordings,
    requests,
    setFault: faults.add,
    setBody: bodies.add,
    setAt: (date) => {
      at = date;
    },
    clearFaults: faults.clear,
    clearBodies: bodies.clear,
    close: () => close(server),
  };
}

/** The first part of the path is the upstream's host; a request without one names no host that is served. */
function toRequest(incoming: IncomingMessage): RecordedRequest {
  const url = incoming.url ?? "/";
  const [, host = "", rest = "/"] = /^\/([^/?]*)([^]*)$/.exec(url) ?? [];
  const upstream = URL.parse(rest, `http://${host}/`) ?? new URL("http://unknown.invalid/");
  return {
    method: incoming.method ?? "GET",
    url,
    host,
    path: upstream.pathname,
    query: upstream.searchParams,
    headers: incoming.headers,
  };
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const { address, family, port: taken } = server.address() as AddressInfo;
      resolve(`http://${family === "IPv6" ? `[${address}]` : address}:${taken}`);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
