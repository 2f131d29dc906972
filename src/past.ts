/** What is done with the past: recorded answers are imported, and what was kept is read again with today's rules. */
import type { Config } from "./config.ts";
import type { SourceImport } from "./domain/imported.ts";
import type { RereadSource } from "./domain/reread.ts";
import { openEngine } from "./engine.ts";
import { tellPast } from "./publish/tell-past.ts";
import type { Past } from "./serve/past.ts";
import { importAnswers } from "./sync/past/import.ts";
import { openDirectory } from "./sync/past/directory.ts";
import { planOf } from "./sync/past/plan.ts";
import { rereadSource } from "./sync/past/reread.ts";

export async function openPast(config: Config): Promise<Past> {
  const engine = await openEngine(config);
  const { ledger, runtime } = engine;
  const revisionNow = async () => (await ledger.latestRevision())?.number ?? 0;
  return {
    importRecordings: async (directory, { sources: names, mode, signal, onAnswer, onTelling }) => {
      const context = engine.syncContext(() => undefined, signal);
      const named = engine.sourcesNamed(names);
      // All are asked whose a file is: of one that belongs to another source there is nothing to say.
      const sources = [...new Set([...engine.sourcesNamed([]), ...named])];
      const plan = planOf(await openDirectory(directory), {
        sources,
        credential: context.credential,
        now: runtime.now(),
      });
      const { answers } = plan;
      const isNamed = (source: string) => named.some(({ id }) => id === source);
      const leftOut = plan.leftOut
        .filter(({ sources: whose }) => names.length === 0 || whose.some(isNamed))
        .map(({ file, why }) => ({ file, why }));
      const imports: SourceImport[] = [];
      for (const [source, its] of answers) {
        if (signal.aborted) break;
        if (!isNamed(source)) continue;
        imports.push(await importAnswers(source, its, context, { directory, mode, onAnswer }));
      }
      if (mode === "read") {
        await engine.prune();
        await engine.publish();
      }
      const changes =
        mode === "read" ? await tellPast({ ...engine, signal, onMoment: (at) => onTelling(at) }) : 0;
      return { imports, leftOut, changes, revision: await revisionNow() };
    },
    reread: async ({ sources: names, mode, onAnswer }) => {
      const context = engine.syncContext(() => undefined, new AbortController().signal);
      const sources: RereadSource[] = [];
      for (const source of engine.sourcesNamed(names)) {
        const read = await rereadSource(source, context, { mode, onAnswer });
        if (read !== undefined) sources.push(read);
      }
      if (mode === "apply") await engine.publish();
      return { sources, revision: await revisionNow() };
    },
    close: engine.close,
  };
}
