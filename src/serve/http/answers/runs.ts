/** The last runs, the newest first. */
import * as z from "zod";
import type { Run } from "../../../ledger/ledger.ts";
import type { Application } from "../../application.ts";
import { instant, listOf } from "./envelope.ts";
import { refuseUnknown } from "./question.ts";
import { runReport } from "./run-report.ts";
import { limit } from "./words.ts";

export const RunQuestion = z.strictObject({
  source: z.string().optional().describe("Runs of this source."),
  limit,
});
export type RunQuestion = z.infer<typeof RunQuestion>;

export async function runList(application: Application, question: RunQuestion): Promise<Buffer> {
  const { source } = question;
  if (source !== undefined)
    refuseUnknown(
      "source",
      [source],
      application.sources.map((card) => card.id),
    );
  const found = await application.ledger.runs({
    ...(source === undefined ? {} : { source }),
    limit: question.limit + 1,
  });
  const page = found.slice(0, question.limit);
  return listOf(page.map(runDocument), { has_more: found.length > page.length });
}

/** A run as it was written down: its report, and when. */
export function runDocument(run: Run): object {
  return {
    id: run.id,
    object: "run",
    started_at: instant(run.startedAt),
    recorded_at: instant(run.recordedAt),
    observed_at: run.observedAt === undefined ? undefined : instant(run.observedAt),
    ...runReport(run.report),
  };
}
