/** Where a page begins: at a cursor, on the very catalog that it was made for. */
import type { Shelf } from "../../../catalog/catalog.ts";
import { questionMark, readCursor } from "../../../catalog/cursor.ts";
import type { ModelQuery, OfferQuery } from "../../../catalog/query.ts";
import type { Application } from "../../application.ts";
import { BadQuestion } from "./question.ts";
import { currentShelf } from "./revision.ts";

/** The catalog that a cursor was made for is gone: the walk begins again. */
export class WalkIsOver extends Error {
  constructor() {
    super("the revision that this cursor was made for is gone; ask again without the cursor");
    this.name = "WalkIsOver";
  }
}

export interface Place {
  readonly shelf: Shelf;
  /** The last row of the page before. */
  readonly after?: number;
}

/** Throws `BadQuestion` for a cursor that is none, or of another question, `WalkIsOver`, and `NotReady`. */
export function placeOf(
  application: Pick<Application, "shelf" | "earlier">,
  subject: "model" | "offer",
  query: ModelQuery | OfferQuery,
): Place {
  const current = currentShelf(application);
  if (query.cursor === undefined) return { shelf: current };
  const cursor = readCursor(query.cursor);
  if (cursor === undefined)
    throw refused("this is no cursor: take `next_cursor` of the page before as it is");
  if (cursor.question !== questionMark(subject, query))
    throw refused(
      "this cursor belongs to another question: ask the one that it came from, or begin without it",
    );
  const shelf = current.catalog.mark === cursor.mark ? current : application.earlier(cursor.mark);
  if (shelf === undefined) throw new WalkIsOver();
  return { shelf, after: cursor.row };
}

function refused(message: string): BadQuestion {
  return new BadQuestion("bad-value", message, { parameter: "cursor" });
}
