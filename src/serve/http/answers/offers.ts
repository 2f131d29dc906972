/** A page of offers. */
import { findModel, findOffers } from "../../../catalog/find.ts";
import type { OfferQuery } from "../../../catalog/query.ts";
import type { Application } from "../../application.ts";
import { listOfDocuments } from "./envelope.ts";
import { refuseUnknownPlaces } from "./gateways.ts";
import { BadQuestion, quoted } from "./question.ts";
import { currentShelf, type RevisionAnswer } from "./revision.ts";

/** Throws `BadQuestion` for unknown names, `NotReady` before the first revision. */
export function offerList(application: Application, question: OfferQuery): RevisionAnswer {
  const shelf = currentShelf(application);
  refuseUnknownPlaces(application, shelf, question);
  if (question.model !== undefined && findModel(shelf, question.model) === undefined) {
    throw new BadQuestion(
      "unknown-name",
      `no model has the id ${quoted(question.model)}; /v1/models?q= finds ids`,
      {
        parameter: "model",
      },
    );
  }
  return {
    shelf,
    bytes: () => {
      const { documents, total } = findOffers(shelf, question);
      const has_more = question.offset + documents.length < total;
      return listOfDocuments(documents, { total, has_more, revision: shelf.catalog.revision });
    },
  };
}
