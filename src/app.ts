/** The composition root: the three ways in which the program runs, each with just what it needs. */
import { createHash, timingSafeEqual } from "node:crypto";
import { startBackground } from "./background.ts";
import type { Shelf } from "./catalog/catalog.ts";
import { loadConfig, type Config, type Flags } from "./config.ts";
import type { Progress } from "./domain/progress.ts";
import { openEngine, type Engine } from "./engine.ts";
import type { Application, ServingApplication } from "./serve/application.ts";
import { UnknownName } from "./serve/application.ts";
import { acceptRun, NothingHeld } from "./sync/accept.ts";
import { syncAll } from "./sync/all.ts";
import { createPublisher } from "./publish/publisher.ts";
import { VERSION } from "./version.ts";

/** For questions and for commands alike: this thread reads and writes. */
export async function openApplication(config: Config): Promise<Application> {
  const engine = await openEngine(config);
  let shelf = await engine.shelf("operator");
  const refresh = async () => {
    shelf = await engine.shelf("operator");
    return shelf?.catalog.revision ?? 0;
  };
  return {
    ...base(engine),
    shelf: () => shelf,
    sync: async (names, onProgress) => {
      const sources = engine.sourcesNamed(names);
      const stop = new AbortController();
      const publisher = createPublisher({
        runtime: engine.runtime,
        everyMs: config.publishEveryMs,
        signal: stop.signal,
        publish: engine.publish,
        onPublished: ({ revision }) =>
          onProgress({
            kind: "published",
            revision: revision.number,
            models: revision.models,
            offers: revision.offers,
          }),
        onError: (error) => {
          throw error;
        },
      });
      const reports = await syncAll(sources, engine.syncContext(onProgress, stop.signal), () =>
        publisher.request(),
      );
      stop.abort();
      await publisher.flush();
      await engine.prune();
      return { revision: await refresh(), reports };
    },
    accept: async (run) => {
      const { runId, removed, prices } = await acceptRun(run, engine).catch(asUnknownName);
      await engine.publish();
      return { revision: await refresh(), runId, removed, prices };
    },
    close: engine.close,
  };
}

/** While serving, this thread only reads: a worker syncs and publishes, and the shelf is exchanged whole. */
export async function openServingApplication(
  flags: Flags,
  onTrouble: (message: string) => void,
): Promise<ServingApplication> {
  const config = loadConfig(undefined, undefined, flags);
  const engine = await openEngine(config);
  const audience = config.showAccount ? "operator" : "public";
  let shelf: Shelf | undefined = await engine.shelf(audience);
  const followers = new Set<(progress: Progress) => void>();
  const current = new Map<string, Progress>();

  const refresh = async () => {
    shelf = await engine.shelf(audience);
  };
  const closing = new AbortController();
  const watching = watchRevisions(engine, () => shelf, refresh, closing.signal, onTrouble);
  const background = startBackground(
    { cwd: process.cwd(), flags },
    {
      runtime: engine.runtime,
      onTrouble,
      onPublished: () => void refresh().catch((error: unknown) => onTrouble(messageOf(error))),
      onProgress: (progress) => {
        remember(current, progress);
        for (const follower of followers) follower(progress);
      },
    },
  );

  return {
    ...base(engine),
    host: config.host,
    port: config.port,
    shelf: () => shelf,
    sync: async (names) => {
      engine.sourcesNamed(names);
      const result = await background.sync(names);
      await refresh();
      return result;
    },
    accept: async (run) => {
      const result = await background.accept(run);
      await refresh();
      return result;
    },
    follow: (follower) => {
      followers.add(follower);
      return () => void followers.delete(follower);
    },
    inProgress: () => [...current.values()],
    isAdmin: (key) =>
      config.adminKey === undefined ? undefined : key !== undefined && sameText(key, config.adminKey),
    close: async () => {
      closing.abort();
      await watching;
      await background.close();
      await engine.close();
    },
  };
}

function base(engine: Engine): Pick<Application, "version" | "ledger" | "sources"> {
  return { version: VERSION, ledger: engine.ledger, sources: engine.cards };
}

/** How often the ledger's revision row is looked at: somebody else may publish into the same ledger. */
const WATCH_EVERY_MS = 2_000;

async function watchRevisions(
  engine: Engine,
  shelf: () => Shelf | undefined,
  refresh: () => Promise<void>,
  signal: AbortSignal,
  onTrouble: (message: string) => void,
): Promise<void> {
  let seen: string | undefined;
  while (!signal.aborted) {
    try {
      const mark = await ledgerMark(engine);
      const latest = await engine.ledger.latestRevision();
      if (latest?.number !== shelf()?.catalog.revision || (seen !== undefined && seen !== mark))
        await refresh();
      seen = mark;
      await engine.runtime.sleep(WATCH_EVERY_MS, signal);
    } catch (error) {
      // The shelf that is out goes on serving; the next look heals.
      if (signal.aborted) return;
      onTrouble(messageOf(error));
      await engine.runtime.sleep(WATCH_EVERY_MS, signal).catch(() => undefined);
    }
  }
}

/** Moves with every run: one that changes nothing still says that all is as it was, and until when. */
async function ledgerMark({ ledger }: Engine): Promise<string> {
  const [lastRun] = await ledger.runs({ limit: 1 });
  return `${await ledger.contentMark()} ${lastRun?.id ?? 0}`;
}

function remember(current: Map<string, Progress>, progress: Progress): void {
  if (progress.kind === "published") return;
  if (progress.kind === "finished") current.delete(progress.source);
  else current.set(progress.source, progress);
}

/** Digests first, so that neither the time nor a length tells anything about the key. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function asUnknownName(error: unknown): never {
  throw error instanceof NothingHeld ? new UnknownName(error.message) : error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
