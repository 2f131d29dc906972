/** A change as it is told: in answers, events and messages alike. Pure. */
import type { StoredChange } from "../ledger/ledger.ts";

export function changeDocument(change: StoredChange): object {
  return {
    id: change.id,
    object: "change",
    at: new Date(change.at).toISOString().replace(".000Z", "Z"),
    revision: change.revision,
    subject: change.subject,
    subject_id: change.subjectId,
    kind: change.kind,
    topics: change.topics,
    cause: change.cause,
    gateway: change.gateway,
    model: change.model,
    fields: change.fields,
    story: change.story,
    imported: change.isImported,
  };
}
