/** From an answer to a response: ready bytes in the caller's coding, a strong ETag, 304, and how long others may keep it. */
import { hash } from "node:crypto";
import { Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Shelf } from "../../catalog/catalog.ts";
import type { RevisionAnswer } from "./answers/revision.ts";
import { codingFor, codingOf, encode, encodeStream, type Coding } from "./coding.ts";
import { fixedBytes, type FixedPage } from "./fixed.ts";
import { LINES_TYPE } from "./lines.ts";
import { createReadyAnswers, type Ready } from "./ready.ts";

/** Raised whenever the same content is written as other bytes: it is a part of every ETag. */
const RENDERER = "2";
const JSON_TYPE = "application/json; charset=utf-8";
const EVENTS_TYPE = "text/event-stream; charset=utf-8";
const TAG_LENGTH = 27;
/** What is kept of ready answers, in the codings in which they travel. */
const READY_BYTES_MAX = 64 * 1024 ** 2;
/** A reader that takes nothing for so long is gone. */
const STREAM_STALL_MS = 60_000;

/** A revision's answers may be shown while they are renewed, and for a day while we are away. */
const REVISION_CACHING = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";
/** Runs and ages move between revisions. */
const LIVE_CACHING = "public, max-age=5, stale-while-revalidate=60, stale-if-error=86400";
/** The description of this version. */
const FIXED_CACHING = "public, max-age=300, stale-while-revalidate=86400, stale-if-error=86400";
/** What is shown to the holder of the admin key is for nobody else. */
const OPERATOR_CACHING = "private, no-cache";

/**
 * What a route answers. `revision`: the same for as long as the revision and its freshness are; 300 where several
 * things fit. `lines`: the same as a stream, one document a line. `live`: out of the ledger. `events`: a stream that goes
 * on for as long as somebody reads it. `fixed`: the same as long as the program runs. `moved`: it has another address. `momentary`: true now and kept by nobody.
 */
export type Reply =
  | { readonly kind: "revision"; readonly answer: RevisionAnswer; readonly status?: 300 }
  | { readonly kind: "lines"; readonly shelf: Shelf; lines(): Iterable<Uint8Array> }
  | { readonly kind: "live"; readonly bytes: Buffer; readonly type?: string }
  | { readonly kind: "events"; readonly events: AsyncIterable<string> }
  | { readonly kind: "fixed"; readonly page: FixedPage }
  | { readonly kind: "moved"; readonly location: string }
  | { readonly kind: "momentary"; readonly bytes: Buffer; readonly type?: string };

/** Hears that a question was answered with what was at hand. */
type OnAgain = (
  request: FastifyRequest,
  reply: FastifyReply,
  key: string,
  ready: Ready,
  status: number,
) => void;

export interface Responder {
  /** What was answered to the same question before, out of the same shelf; nothing where that is not at hand. */
  again(request: FastifyRequest, reply: FastifyReply, shelf: Shelf | undefined): FastifyReply | undefined;
  respond(request: FastifyRequest, reply: FastifyReply, answered: Reply): Promise<FastifyReply>;
  /** A ready answer of this shelf. */
  ready(key: string, shelf: Shelf | undefined): Ready | undefined;
}

export function createResponder(onAgain: OnAgain): Responder {
  const ready = createReadyAnswers(READY_BYTES_MAX);
  return {
    again,
    respond,
    ready: (key, shelf) => (shelf === undefined ? undefined : ready.peek(key, shelf)),
  };

  function again(request: FastifyRequest, reply: FastifyReply, shelf: Shelf | undefined) {
    if (shelf === undefined || request.audience === "operator") return undefined;
    const key = keyOf(request);
    const answer = ready.peek(key, shelf);
    if (answer === undefined) return undefined;
    reply.header("cache-control", REVISION_CACHING);
    if (isKnown(request, reply, answer.tag)) {
      onAgain(request, reply, key, answer, 304);
      return notModified(reply);
    }
    const made = readyReply(reply, answer);
    onAgain(request, reply, key, answer, answer.status);
    return made.send(answer.body);
  }

  async function respond(request: FastifyRequest, reply: FastifyReply, answered: Reply) {
    const coding = codingFor(request.headers["accept-encoding"]);
    switch (answered.kind) {
      case "revision": {
        const { shelf } = answered.answer;
        reply.header("cache-control", cachingFor(request));
        const tag = shelfTag(shelf, request.url, JSON_TYPE, coding);
        if (isKnown(request, reply, tag)) return notModified(reply);
        const make = () => madeReady(answered.answer, answered.status ?? 200, tag, coding);
        const answer =
          request.audience === "operator" ? await make() : await ready.get(keyOf(request), shelf, make);
        return sendReady(reply, answer);
      }
      case "lines": {
        reply.header("cache-control", cachingFor(request));
        const tag = shelfTag(answered.shelf, request.url, LINES_TYPE, coding);
        if (isKnown(request, reply, tag)) return notModified(reply);
        reply.header("content-type", LINES_TYPE);
        if (coding !== "identity") reply.header("content-encoding", coding);
        if (request.method === "HEAD") return reply.send();
        reply.raw.setTimeout(STREAM_STALL_MS, () => reply.raw.destroy());
        return reply.send(encodeStream(Readable.from(answered.lines(), { objectMode: false }), coding));
      }
      case "live": {
        const { bytes, type = JSON_TYPE } = answered;
        const tag = etag(request.url, type, coding, bytes.toString("latin1"));
        if (isKnown(request, reply.header("cache-control", LIVE_CACHING), tag)) return notModified(reply);
        const travels = codingOf(bytes, coding);
        const body = await encode(bytes, travels, "quick");
        return sendReady(reply, { status: 200, type, coding: travels, tag, body });
      }
      case "events": {
        // Some proxies gather a stream unless they are told not to.
        reply.headers({
          "content-type": EVENTS_TYPE,
          "cache-control": "no-store",
          "x-accel-buffering": "no",
        });
        if (request.method === "HEAD") return reply.send();
        reply.raw.setTimeout(STREAM_STALL_MS, () => reply.raw.destroy());
        return reply.send(Readable.from(answered.events, { objectMode: false, highWaterMark: 1 }));
      }
      case "fixed": {
        const { page } = answered;
        if (page.policy !== undefined) reply.header("content-security-policy", page.policy);
        const tag = etag(page.type, coding, page.bytes.toString("latin1"));
        if (isKnown(request, reply.header("cache-control", FIXED_CACHING), tag)) return notModified(reply);
        const body = await fixedBytes(page, coding);
        return sendReady(reply, { status: 200, type: page.type, coding, tag, body });
      }
      case "moved":
        return reply.header("cache-control", REVISION_CACHING).redirect(answered.location, 308);
      case "momentary":
        return reply
          .headers({ "cache-control": "no-store", "content-type": answered.type ?? JSON_TYPE })
          .send(answered.bytes);
    }
  }
}

async function madeReady(
  answer: RevisionAnswer,
  status: Ready["status"],
  tag: string,
  wanted: Coding,
): Promise<Ready> {
  const bytes = answer.bytes();
  const coding = codingOf(bytes, wanted);
  return { status, type: JSON_TYPE, coding, tag, body: await encode(bytes, coding, "quick") };
}

function sendReady(reply: FastifyReply, ready: Ready): FastifyReply {
  return readyReply(reply, ready).send(ready.body);
}

function readyReply(reply: FastifyReply, { status, type, coding }: Ready): FastifyReply {
  if (coding !== "identity") reply.header("content-encoding", coding);
  return reply.code(status).header("content-type", type);
}

function notModified(reply: FastifyReply): FastifyReply {
  return reply.code(304).send();
}

/** States the tag, and says whether the caller has it already: the weak comparison that RFC 9110 §13.1.2 asks for here. */
function isKnown(request: FastifyRequest, reply: FastifyReply, tag: string): boolean {
  reply.header("etag", tag);
  const stated = request.headers["if-none-match"];
  if (stated === undefined) return false;
  return stated.split(",").some((each) => ["*", tag].includes(each.trim().replace(/^W\//, "")));
}

/** One question in one coding. */
function keyOf(request: FastifyRequest): string {
  return `${codingFor(request.headers["accept-encoding"])} ${request.url}`;
}

function cachingFor({ audience }: FastifyRequest): string {
  return audience === "operator" ? OPERATOR_CACHING : REVISION_CACHING;
}

/** Of the past it says by which rules it was made: other rules may read the same statements otherwise. */
function shelfTag(shelf: Shelf, ...parts: readonly string[]): string {
  const { catalog, rules } = shelf;
  const content = digest(catalog.hash, String(catalog.revision), freshnessMark(shelf), ...parts);
  return rules === undefined ? `"${content}"` : `"rules-${rules}-${content}"`;
}

function etag(...parts: readonly string[]): string {
  return `"${digest(...parts)}"`;
}

function digest(...parts: readonly string[]): string {
  return hash("sha256", [RENDERER, ...parts].join("\n"), "base64url").slice(0, TAG_LENGTH);
}

const marks = new WeakMap<Shelf, string>();

/** Changes whenever a source was read again: documents say when an offer was last seen. */
function freshnessMark(shelf: Shelf): string {
  const known = marks.get(shelf);
  if (known !== undefined) return known;
  const readings = [...shelf.freshness].map(([source, at]) => `${source}=${at}`);
  const mark = hash("sha256", [shelf.catalog.mark, ...readings.toSorted()].join("\n"), "base64url");
  marks.set(shelf, mark);
  return mark;
}
