/** A change in words: which fields, from what to what. */
import { movedTexts } from "../../notify/moved-text.ts";
import type { ChangeDocument } from "./documents.ts";

export function changeText(change: Pick<ChangeDocument, "kind" | "fields">): string {
  if (change.kind === "added" || change.kind === "removed") return "";
  return change.fields
    .flatMap(movedTexts)
    .map(({ what, how }) => `${what}: ${how}`)
    .join("; ");
}
