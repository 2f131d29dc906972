/** Everything that fits as a stream, one document a line: pages of one shelf, made as fast as they are read. */
import type { Shelf } from "../../catalog/catalog.ts";
import { weightsOf } from "./coding.ts";
import type { Reply } from "./respond.ts";

const LINE_TYPES = ["application/x-ndjson", "application/ndjson", "application/jsonl"] as const;
/** So many documents are made before the reader has taken them. */
const CHUNK_DOCUMENTS = 500;
const NEWLINE = Buffer.from("\n");

/** True where `Accept` names lines, and JSON not before them. */
export function wantsLines(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const weights = weightsOf(accept);
  const lines = Math.max(...LINE_TYPES.map((type) => weights.get(type) ?? 0));
  return lines > 0 && lines >= (weights.get("application/json") ?? 0);
}

/** At most `limit` documents from `offset` on, `documentsAt` a page of them. */
export function linesOf(
  shelf: Shelf,
  { offset, limit }: { readonly offset: number; readonly limit: number },
  documentsAt: (page: { readonly offset: number; readonly limit: number }) => readonly Uint8Array[],
): Reply {
  return {
    kind: "lines",
    shelf,
    *lines() {
      let sent = 0;
      while (sent < limit) {
        const asked = Math.min(CHUNK_DOCUMENTS, limit - sent);
        const documents = documentsAt({ offset: offset + sent, limit: asked });
        if (documents.length > 0) yield Buffer.concat(documents.flatMap((each) => [each, NEWLINE]));
        sent += documents.length;
        if (documents.length < asked) return;
      }
    },
  };
}
