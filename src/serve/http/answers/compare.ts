/** Models side by side, field by field: what differs first, then what not all of them state, then what they share. */
import * as z from "zod";
import { readDocument } from "../../../catalog/documents.ts";
import type { Document } from "../../../catalog/fields.ts";
import { modelRow } from "../../../catalog/find.ts";
import { resolveId } from "../../../catalog/resolve.ts";
import { ID_LENGTH_MAX } from "../../../domain/text.ts";
import type { Shelf } from "../../../catalog/catalog.ts";
import { CAPABILITIES } from "../../../domain/capability.ts";
import { single } from "./envelope.ts";
import { nearIds, NoSuchModel } from "./model.ts";
import type { Answering } from "./models.ts";
import { BadQuestion, quoted } from "./question.ts";
import { currentShelf, type RevisionAnswer } from "./revision.ts";

const MODELS_MIN = 2;
const MODELS_MAX = 6;

/** What is compared: paths in a model's document, what people choose by first. */
const COMPARED = [
  "cheapest.input_per_million",
  "cheapest.output_per_million",
  "context_tokens",
  "output_tokens_max",
  "task",
  "input_modalities",
  "output_modalities",
  ...CAPABILITIES.map((capability) => `capabilities.${capability}`),
  "open_weights",
  "license",
  "parameters",
  "knowledge_cutoff",
  "owned_by",
  "variant_of",
  "hugging_face_id",
  "offers_count",
  "gateways",
  "huggingface_metrics.downloads",
  "huggingface_metrics.likes",
  "huggingface_metrics.gated",
] as const;

/** What the values of a field have to do with each other, in the order in which fields stand. */
export const AGREEMENTS = ["different", "partly-unknown", "same"] as const;
type Agreement = (typeof AGREEMENTS)[number];

export const CompareQuestion = z.strictObject({
  models: z
    .string()
    .max(MODELS_MAX * 2 * (ID_LENGTH_MAX + 1))
    .transform((text) => text.split(",").flatMap((id) => (id.trim() === "" ? [] : [id.trim()])))
    .describe(
      `The models by comma, ${MODELS_MIN} to ${MODELS_MAX}: by any ids that they have, of an offer or the bare name too.`,
    ),
});
export type CompareQuestion = z.infer<typeof CompareQuestion>;

/** Throws `NoSuchModel`, `BadQuestion` for too few or too many or what may be several models, `NotReady`. */
export function comparison(
  application: Pick<Answering, "shelf">,
  { models }: CompareQuestion,
): RevisionAnswer {
  const shelf = currentShelf(application);
  if (models.length < MODELS_MIN || models.length > MODELS_MAX)
    throw refused(`${MODELS_MIN} to ${MODELS_MAX} models are compared, not ${models.length}`);
  const named = models.map((asked) => ({ asked, id: meant(shelf, asked) }));
  for (const [index, { asked, id }] of named.entries()) {
    const before = named.slice(0, index).find((one) => one.id === id);
    if (before !== undefined)
      throw refused(`${quoted(before.asked)} and ${quoted(asked)} are one model: ${id}`);
  }
  return {
    shelf,
    bytes: () => {
      const documents = named.map(({ asked, id }) => ({ asked, id, document: documentOf(shelf, id) }));
      return single({
        object: "comparison",
        models: documents.map(({ asked, id, document }) => ({ id, asked, name: document["name"] })),
        fields: COMPARED.flatMap((field) => compared(field, documents)).toSorted(
          (a, b) => AGREEMENTS.indexOf(a.agreement) - AGREEMENTS.indexOf(b.agreement),
        ),
        revision: shelf.catalog.revision,
      });
    },
  };
}

function meant(shelf: Shelf, asked: string): string {
  const [only, ...others] = resolveId(shelf.catalog, asked);
  if (only === undefined) throw new NoSuchModel(asked, nearIds(shelf, asked));
  if (others.length === 0) return only.model;
  const candidates = [only, ...others].map(({ model }) => model);
  throw refused(`${quoted(asked)} may be ${candidates.join(" or ")}: name one of them`, candidates);
}

function refused(message: string, known?: readonly string[]): BadQuestion {
  return new BadQuestion("bad-value", message, {
    parameter: "models",
    ...(known === undefined ? {} : { known }),
  });
}

function documentOf({ catalog }: Shelf, id: string): Document {
  const row = modelRow(catalog, id);
  if (row === undefined) throw new Error(`the model ${id} was resolved, and is not there`);
  return readDocument(catalog.models.documentAt(row));
}

/** Nothing of a field that none of them states. A value that is not stated is not there. */
function compared(
  field: string,
  models: readonly { readonly id: string; readonly document: Document }[],
): readonly { readonly field: string; readonly agreement: Agreement; readonly values: Document }[] {
  const stated = models.flatMap(({ id, document }) => {
    const value = valueAt(document, field);
    return value === undefined ? [] : [[id, value] as const];
  });
  if (stated.length === 0) return [];
  const texts = new Set(stated.map(([, value]) => JSON.stringify(value)));
  const agreement = texts.size > 1 ? "different" : stated.length < models.length ? "partly-unknown" : "same";
  return [{ field, agreement, values: Object.fromEntries(stated) }];
}

/** The order of a list says nothing. */
function valueAt(document: Document, path: string): unknown {
  const value = path
    .split(".")
    .reduce<unknown>(
      (within, key) => (typeof within === "object" && within !== null ? Reflect.get(within, key) : undefined),
      document,
    );
  return Array.isArray(value) ? value.map(String).toSorted() : value;
}
