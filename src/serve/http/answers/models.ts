/** A page of models. */
import { findModels } from "../../../catalog/find.ts";
import type { ModelQuery } from "../../../catalog/query.ts";
import type { Application } from "../../application.ts";
import { listOfDocuments } from "./envelope.ts";
import { refuseUnknownPlaces } from "./gateways.ts";
import { currentShelf, type RevisionAnswer } from "./revision.ts";

/** Throws `BadQuestion` for unknown names, `NotReady` before the first revision. */
export function modelList(application: Application, question: ModelQuery): RevisionAnswer {
  const shelf = currentShelf(application);
  refuseUnknownPlaces(application, shelf, question);
  return {
    shelf,
    bytes: () => {
      const { documents, total } = findModels(shelf, question);
      const has_more = question.offset + documents.length < total;
      return listOfDocuments(documents, { total, has_more, revision: shelf.catalog.revision });
    },
  };
}
