/** A page of models. */
import type { Shelf } from "../../../catalog/catalog.ts";
import { answerModels, everyModel } from "../../../catalog/answer.ts";
import type { ModelQuery } from "../../../catalog/query.ts";
import type { Application } from "../../application.ts";
import { listOfAnswer } from "./envelope.ts";
import { currentShelf, type RevisionAnswer } from "./revision.ts";
import { refuseUnknownWords } from "./vocabulary.ts";
import { placeOf } from "./walk.ts";

/** Throws `BadQuestion` for unknown names, `WalkIsOver` for an old cursor, `NotReady` before the first revision. */
export function modelList(application: Answering, question: ModelQuery): RevisionAnswer {
  const { shelf, after } = placeOf(application, "model", question);
  refuseUnknownWords(application, shelf.catalog, "model", question);
  return { shelf, bytes: () => listOfAnswer(answerModels(shelf, question, after), shelf.catalog.revision) };
}

/** A shelf, and every document in it that fits a question, in its order. */
export interface Everything {
  readonly shelf: Shelf;
  readonly documents: Iterable<Uint8Array>;
}

/** Throws `BadQuestion` for unknown names, and `NotReady` before the first revision. */
export function everyModelAsked(application: Answering, question: ModelQuery): Everything {
  const shelf = currentShelf(application);
  refuseUnknownWords(application, shelf.catalog, "model", question);
  return { shelf, documents: everyModel(shelf, question) };
}

/** What an answer is made of. */
export type Answering = Pick<Application, "sources" | "shelf" | "earlier">;
