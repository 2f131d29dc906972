/** What is done with the past: recorded answers are imported, and what was kept is read again with today's rules. */
import type { Config } from "./config.ts";
import type { SourceImport } from "./domain/imported.ts";
import { openEngine } from "./engine.ts";
import type { Past } from "./serve/past.ts";
import { importAnswers } from "./sync/past/import.ts";
import { openDirectory } from "./sync/past/directory.ts";
import { planOf } from "./sync/past/plan.ts";

export async function openPast(config: Config): Promise<Past> {
  const engine = await openEngine(config);
  const { ledger, runtime } = engine;
  return {
    importRecordings: async (directory, { sources: names, mode, signal, onAnswer }) => {
      const context = engine.syncContext(() => undefined, signal);
      const sources = engine.sourcesNamed(names);
      const { answers, leftOut } = planOf(await openDirectory(directory), {
        sources,
        credential: context.credential,
        now: runtime.now(),
      });
      const imports: SourceImport[] = [];
      for (const [source, its] of answers) {
        if (signal.aborted) break;
        imports.push(await importAnswers(source, its, context, { directory, mode, onAnswer }));
      }
      if (mode === "read") {
        await engine.prune();
        await engine.publish();
      }
      return { imports, leftOut, revision: (await ledger.latestRevision())?.number ?? 0 };
    },
    close: engine.close,
  };
}
