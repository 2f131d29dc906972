/** A page of offers. */
import { answerOffers, everyOffer } from "../../../catalog/answer.ts";
import type { Shelf } from "../../../catalog/catalog.ts";
import { modelRow } from "../../../catalog/find.ts";
import type { OfferQuery } from "../../../catalog/query.ts";
import { listOfAnswer } from "./envelope.ts";
import type { Answering, Everything } from "./models.ts";
import { BadQuestion, quoted } from "./question.ts";
import { currentShelf, type RevisionAnswer } from "./revision.ts";
import { refuseUnknownWords } from "./vocabulary.ts";
import { placeOf } from "./walk.ts";

/** Throws `BadQuestion` for unknown names, `WalkIsOver` for an old cursor, `NotReady` before the first revision. */
export function offerList(application: Answering, question: OfferQuery): RevisionAnswer {
  const { shelf, after } = placeOf(application, "offer", question);
  refuseUnknownNames(application, shelf, question);
  return { shelf, bytes: () => listOfAnswer(answerOffers(shelf, question, after), shelf.catalog.revision) };
}

/** Throws `BadQuestion` for unknown names, and `NotReady` before the first revision. */
export function everyOfferAsked(application: Answering, question: OfferQuery): Everything {
  const shelf = currentShelf(application);
  refuseUnknownNames(application, shelf, question);
  return { shelf, documents: everyOffer(shelf, question) };
}

function refuseUnknownNames(application: Answering, shelf: Shelf, question: OfferQuery): void {
  refuseUnknownWords(application, shelf.catalog, "offer", question);
  if (question.model !== undefined && modelRow(shelf.catalog, question.model) === undefined) {
    throw new BadQuestion(
      "unknown-name",
      `no model has the id ${quoted(question.model)}; /v1/models?q= finds ids`,
      { parameter: "model" },
    );
  }
}
