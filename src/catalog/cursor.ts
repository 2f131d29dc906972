/** Where a page ended: a text that says nothing to others, and holds for one question to one catalog. */
import { createHash } from "node:crypto";
import type { ModelQuery, OfferQuery } from "./query.ts";

export interface Cursor {
  /** Of the catalog that it was made for. */
  readonly mark: string;
  /** Of the question that it was made for. */
  readonly question: string;
  /** The last row of the page before. */
  readonly row: number;
}

const PART_BYTES = 8;
const ROW_BYTES = 4;

export function writeCursor({ mark, question, row }: Cursor): string {
  const bytes = Buffer.alloc(2 * PART_BYTES + ROW_BYTES);
  bytes.write(mark, 0, PART_BYTES, "hex");
  bytes.write(question, PART_BYTES, PART_BYTES, "hex");
  bytes.writeUInt32BE(row, 2 * PART_BYTES);
  return bytes.toString("base64url");
}

/** Nothing where the text is no cursor. */
export function readCursor(text: string): Cursor | undefined {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== 2 * PART_BYTES + ROW_BYTES || bytes.toString("base64url") !== text) return undefined;
  return {
    mark: bytes.toString("hex", 0, PART_BYTES),
    question: bytes.toString("hex", PART_BYTES, 2 * PART_BYTES),
    row: bytes.readUInt32BE(2 * PART_BYTES),
  };
}

/** What a page is cut from: the same for every page of one walk, whatever its length and what it shows. */
export function questionMark(subject: "model" | "offer", query: ModelQuery | OfferQuery): string {
  const {
    limit: _limit,
    offset: _offset,
    cursor: _cursor,
    fields: _fields,
    facets: _facets,
    ...asked
  } = query;
  const parts = Object.entries(asked).filter(([, value]) => value !== undefined);
  const text = JSON.stringify([subject, parts.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
  return createHash("sha256")
    .update(text)
    .digest("hex")
    .slice(0, 2 * PART_BYTES);
}
