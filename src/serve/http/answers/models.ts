/** A page of models. */
import { answerModels } from "../../../catalog/answer.ts";
import type { ModelQuery } from "../../../catalog/query.ts";
import type { Application } from "../../application.ts";
import { listOfAnswer } from "./envelope.ts";
import type { RevisionAnswer } from "./revision.ts";
import { refuseUnknownWords } from "./vocabulary.ts";
import { placeOf } from "./walk.ts";

/** Throws `BadQuestion` for unknown names, `WalkIsOver` for an old cursor, `NotReady` before the first revision. */
export function modelList(application: Answering, question: ModelQuery): RevisionAnswer {
  const { shelf, after } = placeOf(application, "model", question);
  refuseUnknownWords(application, shelf.catalog, "model", question);
  return { shelf, bytes: () => listOfAnswer(answerModels(shelf, question, after), shelf.catalog.revision) };
}

/** What an answer is made of. */
export type Answering = Pick<Application, "sources" | "shelf" | "earlier">;
