/** The composition root: the three ways in which the program runs, each with just what it needs. */
import { createHash, timingSafeEqual } from "node:crypto";
import { startBackground } from "./background.ts";
import { takeOver } from "./catalog/handed.ts";
import { createRecent } from "./catalog/recent.ts";
import { openChecking } from "./checking.ts";
import { loadConfig, type Config, type Flags } from "./config.ts";
import type { Progress } from "./domain/progress.ts";
import { systemRuntime } from "./kit/runtime.ts";
import type { Handed } from "./messages.ts";
import { decidedNow } from "./publish/decide.ts";
import type { Audience } from "./publish/shelves.ts";
import type { Reading } from "./reading.ts";
import { lastTime, noteForNextTime } from "./restart.ts";
import { provenanceOf } from "./provenance.ts";
import type { Application, ServingApplication, Then } from "./serve/application.ts";
import { createThens, threadBuilder } from "./then.ts";
import { watchesOf } from "./watches.ts";
import { VERSION } from "./version.ts";
import { watchRevisions } from "./watching.ts";

/** For questions and for commands: what a command needs besides is loaded when it is given. */
export async function openApplication(config: Config): Promise<Application> {
  const { openReading } = await import("./reading.ts");
  const reading = await openReading(config);
  let shelf = await reading.shelf("operator");
  const refresh = async () => {
    shelf = await reading.shelf("operator");
    return shelf?.catalog.revision ?? 0;
  };
  const checking = openChecking(
    config,
    () => Promise.resolve(reading),
    () => shelf,
  );
  return {
    ...base(reading),
    checks: checking.checks,
    shelf: () => shelf,
    shelfAt: async (moment) => {
      const snapped = await reading.ledger.snapped(moment);
      if (snapped === undefined) return undefined;
      const { shelfThen } = await import("./publish/then.ts");
      return shelfThen(reading, snapped, "operator");
    },
    stats: async (query) => {
      const snapped = await reading.ledger.snapped({ asOf: query.until, knownAt: query.knownAt });
      if (snapped === undefined) return undefined;
      const { statsOf } = await import("./publish/stats/stats.ts");
      return statsOf(reading, { ...query, until: snapped.asOf, knownAt: snapped.knownAt }, "operator");
    },
    // A command reads what is out and ends: nobody walks.
    earlier: () => undefined,
    sync: async (names, onProgress, stop) => {
      const { syncNow } = await import("./commands.ts");
      const reports = await syncNow(reading, config, names, onProgress, stop);
      return { revision: await refresh(), reports };
    },
    accept: async (run) => {
      const { acceptNow } = await import("./commands.ts");
      const { runId, removed, prices } = await acceptNow(reading, config, run);
      return { revision: await refresh(), runId, removed, prices };
    },
    decided: () => decidedNow(reading),
    decide: async (decision) => {
      const { decideNow } = await import("./commands.ts");
      const id = await decideNow(reading, config, decision);
      return { revision: await refresh(), id };
    },
    withdraw: async (decided) => {
      const { withdrawNow } = await import("./commands.ts");
      const id = await withdrawNow(reading, config, decided);
      return { revision: await refresh(), id };
    },
    watches: watchesOf(
      config,
      () => Promise.resolve(reading),
      async (command) => {
        const { watchNow } = await import("./commands.ts");
        return watchNow(reading, config, command);
      },
    ),
    close: async () => {
      await checking.close();
      await reading.close();
    },
  };
}

/**
 * While serving, this thread only reads: a worker syncs and publishes, and the shelf is exchanged whole. What was out
 * when the program last ran is out again at once; the ledger and the sources are opened behind the open door.
 */
export async function openServingApplication(
  flags: Flags,
  onTrouble: (message: string) => void,
): Promise<ServingApplication> {
  const config = loadConfig(undefined, undefined, flags);
  const audience = config.showAccount ? "operator" : "public";
  const runtime = systemRuntime;
  const followers = new Set<(progress: Progress) => void>();
  const current = new Map<string, Progress>();
  const before = lastTime(config, audience);
  let cards = before?.cards ?? [];
  const opened = once(async () => {
    const { openReading } = await import("./reading.ts");
    const reading = await openReading(config);
    cards = reading.cards;
    if (before !== undefined) reading.hold(audience, before.shelf.catalog);
    return reading;
  });

  // Without a key nobody could ask for what only the operator sees.
  const audiences: readonly Audience[] = config.adminKey === undefined ? [audience] : [audience, "operator"];
  const recent = createRecent();
  let shelf = before?.shelf;
  if (shelf !== undefined) recent.remember(shelf);
  let operatorShelf = shelf;
  const exchange = async (handed: Handed) => {
    const reading = await opened();
    for (const each of audiences) {
      const catalog = handed[each];
      if (catalog !== undefined) reading.hold(each, takeOver(catalog));
    }
    shelf = await reading.shelf(audience);
    // Without a key nobody could ask for it; where nothing is hidden from everybody, it is the same.
    operatorShelf = config.adminKey === undefined ? shelf : await reading.shelf("operator");
    if (shelf === undefined) return;
    recent.remember(shelf);
    noteForNextTime(config, audience, { shelf, cards });
  };
  let refreshing: Promise<void> = Promise.resolve();
  // One after the other: a look that began earlier must not put an older shelf in the place of a newer one.
  const refresh = (handed: Handed = {}) => {
    refreshing = refreshing.catch(() => undefined).then(() => exchange(handed));
    return refreshing;
  };
  const headStartMs = shelf === undefined ? 0 : HEAD_START_MS;
  if (shelf === undefined) await refresh();

  const checking = openChecking(config, opened, () => shelf);
  const closing = new AbortController();
  const watching = watchRevisions({
    opened,
    shelf: () => shelf,
    refresh,
    headStartMs,
    runtime,
    signal: closing.signal,
    onTrouble,
  });
  const thens = createThens(threadBuilder({ cwd: process.cwd(), flags }));
  const thenFor = (reader: Audience): Then => ({
    shelfAt: async (moment) => {
      const snapped = await (await opened()).ledger.snapped(moment);
      return snapped === undefined ? undefined : thens.at(snapped, reader);
    },
    stats: async (query) => {
      const { ledger } = await opened();
      const snapped = await ledger.snapped({ asOf: query.until, knownAt: query.knownAt });
      if (snapped === undefined) return undefined;
      return thens.stats({ ...query, until: snapped.asOf, knownAt: snapped.knownAt }, reader);
    },
  });
  const background = startBackground(
    { cwd: process.cwd(), flags },
    {
      runtime,
      onTrouble,
      onPublished: (handed) => {
        refresh(handed).catch((error: unknown) => onTrouble(messageOf(error)));
      },
      onProgress: (progress) => {
        remember(current, progress);
        for (const follower of followers) follower(progress);
      },
    },
  );

  return {
    version: VERSION,
    ledger: {
      health: async () => (await opened()).ledger.health(),
      runs: async (query) => (await opened()).ledger.runs(query),
      findings: async (query) => (await opened()).ledger.findings(query),
      changes: async (query) => (await opened()).ledger.changes(query),
      stories: async (query) => (await opened()).ledger.stories(query),
      samplesOf: async (...asked) => (await opened()).ledger.samplesOf(...asked),
      measuredOf: async (keys) => (await opened()).ledger.measuredOf(keys),
      knownAt: async (revision) => (await opened()).ledger.knownAt(revision),
    },
    provenance: { ...provenanceOf(opened), differences: thens.differences },
    get sources() {
      return cards;
    },
    checks: checking.checks,
    signIn: checking.signIn,
    host: config.host,
    port: config.port,
    ...(config.rateLimit === undefined ? {} : { rateLimit: config.rateLimit }),
    trustProxy: config.trustProxy,
    log: config.log,
    shelf: () => shelf,
    earlier: (mark) => recent.at(mark),
    ...thenFor(audience),
    operatorShelf: () => operatorShelf,
    operatorThen: thenFor("operator"),
    sync: async (names) => {
      (await opened()).sourcesNamed(names);
      const result = await background.sync(names);
      await refresh();
      return result;
    },
    accept: async (run) => {
      const result = await background.accept(run);
      await refresh();
      return result;
    },
    decided: async () => decidedNow(await opened()),
    decide: async (decision) => {
      const result = await background.decide(decision);
      await refresh();
      return result;
    },
    withdraw: async (id) => {
      const result = await background.withdraw(id);
      await refresh();
      return result;
    },
    watches: watchesOf(config, opened, background.watch),
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
      await thens.close();
      await background.close();
      await checking.close();
      await (await opened()).close();
    },
  };
}

function base(reading: Reading): Pick<Application, "version" | "ledger" | "provenance" | "sources"> {
  return {
    version: VERSION,
    ledger: reading.ledger,
    provenance: provenanceOf(() => Promise.resolve(reading)),
    sources: reading.cards,
  };
}

/** Opened when it is first asked for; an opening that failed is tried again by whoever asks next. */
function once<Value>(open: () => Promise<Value>): () => Promise<Value> {
  let opening: Promise<Value> | undefined;
  return () => {
    opening ??= open().catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };
}

/** The door opens and answers first; what it does not need for that is loaded after this. */
const HEAD_START_MS = 250;
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
