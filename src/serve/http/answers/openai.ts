/** Every model in one list, in OpenAI's words alone: for clients that do not page. */
import * as z from "zod";
import type { Catalog } from "../../../catalog/catalog.ts";
import { findModels } from "../../../catalog/find.ts";
import { MODEL_PARAMETERS } from "../../../catalog/parameters.ts";
import { ModelQuery } from "../../../catalog/query.ts";
import type { Answering } from "./models.ts";
import { currentShelf, type RevisionAnswer } from "./revision.ts";
import { refuseUnknownWords } from "./vocabulary.ts";

/** There is one answer, and nothing stands beside it. */
const OF_PAGES: ReadonlySet<string> = new Set(["hub", "limit", "cursor", "offset", "fields", "facets"]);
/** More than anybody offers; some ten megabytes. */
const MODELS_MAX = 100_000;
const UNKNOWN_LAB = "unknown";

const filters = MODEL_PARAMETERS.filter(({ name }) => !OF_PAGES.has(name));
export const OpenAiQuestion = z.strictObject(
  Object.fromEntries(filters.map(({ name }) => [name, ModelQuery.shape[name] ?? z.never()])),
);

/** Throws `BadQuestion` for unknown names, and `NotReady` before the first revision. */
export function openAiList(application: Answering, filter: z.infer<typeof OpenAiQuestion>): RevisionAnswer {
  const shelf = currentShelf(application);
  // The filters of a question are those of every question; a page as long as the list makes it whole.
  const question = { ...filter, limit: MODELS_MAX, offset: 0 } as ModelQuery;
  refuseUnknownWords(application, shelf.catalog, "model", question);
  return { shelf, bytes: () => written(shelf.catalog, question) };
}

/** Read off the columns: no document is touched. */
function written(catalog: Catalog, question: ModelQuery): Buffer {
  const { models } = catalog;
  const [labs, created] = [models.words("lab"), models.numbers("created")];
  const rows = findModels(catalog, question).page({ limit: MODELS_MAX });
  const listed = Array.from(rows, (row) => ({
    id: models.idAt(row),
    object: "model",
    created: Math.floor((created.at(row) ?? 0) / 1_000),
    owned_by: labs.valuesAt(row)[0] ?? UNKNOWN_LAB,
  }));
  return Buffer.from(`${JSON.stringify({ object: "list", data: listed })}\n`);
}
