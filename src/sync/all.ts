/** Sources side by side, each alone: what happens to one is no other's business. */
import { emptyReport } from "../domain/run.ts";
import type { Source } from "../kit/source.ts";
import type { SyncContext } from "./context.ts";
import { runSource, type RunReport } from "./run.ts";

/** Reads all of these at once; `onRun` hears of each as soon as it is done. Answers in the order given. */
export async function syncAll(
  sources: readonly Source[],
  context: SyncContext,
  onRun: (report: RunReport) => void = () => undefined,
): Promise<readonly RunReport[]> {
  return Promise.all(
    sources.map(async (source) => {
      const report = await runSafely(source, context);
      onRun(report);
      return report;
    }),
  );
}

/** A ledger that cannot be written fails this run, is said, and stops nobody else: the next run finds it healed. */
async function runSafely(source: Source, context: SyncContext): Promise<RunReport> {
  try {
    return await runSource(source, context);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const report: RunReport = { ...emptyReport(source.id, "failed"), error: { code: "store", message } };
    context.onProgress({ kind: "finished", source: source.id, report });
    return report;
  }
}
