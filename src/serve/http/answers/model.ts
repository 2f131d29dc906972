/** One model with its offers, by any id that it has. */
import type { Shelf } from "../../../catalog/catalog.ts";
import { answerModels } from "../../../catalog/answer.ts";
import { findModel, readDocument } from "../../../catalog/documents.ts";
import type { Application } from "../../application.ts";
import { asBuffer } from "./envelope.ts";
import { quoted } from "./question.ts";
import { currentShelf, type RevisionAnswer } from "./revision.ts";

const SUGGESTIONS_MAX = 5;
const QUERY_LENGTH_MAX = 200;
const WORDS_MAX = 8;

/** No model has this id; the message names some that are near. */
export class NoSuchModel extends Error {
  readonly suggestions: readonly string[];

  constructor(id: string, suggestions: readonly string[]) {
    const near = suggestions.length === 0 ? "" : `; near it: ${suggestions.join(", ")}`;
    super(`no model has the id ${quoted(id)}${near}`);
    this.name = "NoSuchModel";
    this.suggestions = suggestions;
  }
}

/** `id` is the canonical one, whatever was asked for. Throws `NoSuchModel`, and `NotReady` before the first revision. */
export function oneModel(application: Application, id: string): RevisionAnswer & { readonly id: string } {
  const shelf = currentShelf(application);
  const found = findModel(shelf, id);
  if (found === undefined) throw new NoSuchModel(id, nearIds(shelf, id));
  return { shelf, id: found.id, bytes: () => asBuffer(found.document) };
}

/** Where a model's document lies: the first slash parts lab and name, every further one is encoded. */
export function modelPath(id: string): string {
  const slash = id.indexOf("/");
  if (slash < 0) return `/v1/models/${encodeURIComponent(id)}`;
  return `/v1/models/${encodeURIComponent(id.slice(0, slash))}/${encodeURIComponent(id.slice(slash + 1))}`;
}

/** What a search for the id's last part finds; where that is nothing, for ever fewer of its words: the last one is misspelt most often. */
export function nearIds(shelf: Shelf, id: string): readonly string[] {
  const part = id
    .slice(id.lastIndexOf("/") + 1)
    .slice(0, QUERY_LENGTH_MAX)
    .toWellFormed();
  const words = part
    .split(/[^\p{L}\p{N}.]+/u)
    .filter((word) => word !== "")
    .slice(0, WORDS_MAX);
  for (let count = words.length; count > 0; count -= 1) {
    const q = words.slice(0, count).join(" ");
    const { documents } = answerModels(shelf, { q, limit: SUGGESTIONS_MAX, offset: 0 });
    if (documents.length > 0) return documents.map((document) => String(readDocument(document)["id"]));
  }
  return [];
}
