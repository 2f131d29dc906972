/** The composition root: the three ways in which the program runs, each with just what it needs. */
import { createHash, timingSafeEqual } from "node:crypto";
import { startBackground } from "./background.ts";
import type { Shelf } from "./catalog/catalog.ts";
import { loadConfig, type Config, type Flags } from "./config.ts";
import type { Progress } from "./domain/progress.ts";
import { openReading, type Reading } from "./reading.ts";
import type { Application, ServingApplication } from "./serve/application.ts";
import { VERSION } from "./version.ts";

/** For questions and for commands: what a command needs besides is loaded when it is given. */
export async function openApplication(config: Config): Promise<Application> {
  const reading = await openReading(config);
  let shelf = await reading.shelf("operator");
  const refresh = async () => {
    shelf = await reading.shelf("operator");
    return shelf?.catalog.revision ?? 0;
  };
  return {
    ...base(reading),
    shelf: () => shelf,
    sync: async (names, onProgress) => {
      const { syncNow } = await import("./commands.ts");
      const reports = await syncNow(reading, config, names, onProgress);
      return { revision: await refresh(), reports };
    },
    accept: async (run) => {
      const { acceptNow } = await import("./commands.ts");
      const { runId, removed, prices } = await acceptNow(reading, config, run);
      return { revision: await refresh(), runId, removed, prices };
    },
    close: reading.close,
  };
}

/** While serving, this thread only reads: a worker syncs and publishes, and the shelf is exchanged whole. */
export async function openServingApplication(
  flags: Flags,
  onTrouble: (message: string) => void,
): Promise<ServingApplication> {
  const config = loadConfig(undefined, undefined, flags);
  const reading = await openReading(config);
  const audience = config.showAccount ? "operator" : "public";
  let shelf: Shelf | undefined = await reading.shelf(audience);
  const followers = new Set<(progress: Progress) => void>();
  const current = new Map<string, Progress>();

  const refresh = async () => {
    shelf = await reading.shelf(audience);
  };
  const closing = new AbortController();
  const watching = watchRevisions(reading, () => shelf, refresh, closing.signal, onTrouble);
  const background = startBackground(
    { cwd: process.cwd(), flags },
    {
      runtime: reading.runtime,
      onTrouble,
      onPublished: () => void refresh().catch((error: unknown) => onTrouble(messageOf(error))),
      onProgress: (progress) => {
        remember(current, progress);
        for (const follower of followers) follower(progress);
      },
    },
  );

  return {
    ...base(reading),
    host: config.host,
    port: config.port,
    shelf: () => shelf,
    sync: async (names) => {
      reading.sourcesNamed(names);
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
      await reading.close();
    },
  };
}

function base(reading: Reading): Pick<Application, "version" | "ledger" | "sources"> {
  return { version: VERSION, ledger: reading.ledger, sources: reading.cards };
}

/** How often the ledger's revision row is looked at: somebody else may publish into the same ledger. */
const WATCH_EVERY_MS = 2_000;

async function watchRevisions(
  reading: Reading,
  shelf: () => Shelf | undefined,
  refresh: () => Promise<void>,
  signal: AbortSignal,
  onTrouble: (message: string) => void,
): Promise<void> {
  let seen: string | undefined;
  while (!signal.aborted) {
    try {
      const mark = await ledgerMark(reading);
      const latest = await reading.ledger.latestRevision();
      if (latest?.number !== shelf()?.catalog.revision || (seen !== undefined && seen !== mark))
        await refresh();
      seen = mark;
      await reading.runtime.sleep(WATCH_EVERY_MS, signal);
    } catch (error) {
      // The shelf that is out goes on serving; the next look heals.
      if (signal.aborted) return;
      onTrouble(messageOf(error));
      await reading.runtime.sleep(WATCH_EVERY_MS, signal).catch(() => undefined);
    }
  }
}

/** Moves with every run: one that changes nothing still says that all is as it was, and until when. */
async function ledgerMark({ ledger }: Reading): Promise<string> {
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
