/** A page of offers. */
import { answerOffers } from "../../../catalog/answer.ts";
import { modelRow } from "../../../catalog/find.ts";
import type { OfferQuery } from "../../../catalog/query.ts";
import { listOfAnswer } from "./envelope.ts";
import type { Answering } from "./models.ts";
import { BadQuestion, quoted } from "./question.ts";
import type { RevisionAnswer } from "./revision.ts";
import { refuseUnknownWords } from "./vocabulary.ts";
import { placeOf } from "./walk.ts";

/** Throws `BadQuestion` for unknown names, `WalkIsOver` for an old cursor, `NotReady` before the first revision. */
export function offerList(application: Answering, question: OfferQuery): RevisionAnswer {
  const { shelf, after } = placeOf(application, "offer", question);
  refuseUnknownWords(application, shelf.catalog, "offer", question);
  if (question.model !== undefined && modelRow(shelf.catalog, question.model) === undefined) {
    throw new BadQuestion(
      "unknown-name",
      `no model has the id ${quoted(question.model)}; /v1/models?q= finds ids`,
      { parameter: "model" },
    );
  }
  return { shelf, bytes: () => listOfAnswer(answerOffers(shelf, question, after), shelf.catalog.revision) };
}
