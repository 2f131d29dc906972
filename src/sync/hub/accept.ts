/** The operator believes that the models which a crawl did not meet are gone: they are removed without a look. */
import { HUB_SOURCE } from "../../domain/hub-model.ts";
import { emptyReport } from "../../domain/run.ts";
import type { Lease, Run } from "../../ledger/ledger.ts";
import type { SyncContext } from "../context.ts";

/** What was removed, and by which run; nothing where this run's holds are no longer those that wait. */
export async function acceptHub(
  run: Run,
  { ledger, runtime }: Pick<SyncContext, "ledger" | "runtime">,
  lease: Lease,
): Promise<{ readonly runId: number; readonly removed: number } | undefined> {
  const { held } = await ledger.hub.missing();
  const { fingerprint } = await ledger.sourceState(HUB_SOURCE);
  if (held === 0 || run.report.held !== held || fingerprint === undefined) return undefined;
  const recordedAt = runtime.now();
  const state = await ledger.hub.acceptHeld(recordedAt, await ledger.hub.state(), lease);
  const runId = await ledger.commitRun(
    {
      source: HUB_SOURCE,
      startedAt: recordedAt,
      recordedAt,
      report: {
        ...emptyReport(HUB_SOURCE, "complete"),
        coverage: {
          kind: run.report.coverage?.kind ?? "partial",
          evidence: `the operator accepted what run ${run.id} held`,
        },
        removed: held,
      },
      applied: {
        fingerprint,
        openings: [],
        closings: [],
        holds: [],
        endedHolds: [],
        unseen: [],
        volatile: [],
        validators: [],
      },
      findings: [],
      findingKinds: ["held-removal"],
      rawPages: [],
      hub: state,
    },
    lease,
  );
  return { runId, removed: held };
}
