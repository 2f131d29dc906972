/** What changed, the oldest first, page by page: `next_after` is where the next page begins. */
import * as z from "zod";
import { modelRow } from "../../../catalog/find.ts";
import { gatewaysAsked } from "../../../catalog/query.ts";
import { CAUSES, CHANGE_KINDS, TOPICS } from "../../../domain/change.ts";
import type { StoredChange } from "../../../ledger/ledger.ts";
import type { Application } from "../../application.ts";
import { instant, listOf } from "./envelope.ts";
import { MOMENT_ALLOWED, readMoment } from "./moment.ts";
import { BadQuestion, quoted, refuseUnknown } from "./question.ts";
import { gatewaysKnown } from "./vocabulary.ts";
import { limit, oneOf } from "./words.ts";

export const ChangeQuestion = z.strictObject({
  since: z.string().optional().describe(`Changes at or after this moment. ${MOMENT_ALLOWED}`),
  until: z.string().optional().describe(`Changes before this moment. ${MOMENT_ALLOWED}`),
  kind: oneOf(CHANGE_KINDS).describe(`Of these kinds: ${CHANGE_KINDS.join(", ")}.`),
  topic: oneOf(TOPICS).describe(`About these topics: ${TOPICS.join(", ")}.`),
  cause: oneOf(CAUSES).describe(`For these causes: ${CAUSES.join(", ")}.`),
  gateway: z.string().optional().describe("Of offers of this one gateway; `hug` is `huggingface`."),
  model: z.string().optional().describe("Of this model and its offers, by any id that it has."),
  limit,
  after: z.coerce
    .number()
    .int()
    .min(0)
    .optional()
    .describe("Changes after the one with this number: `next_after` of the page before."),
});
export type ChangeQuestion = z.infer<typeof ChangeQuestion>;

/** Throws `BadQuestion` for unknown names and for what is no moment. */
export async function changeList(
  application: Application,
  question: ChangeQuestion,
  now: number,
): Promise<Buffer> {
  const shelf = application.shelf();
  const gateways = question.gateway === undefined ? undefined : [question.gateway];
  refuseUnknown("gateway", gatewaysAsked(gateways) ?? [], gatewaysKnown(application, shelf));
  const { model } = question;
  const row = model === undefined || shelf === undefined ? undefined : modelRow(shelf.catalog, model);
  const canonical = row === undefined ? model : shelf?.catalog.models.idAt(row);
  const found = await application.ledger.changes({
    ...stated("since", moment("since", question.since, now)),
    ...stated("until", moment("until", question.until, now)),
    ...stated("afterId", question.after),
    ...stated("gateway", gatewaysAsked(gateways)?.[0]),
    ...stated("model", canonical),
    ...stated("kinds", question.kind),
    ...stated("topics", question.topic),
    ...stated("causes", question.cause),
    limit: question.limit + 1,
  });
  const page = found.slice(0, question.limit);
  const last = page.at(-1);
  const has_more = found.length > page.length;
  return listOf(page.map(changeDocument), {
    has_more,
    ...(has_more && last !== undefined ? { next_after: last.id } : {}),
    ...(shelf === undefined ? {} : { revision: shelf.catalog.revision }),
  });
}

function changeDocument(change: StoredChange): object {
  return {
    id: change.id,
    object: "change",
    at: instant(change.at),
    revision: change.revision,
    subject: change.subject,
    subject_id: change.subjectId,
    kind: change.kind,
    topics: change.topics,
    cause: change.cause,
    gateway: change.gateway,
    model: change.model,
    fields: change.fields,
  };
}

function moment(parameter: string, text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const ms = readMoment(text, now);
  if (ms === undefined)
    throw new BadQuestion("bad-value", `${parameter} cannot be ${quoted(text)}. ${MOMENT_ALLOWED}`, {
      parameter,
    });
  return ms;
}

function stated<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [name in Name]?: Value } {
  // A computed key widens to string; it is Name.
  return (value === undefined ? {} : { [name]: value }) as { readonly [name in Name]?: Value };
}
