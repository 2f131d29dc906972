/** The one envelope of every list: `{ object, data, …, revision }`, around documents that are ready bytes. */

import type { Answer } from "../../../catalog/answer.ts";

const HEAD = Buffer.from('{"object":"list","data":[');
const COMMA = Buffer.from(",\n");

/** What stands beside `data`; a list that is not counted has no `total`. */
export interface ListTail {
  readonly total?: number;
  readonly has_more: boolean;
  readonly next_cursor?: string;
  /** Absent before the first revision. */
  readonly revision?: number;
  /** Where a list is known from that is of no revision, since when, and who did not answer. */
  readonly from?: readonly string[];
  readonly as_of?: string;
  readonly trouble?: readonly string[];
  readonly facets?: object;
  /** Facets that would have taken too long. */
  readonly facets_left_out?: readonly string[];
}

/** A page of a catalog's answer, with what stands beside it. */
export function listOfAnswer({ total, documents, next, counted }: Answer, revision: number): Buffer {
  return listOfDocuments(documents, {
    total,
    has_more: next !== undefined,
    ...(next === undefined ? {} : { next_cursor: next }),
    revision,
    ...(counted === undefined ? {} : { facets: counted.facets }),
    ...(counted === undefined || counted.leftOut.length === 0 ? {} : { facets_left_out: counted.leftOut }),
  });
}

/** Joins documents into a list. They are copied as they are, never read. */
export function listOfDocuments(documents: readonly Uint8Array[], tail: ListTail): Buffer {
  const end = Buffer.from(`],${JSON.stringify(tail).slice(1)}\n`);
  const parts: Buffer[] = [HEAD];
  for (const [index, document] of documents.entries()) {
    if (index > 0) parts.push(COMMA);
    parts.push(asBuffer(document));
  }
  parts.push(end);
  return Buffer.concat(parts);
}

/** The same around things that are not documents yet. */
export function listOf(items: readonly object[], tail: ListTail): Buffer {
  return listOfDocuments(
    items.map((item) => Buffer.from(JSON.stringify(item))),
    tail,
  );
}

/** One thing alone. */
export function single(item: object): Buffer {
  return Buffer.from(`${JSON.stringify(item)}\n`);
}

/** The instant as every document writes it. */
export function instant(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}

/** A view, not a copy. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
