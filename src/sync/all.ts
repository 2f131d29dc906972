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
  const running = new Map<string, Promise<RunReport>>();
  const start = (source: Source): Promise<RunReport> => {
    const known = running.get(source.id);
    if (known !== undefined) return known;
    const run = runAfterParent(source).then((report) => {
      onRun(report);
      return report;
    });
    running.set(source.id, run);
    return run;
  };
  /** Who is asked offer by offer of another source's list waits for that list, where both are read. */
  const runAfterParent = async (source: Source): Promise<RunReport> => {
    const parent = source.kind === "web" ? sources.find(({ id }) => id === source.each?.source) : undefined;
    if (parent !== undefined) await start(parent);
    return runSafely(source, context);
  };
  return Promise.all(sources.map(start));
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
