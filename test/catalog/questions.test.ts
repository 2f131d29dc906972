/** Whatever is asked of whatever catalog: the index answers what a scan of plain objects does. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { answerModels, answerOffers, everyModel, everyOffer } from "../../src/catalog/answer.ts";
import { beginCatalog, type ModelEntry } from "../../src/catalog/build.ts";
import type { Shelf } from "../../src/catalog/catalog.ts";
import { vocabularyOf } from "../../src/catalog/constraints.ts";
import { readCursor } from "../../src/catalog/cursor.ts";
import { readDocument } from "../../src/catalog/documents.ts";
import { WORD_FIELDS, namesOf } from "../../src/catalog/fields.ts";
import { MODEL_PARAMETERS, OFFER_PARAMETERS } from "../../src/catalog/parameters.ts";
import { ModelQuery, OfferQuery } from "../../src/catalog/query.ts";
import { ASKED, catalogs, questions } from "./random.ts";
import { expectedModels, expectedOffers, spelledExactly } from "./reference.ts";

const SEED = Number(process.env["MODELDEX_TEST_SEED"] ?? 1);
const RUNS = Number(process.env["MODELDEX_QUESTIONS"] ?? 150);
const QUESTIONS_EACH = 6;
const TIMEOUT_MS = 600_000;

function shelfOf(entries: readonly ModelEntry[]): Shelf {
  const building = beginCatalog(entries.filter(({ offers }) => offers.length > 0));
  building.addUnserved(entries.filter(({ offers }) => offers.length === 0));
  const catalog = building.finish(1, 0);
  spelledExactly(namesOf(WORD_FIELDS).flatMap((name) => vocabularyOf(catalog, name).values));
  return { catalog, freshness: new Map() };
}

function idsOf(documents: Iterable<Uint8Array>): readonly string[] {
  return Array.from(documents, (document) => String(readDocument(document)["id"]));
}

const modelQuestions = fc.array(questions(MODEL_PARAMETERS.map(({ name }) => name)), {
  minLength: QUESTIONS_EACH,
  maxLength: QUESTIONS_EACH,
});
const offerQuestions = fc.array(questions(OFFER_PARAMETERS.map(({ name }) => name)), {
  minLength: QUESTIONS_EACH,
  maxLength: QUESTIONS_EACH,
});

interface Kind {
  readonly what: string;
  readonly questions: typeof modelQuestions;
  readonly look: (
    shelf: Shelf,
    entries: readonly ModelEntry[],
    question: { readonly [name: string]: string },
  ) => {
    readonly answer: ReturnType<typeof answerModels>;
    readonly every: Iterable<Uint8Array>;
    readonly expected: ReturnType<typeof expectedModels>;
  };
}

const KINDS: readonly Kind[] = [
  {
    what: "models",
    questions: modelQuestions,
    look: (shelf, entries, question) => {
      const query = ModelQuery.parse(question);
      return {
        answer: answerModels(shelf, query),
        every: everyModel(shelf, query),
        expected: expectedModels(entries, query),
      };
    },
  },
  {
    what: "offers",
    questions: offerQuestions,
    look: (shelf, entries, question) => {
      const query = OfferQuery.parse(question);
      return {
        answer: answerOffers(shelf, query),
        every: everyOffer(shelf, query),
        expected: expectedOffers(entries, query),
      };
    },
  },
];

test.each(KINDS)(
  `$what: ids, order, total and facets are those of a scan (${RUNS} catalogs, seed ${SEED})`,
  ({ questions: some, look }) => {
    fc.assert(
      fc.property(catalogs, some, (entries, asked) => {
        const shelf = shelfOf(entries);
        for (const question of asked) {
          const { answer, every, expected } = look(shelf, entries, { ...question, limit: "1000" });
          const { ids, facets } = expected;
          expect({
            question,
            ids: idsOf(answer.documents),
            total: answer.total,
            facets: answer.counted?.facets ?? {},
          }).toEqual({ question, ids, total: ids.length, facets });
          expect(idsOf(every)).toEqual(ids);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  },
  TIMEOUT_MS,
);

test(
  `a walk by cursors or by offsets, of pages of any length, is the whole answer in order (seed ${SEED})`,
  () => {
    fc.assert(
      fc.property(catalogs, modelQuestions, fc.integer({ min: 1, max: 4 }), (entries, asked, limit) => {
        const shelf = shelfOf(entries);
        for (const question of asked) {
          const query = ModelQuery.parse({ ...question, limit: String(limit) });
          const { ids } = expectedModels(entries, query);
          expect(walked(shelf, query)).toEqual(ids);
          const offset = Math.min(2, ids.length);
          expect(idsOf(answerModels(shelf, { ...query, offset }).documents)).toEqual(
            ids.slice(offset, offset + limit),
          );
        }
      }),
      { seed: SEED, numRuns: Math.ceil(RUNS / 2) },
    );
  },
  TIMEOUT_MS,
);

function walked(shelf: Shelf, query: ModelQuery): readonly string[] {
  const ids: string[] = [];
  let after: number | undefined;
  for (;;) {
    const { documents, next } = answerModels(shelf, query, after);
    ids.push(...idsOf(documents));
    if (next === undefined) return ids;
    const cursor = readCursor(next);
    expect(cursor?.mark).toBe(shelf.catalog.mark);
    after = cursor?.row;
  }
}

test("chance asks for every parameter that an answer depends on", () => {
  const page = new Set(["limit", "cursor", "offset", "fields"]);
  const all = new Set([...MODEL_PARAMETERS, ...OFFER_PARAMETERS].map(({ name }) => name));
  expect([...all].filter((name) => !ASKED.includes(name) && !page.has(name))).toEqual([]);
});
