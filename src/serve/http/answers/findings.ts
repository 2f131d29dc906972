/** The open findings: what upstreams said that deserves a look. */
import * as z from "zod";
import { FINDING_KINDS } from "../../../domain/finding.ts";
import type { StoredFinding } from "../../../ledger/ledger.ts";
import type { Application } from "../../application.ts";
import { instant, listOf } from "./envelope.ts";
import { refuseUnknown } from "./question.ts";
import { limit } from "./words.ts";

export const FindingQuestion = z.strictObject({
  source: z.string().optional().describe("Findings of this source."),
  kind: z
    .enum(FINDING_KINDS)
    .optional()
    .describe(`Findings of this kind: ${FINDING_KINDS.join(", ")}.`),
  limit,
});
export type FindingQuestion = z.infer<typeof FindingQuestion>;

export async function findingList(application: Application, question: FindingQuestion): Promise<Buffer> {
  const { source, kind } = question;
  if (source !== undefined)
    refuseUnknown(
      "source",
      [source],
      application.sources.map((card) => card.id),
    );
  const found = await application.ledger.findings({
    ...(source === undefined ? {} : { source }),
    ...(kind === undefined ? {} : { kind }),
    limit: question.limit + 1,
  });
  const page = found.slice(0, question.limit);
  return listOf(page.map(findingDocument), { has_more: found.length > page.length });
}

function findingDocument(finding: StoredFinding): object {
  return {
    object: "finding",
    source: finding.source,
    kind: finding.kind,
    subject: finding.subject,
    pointer: finding.pointer,
    message: finding.message,
    first_seen: instant(finding.firstSeen),
    last_seen: instant(finding.lastSeen),
    runs: finding.runs,
  };
}
