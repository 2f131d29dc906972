/** The answer of a mirror or of the live service, read as every sync reads it, into a ledger that is forgotten. */
import { loadConfig } from "../../src/config.ts";
import { openEngine } from "../../src/engine.ts";
import { openReading } from "../../src/reading.ts";
import type { PackageSource, Source, WebSource } from "../../src/kit/source.ts";
import type { RawPage } from "../../src/ledger/ledger.ts";
import { runSource } from "../../src/sync/run.ts";
import type { Answer } from "./answer.ts";
import { answerOf, itemsOfPage } from "./body.ts";

/** `mirror` stands in for the upstream; without it the upstream itself is asked, with the operator's credential. */
export async function readFromNetwork(source: Source, mirror: string | undefined): Promise<Answer> {
  return source.kind === "package" ? readInstalled(source) : readWeb(source, mirror);
}

async function readWeb(source: WebSource, mirror: string | undefined): Promise<Answer> {
  // An empty text hides what the environment sets.
  const flags = { MODELDEX_DATABASE: ":memory:", MODELDEX_MIRROR: mirror ?? "", MODELDEX_SOURCES: "" };
  const config = loadConfig(undefined, undefined, flags);
  const engine = await openEngine(config, await openReading(config, [source]));
  const pages: RawPage[] = [];
  try {
    const context = engine.syncContext(() => undefined, new AbortController().signal);
    const report = await runSource(source, {
      ...context,
      ledger: {
        ...context.ledger,
        commitRun: (commit, lease) => {
          pages.push(...commit.rawPages);
          return context.ledger.commitRun(commit, lease);
        },
      },
    });
    const items = pages.flatMap(({ bytes }) => itemsOfPage(source, bytes));
    const { outcome, coverage, error, reason, rows, unique, offers, rejected } = report;
    const why = error?.message ?? reason;
    return {
      ...answerOf(source, items, mirror ?? source.baseUrl),
      outcome,
      ...(coverage === undefined ? {} : { coverage: `${coverage.kind}: ${coverage.evidence}` }),
      ...(why === undefined ? {} : { error: why }),
      rows,
      unique,
      offers,
      rejected,
    };
  } finally {
    await engine.close();
  }
}

async function readInstalled(source: PackageSource): Promise<Answer> {
  const items = await Array.fromAsync(source.read());
  return answerOf(source, items, `the package, edition ${source.edition()}`);
}
