/** A change in words: which fields, from what to what. */
import { differencesOf } from "../../notify/difference.ts";
import type { ChangeDocument } from "./documents.ts";

export function changeText(change: Pick<ChangeDocument, "kind" | "fields">): string {
  if (change.kind === "added" || change.kind === "removed") return "";
  return change.fields
    .flatMap(differencesOf)
    .map(({ what, how }) => `${what}: ${how}`)
    .join("; ");
}
