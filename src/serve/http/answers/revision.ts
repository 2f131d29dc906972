/** Answers out of one revision: everything in one answer comes from the same shelf. */
import type { Shelf } from "../../../catalog/catalog.ts";
import type { Application } from "../../application.ts";

/** Nothing was ever read: there is no revision to answer from. */
export class NotReady extends Error {
  constructor() {
    super("no revision has been published yet: nothing has been read, or the first sync is still running");
    this.name = "NotReady";
  }
}

/** A question already found good; the bytes are written when somebody wants them, which after a 304 nobody does. */
export interface RevisionAnswer {
  readonly shelf: Shelf;
  bytes(): Buffer;
}

/** The revision being served. Throws `NotReady`. */
export function currentShelf(application: Pick<Application, "shelf">): Shelf {
  const shelf = application.shelf();
  if (shelf === undefined) throw new NotReady();
  return shelf;
}
