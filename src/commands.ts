/** The commands of a program that does not serve: read now, accept now, and publish what came of it. */
import type { Config } from "./config.ts";
import type { Decision } from "./domain/decision.ts";
import type { OnProgress } from "./domain/progress.ts";
import { openEngine, type Engine } from "./engine.ts";
import { decide, withdraw, type Deciding } from "./publish/decide.ts";
import { sendDue } from "./notify/courier.ts";
import { createPublisher } from "./publish/publisher.ts";
import type { Reading } from "./reading.ts";
import { UnknownName } from "./serve/application.ts";
import type { WatchCommand, WatchResult } from "./serve/watches.ts";
import { acceptRun, NothingHeld, type Accepted } from "./sync/accept.ts";
import { syncAll } from "./sync/all.ts";
import type { RunReport } from "./sync/run.ts";
import { openCarrying, runWatchCommand } from "./telling.ts";

/** A sync waits no longer for receivers than this. */
const TELLING_MS_MAX = 60_000;

/** Reads these sources, due or not, until `stop` fires, and publishes while they finish. Throws `UnknownName`. */
export async function syncNow(
  reading: Reading,
  config: Config,
  names: readonly string[],
  onProgress: OnProgress,
  stop: AbortSignal = new AbortController().signal,
): Promise<readonly RunReport[]> {
  const sources = reading.sourcesNamed(names);
  const engine = await openEngine(config, reading);
  const done = new AbortController();
  const publisher = createPublisher({
    runtime: engine.runtime,
    everyMs: config.publishEveryMs,
    firstAfterMs: config.publishEveryMs,
    signal: done.signal,
    publish: engine.publish,
    onPublished: ({ revision: { number: revision, models, offers } }) =>
      onProgress({ kind: "published", revision, models, offers }),
    onError: (error) => {
      throw error;
    },
  });
  try {
    const context = engine.syncContext(onProgress, stop);
    const reports = await syncAll(sources, context, () => publisher.request());
    done.abort();
    await publisher.flush();
    await engine.prune();
    await tellOnce(engine, config, stop);
    return reports;
  } finally {
    await engine.disconnect();
  }
}

/** Where no server runs, watches are told at the end of a sync; what fails is tried again at the next one. */
async function tellOnce(engine: Engine, config: Config, stop: AbortSignal): Promise<void> {
  const signal = AbortSignal.any([stop, engine.runtime.deadline(TELLING_MS_MAX)]);
  // What went wrong stands in the watch's log.
  const carrying = openCarrying(config, engine, signal, () => undefined);
  await sendDue(carrying).finally(() => carrying.close());
}

/** Throws `UnknownName`. */
export async function watchNow(
  reading: Reading,
  config: Config,
  command: WatchCommand,
): Promise<WatchResult> {
  const engine = await openEngine(config, reading);
  const carrying = openCarrying(config, engine, new AbortController().signal, () => undefined);
  try {
    return await runWatchCommand(carrying, command);
  } finally {
    await carrying.close();
    await engine.disconnect();
  }
}

/** Writes a decision down, and publishes. */
export async function decideNow(reading: Reading, config: Config, decision: Decision): Promise<number> {
  return decided(reading, config, (engine) => decide(engine, decision));
}

/** Takes a decision back, and publishes. Throws `UnknownName`. */
export async function withdrawNow(reading: Reading, config: Config, id: number): Promise<number> {
  return decided(reading, config, (engine) => withdrawn(engine, id));
}

/** The number of the decision that is taken back. Throws `UnknownName` where none of this number is in force. */
export async function withdrawn(deciding: Deciding, id: number): Promise<number> {
  if (!(await withdraw(deciding, id))) throw new UnknownName(`no override of the number ${id} is in force`);
  return id;
}

async function decided(
  reading: Reading,
  config: Config,
  write: (engine: Engine) => Promise<number>,
): Promise<number> {
  const engine = await openEngine(config, reading);
  try {
    const id = await write(engine);
    await engine.publish();
    return id;
  } finally {
    await engine.disconnect();
  }
}

/** Applies exactly what a run held, and publishes. Throws `UnknownName` where it holds nothing. */
export async function acceptNow(reading: Reading, config: Config, run: number): Promise<Accepted> {
  const engine = await openEngine(config, reading);
  try {
    const accepted = await acceptRun(run, engine);
    await engine.publish();
    return accepted;
  } catch (error) {
    throw error instanceof NothingHeld ? new UnknownName(error.message) : error;
  } finally {
    await engine.disconnect();
  }
}
