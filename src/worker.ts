/** The writing side of a serving program, in a thread of its own: schedule, ledger writes, publish. */
import { readlinkSync } from "node:fs";
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { handOver } from "./catalog/handed.ts";
import { loadConfig } from "./config.ts";
import { openEngine } from "./engine.ts";
import type { FromWorker, Handed, Result, ToWorker, WorkerStart } from "./messages.ts";
import { withdrawn } from "./commands.ts";
import { decide } from "./publish/decide.ts";
import { startCourier } from "./notify/courier.ts";
import { createPublisher } from "./publish/publisher.ts";
import type { Shelves } from "./publish/revision.ts";
import { UnknownName, type AcceptResult, type DecideResult, type SyncResult } from "./serve/application.ts";
import type { WatchCommand, WatchResult } from "./serve/watches.ts";
import { acceptRun, NothingHeld } from "./sync/accept.ts";
import { startSchedule } from "./sync/schedule.ts";
import { openCarrying, runWatchCommand } from "./telling.ts";

const port = parentPort;
if (port === null) throw new Error("worker.ts runs in a worker thread");
const say = (message: FromWorker) => port.postMessage(message);
stepBehindReaders();

// workerData is what background.ts hands over.
const { cwd, flags } = workerData as WorkerStart;
const config = loadConfig(undefined, cwd, flags);
const engine = await openEngine(config);
const stop = new AbortController();

const carrying = openCarrying(config, engine, stop.signal, (message) => say({ kind: "trouble", message }));
const courier = startCourier(carrying);

const publisher = createPublisher({
  runtime: engine.runtime,
  everyMs: config.publishEveryMs,
  firstAfterMs: 0,
  signal: stop.signal,
  publish: engine.publish,
  onPublished: (published) => {
    const { revision, isNew, hasMoved } = published;
    if (hasMoved) say({ kind: "published", catalogs: handed(published) });
    if (!isNew) return;
    courier.wake();
    say({
      kind: "progress",
      progress: {
        kind: "published",
        revision: revision.number,
        models: revision.models,
        offers: revision.offers,
      },
    });
  },
  onError: (error) =>
    say({ kind: "trouble", message: `publishing failed, and is tried again: ${messageOf(error)}` }),
});

const schedule = startSchedule({
  sources: engine.sources,
  further: engine.keptSources,
  intervalMs: config.syncIntervalMs,
  context: engine.syncContext((progress) => say({ kind: "progress", progress }), stop.signal),
  onRun: () => publisher.request(),
  onRound: () => {
    publisher
      .flush()
      .then(engine.prune)
      .catch((error: unknown) => say({ kind: "trouble", message: messageOf(error) }));
  },
  onTrouble: (error) =>
    say({ kind: "trouble", message: `the schedule stumbled, and goes on: ${messageOf(error)}` }),
});

port.on("message", (message: ToWorker) => {
  if (message.kind === "stop") {
    void end();
    return;
  }
  work(message).then(
    (result) => say({ kind: "done", id: message.id, result }),
    (error: unknown) =>
      say({
        kind: "refused",
        id: message.id,
        unknownName: error instanceof UnknownName || error instanceof NothingHeld,
        message: messageOf(error),
      }),
  );
});

function work(message: Exclude<ToWorker, { readonly kind: "stop" }>): Promise<Result> {
  switch (message.kind) {
    case "sync":
      return syncNow(message.sources);
    case "accept":
      return accept(message.run);
    case "decide":
      return decided(() => decide(engine, message.decision));
    case "watch":
      return watched(message.command);
    case "withdraw":
      return decided(() => withdrawn(engine, message.decided));
  }
}

async function decided(write: () => Promise<number>): Promise<DecideResult> {
  const id = await write();
  publisher.request();
  await publisher.flush();
  return { revision: await revisionNow(), id };
}

async function watched(command: WatchCommand): Promise<WatchResult> {
  const result = await runWatchCommand(carrying, command);
  if (command.do === "resume") courier.wake();
  return result;
}

async function syncNow(names: readonly string[]): Promise<SyncResult> {
  const reports = await schedule.now(engine.sourcesNamed(names));
  await publisher.flush();
  return { revision: await revisionNow(), reports };
}

async function accept(run: number): Promise<AcceptResult> {
  const { runId, removed, prices } = await acceptRun(run, engine);
  publisher.request();
  await publisher.flush();
  return { revision: await revisionNow(), runId, removed, prices };
}

/** Where both audiences read the same, they read the same memory. */
function handed(shelves: Shelves): Handed {
  const [everybody, operator] = [handOver(shelves.public), handOver(shelves.operator)];
  return {
    ...(everybody === undefined ? {} : { public: everybody }),
    ...(operator === undefined ? {} : { operator }),
  };
}

async function revisionNow(): Promise<number> {
  return (await engine.ledger.latestRevision())?.number ?? 0;
}

/** What is under way breaks off and loses nothing: a run becomes visible whole, or not at all. */
async function end(): Promise<void> {
  stop.abort(new DOMException("the program ends", "AbortError"));
  await schedule.stopped;
  await publisher.flush();
  await courier.stopped;
  await carrying.close();
  await engine.close();
  port?.close();
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Where both threads want the same core, whoever asks goes first: on Linux a thread has a priority of its own. */
function stepBehindReaders(): void {
  const niceness = 10;
  try {
    const task = readlinkSync("/proc/thread-self").split("/").at(-1);
    setPriority(Number(task), niceness);
  } catch {
    // Elsewhere the system shares as it does.
  }
}
