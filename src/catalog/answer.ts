/** A page of an answer: documents as bytes, ready to be joined, and what stands beside them. */
import type { Shelf } from "./catalog.ts";
import { questionMark, writeCursor } from "./cursor.ts";
import { modelDocumentAt, offerDocumentAt, project } from "./documents.ts";
import { countFacets, type Facets } from "./facets.ts";
import { findModels, findOffers, type Found } from "./find.ts";
import type { ModelQuery, OfferQuery, Query } from "./query.ts";

export interface Answer {
  readonly total: number;
  readonly documents: readonly Uint8Array[];
  /** Where the next page begins; nothing on the last one. */
  readonly next?: string;
  readonly counted?: Facets;
}

/** `after` is the row that a cursor names. */
export function answerModels(shelf: Shelf, query: ModelQuery, after?: number): Answer {
  const found = findModels(shelf.catalog, query);
  return answer(shelf, found, query, questionMark("model", query), after, modelDocumentAt);
}

export function answerOffers(shelf: Shelf, query: OfferQuery, after?: number): Answer {
  const found = findOffers(shelf.catalog, query);
  return answer(shelf, found, query, questionMark("offer", query), after, offerDocumentAt);
}

/** Every document that fits, in order, made as it is asked for: an answer of any length in the memory of a page. */
export function* everyModel(shelf: Shelf, query: ModelQuery): Iterable<Uint8Array> {
  yield* every(shelf, findModels(shelf.catalog, query), query, modelDocumentAt);
}

export function* everyOffer(shelf: Shelf, query: OfferQuery): Iterable<Uint8Array> {
  yield* every(shelf, findOffers(shelf.catalog, query), query, offerDocumentAt);
}

type DocumentAt = (shelf: Shelf, row: number) => Uint8Array;

function answer(
  shelf: Shelf,
  found: Found,
  query: Query,
  question: string,
  after: number | undefined,
  documentAt: DocumentAt,
): Answer {
  const { limit, offset, fields, facets } = query;
  // One more than the page holds says whether there is a next one.
  const rows = found.page({ limit: limit + 1, offset, ...(after === undefined ? {} : { after }) });
  const page = rows.subarray(0, limit);
  const last = page.at(-1);
  return {
    total: found.total,
    documents: Array.from(page, (row) => shaped(documentAt(shelf, row), fields)),
    ...(rows.length > limit && last !== undefined
      ? { next: writeCursor({ mark: shelf.catalog.mark, question, row: last }) }
      : {}),
    ...(facets === undefined ? {} : { counted: countFacets(shelf.catalog, found, facets) }),
  };
}

const STREAM_PAGE_ROWS = 1_000;

function* every(shelf: Shelf, found: Found, { fields }: Query, documentAt: DocumentAt): Iterable<Uint8Array> {
  let after: number | undefined;
  for (;;) {
    const rows = found.page({ limit: STREAM_PAGE_ROWS, ...(after === undefined ? {} : { after }) });
    for (const row of rows) yield shaped(documentAt(shelf, row), fields);
    if (rows.length < STREAM_PAGE_ROWS) return;
    after = rows.at(-1);
  }
}

function shaped(document: Uint8Array, fields: readonly string[] | undefined): Uint8Array {
  return fields === undefined ? document : project(document, fields);
}
