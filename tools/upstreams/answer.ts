/** What the mirror says to one request: a recording, a given body, or what it has instead. */

import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { toHttpDate } from "./date.ts";
import type { Answer, Body, RecordedRequest, Reply } from "./exchange.ts";
import type { Recording, Recordings } from "./recordings.ts";

/** The `date` header tells the reader when the upstream said it; without a known date there is none. */
export function recordedAnswer(recording: Recording, body: Buffer): Answer {
  const date = recording.recordedAt === undefined ? {} : { date: toHttpDate(recording.recordedAt) };
  return {
    status: 200,
    headers: { "content-type": "application/json", etag: etagOf(body), ...date },
    body,
    origin: recording.file,
  };
}

export function givenAnswer(given: Body, request: RecordedRequest): Answer {
  const reply: Reply = typeof given === "function" ? given(request) : { body: toBytes(given) };
  const body = Buffer.from(reply.body ?? JSON.stringify(reply.value ?? null));
  const status = reply.status ?? 200;
  const etag = status === 200 ? { etag: etagOf(body) } : {};
  return {
    status,
    headers: { "content-type": "application/json", ...etag, ...reply.headers },
    body,
    origin: "a given body",
  };
}

/** A 404 that says what would have been found. */
export function notFound(recordings: Recordings, request: RecordedRequest, at: string | undefined): Answer {
  const paths = recordings.paths(request.host);
  const served =
    paths.length > 0 ? { served: paths.map((path) => request.host + path) } : { hosts: recordings.hosts };
  const when = at === undefined ? "" : ` as of ${at}`;
  return problem(404, `nothing is recorded for ${request.host}${request.path}${when}`, served);
}

export function problem(status: number, error: string, more: object = {}): Answer {
  const body = Buffer.from(JSON.stringify({ error, ...more }, undefined, 2));
  return { status, headers: { "content-type": "application/json" }, body, origin: error };
}

/** Answers 304 where the caller already has these bytes. */
export function conditional(answer: Answer, request: RecordedRequest): Answer {
  const etag = answer.headers["etag"];
  const known = request.headers["if-none-match"]?.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  if (etag === undefined || known === undefined || !(known.includes(etag) || known.includes("*")))
    return answer;
  const { "content-type": _, ...headers } = answer.headers;
  return { ...answer, status: 304, headers, body: Buffer.alloc(0) };
}

export function send(response: ServerResponse, answer: Answer): void {
  const bodiless = answer.status === 304 || answer.status === 204;
  const length = bodiless ? {} : { "content-length": String(answer.body.length) };
  response.writeHead(answer.status, { ...length, ...answer.headers });
  response.end(bodiless || response.req.method === "HEAD" ? undefined : answer.body);
}

function toBytes(given: Exclude<Body, (request: RecordedRequest) => Reply>): Buffer | string {
  return typeof given === "string" || Buffer.isBuffer(given) ? given : JSON.stringify(given);
}

function etagOf(body: Buffer): string {
  return `"${createHash("sha256").update(body).digest("base64url")}"`;
}
