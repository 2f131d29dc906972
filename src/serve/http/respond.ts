/** From an answer to a response: ready bytes, a strong ETag, 304, and how long others may keep it. */
import { hash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Shelf } from "../../catalog/catalog.ts";
import type { RevisionAnswer } from "./answers/revision.ts";

/** Raised whenever the same content is written as other bytes: it is a part of every ETag. */
const RENDERER = "1";
const JSON_TYPE = "application/json; charset=utf-8";
const TAG_LENGTH = 27;

/** A revision's answers may be shown while they are renewed, and for a day while we are away. */
const REVISION_CACHING = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400";
/** Runs and ages move between revisions. */
const LIVE_CACHING = "public, max-age=5, stale-while-revalidate=60, stale-if-error=86400";

/**
 * What a route answers. `revision`: the same for as long as the revision and its freshness are. `live`: out of the
 * ledger. `moved`: it has another address. `momentary`: true now and kept by nobody.
 */
export type Reply =
  | { readonly kind: "revision"; readonly answer: RevisionAnswer }
  | { readonly kind: "live"; readonly bytes: Buffer }
  | { readonly kind: "moved"; readonly location: string }
  | { readonly kind: "momentary"; readonly bytes: Buffer };

export function respond(request: FastifyRequest, reply: FastifyReply, answered: Reply): FastifyReply {
  switch (answered.kind) {
    case "revision": {
      const { shelf, bytes } = answered.answer;
      const tag = etag(
        shelf.catalog.hash,
        String(shelf.catalog.revision),
        freshnessMark(shelf),
        RENDERER,
        request.url,
        JSON_TYPE,
      );
      return conditional(request, reply.header("cache-control", REVISION_CACHING), tag, bytes);
    }
    case "live": {
      const tag = etag(RENDERER, request.url, JSON_TYPE, answered.bytes.toString("latin1"));
      return conditional(request, reply.header("cache-control", LIVE_CACHING), tag, () => answered.bytes);
    }
    case "moved":
      return reply.header("cache-control", REVISION_CACHING).redirect(answered.location, 308);
    case "momentary":
      return reply.headers({ "cache-control": "no-store", "content-type": JSON_TYPE }).send(answered.bytes);
  }
}

function conditional(
  request: FastifyRequest,
  reply: FastifyReply,
  tag: string,
  bytes: () => Buffer,
): FastifyReply {
  reply.header("etag", tag);
  if (matches(request.headers["if-none-match"], tag)) return reply.code(304).send();
  return reply.header("content-type", JSON_TYPE).send(bytes());
}

/** The weak comparison that RFC 9110 §13.1.2 asks for here. */
function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(",").some((each) => ["*", tag].includes(each.trim().replace(/^W\//, "")));
}

function etag(...parts: readonly string[]): string {
  return `"${hash("sha256", parts.join("\n"), "base64url").slice(0, TAG_LENGTH)}"`;
}

const marks = new WeakMap<Shelf, string>();

/** Changes whenever a source was read again: documents say when an offer was last seen, and the Hub's counters. */
function freshnessMark(shelf: Shelf): string {
  const known = marks.get(shelf);
  if (known !== undefined) return known;
  const readings = [...shelf.freshness].map(([source, at]) => `${source}=${at}`);
  const counters = JSON.stringify([...(shelf.counters ?? [])]);
  const mark = hash("sha256", [...readings.toSorted(), counters].join("\n"), "base64url");
  marks.set(shelf, mark);
  return mark;
}
