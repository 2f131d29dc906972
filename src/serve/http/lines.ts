/** Everything that fits as a stream, one document a line: of one shelf, made as fast as it is read. */
import type { Shelf } from "../../catalog/catalog.ts";
import { BadQuestion } from "./answers/question.ts";
import { weightsOf } from "./coding.ts";
import type { Reply } from "./respond.ts";
import { statedIn } from "./stated.ts";

export const LINES_TYPE = "application/x-ndjson; charset=utf-8";
const LINE_TYPES = ["application/x-ndjson", "application/ndjson", "application/jsonl"] as const;
/** So many bytes are made before the reader has taken those before. */
const CHUNK_BYTES = 65_536;
const NEWLINE = Buffer.from("\n");

/** True where `Accept` names lines, and JSON not before them. */
export function wantsLines(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const weights = weightsOf(accept);
  const lines = Math.max(...LINE_TYPES.map((type) => weights.get(type) ?? 0));
  return lines > 0 && lines >= (weights.get("application/json") ?? 0);
}

/** All of the documents; only a part of them where the address itself states `limit` or `offset`. Throws `BadQuestion` for a cursor. */
export function linesOf(shelf: Shelf, documents: Iterable<Uint8Array>, url: string): Reply {
  const stated = statedIn(url);
  if (stated.has("cursor"))
    throw new BadQuestion("bad-value", "a stream has no pages, and so no cursor", { parameter: "cursor" });
  const offset = Number(stated.get("offset") ?? 0);
  const limit = Number(stated.get("limit") ?? Infinity);
  return { kind: "lines", shelf, lines: () => inChunks(part(documents, offset, limit)) };
}

function* part(documents: Iterable<Uint8Array>, offset: number, limit: number): Iterable<Uint8Array> {
  let passed = 0;
  for (const document of documents) {
    passed += 1;
    if (passed > offset) yield document;
    if (passed - offset >= limit) return;
  }
}

function* inChunks(documents: Iterable<Uint8Array>): Iterable<Uint8Array> {
  let parts: Uint8Array[] = [];
  let bytes = 0;
  for (const document of documents) {
    parts.push(document, NEWLINE);
    bytes += document.length + NEWLINE.length;
    if (bytes < CHUNK_BYTES) continue;
    yield Buffer.concat(parts);
    parts = [];
    bytes = 0;
  }
  if (parts.length > 0) yield Buffer.concat(parts);
}
