/** What an id means: one model, several that it may be, or none. */
import * as z from "zod";
import { resolveId } from "../../../catalog/resolve.ts";
import { gatewaysAsked } from "../../../catalog/query.ts";
import { ID_LENGTH_MAX } from "../../../domain/text.ts";
import { single } from "./envelope.ts";
import { nearIds, NoSuchModel } from "./model.ts";
import type { Answering } from "./models.ts";
import { refuseUnknown } from "./question.ts";
import { currentShelf, type RevisionAnswer } from "./revision.ts";
import { gatewaysKnown } from "./vocabulary.ts";

export const ResolveQuestion = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(2 * ID_LENGTH_MAX)
    .describe("Any id: of a model or an offer, as a gateway or a caller spells it, or the bare name."),
  gateway: z
    .string()
    .optional()
    .describe("As it is spelled at this gateway; `hug` is `huggingface`, `all` is any."),
});
export type ResolveQuestion = z.infer<typeof ResolveQuestion>;

export interface Resolved extends RevisionAnswer {
  readonly isAmbiguous: boolean;
}

/** Throws `NoSuchModel`, `BadQuestion` for an unknown gateway, `NotReady` before the first revision. */
export function resolution(application: Answering, { id, gateway }: ResolveQuestion): Resolved {
  const shelf = currentShelf(application);
  const asked = gatewaysAsked(gateway === undefined ? undefined : [gateway])?.[0];
  if (asked !== undefined) refuseUnknown("gateway", [asked], gatewaysKnown(application, shelf));
  const meanings = resolveId(shelf.catalog, id, asked);
  const [only, ...others] = meanings;
  if (only === undefined) throw new NoSuchModel(id, nearIds(shelf, id));
  const { revision } = shelf.catalog;
  const isAmbiguous = others.length > 0;
  return {
    shelf,
    isAmbiguous,
    bytes: () =>
      isAmbiguous
        ? single({ object: "candidates", id, candidates: meanings, revision })
        : single({ object: "resolution", id, ...only, revision }),
  };
}
