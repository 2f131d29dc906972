/** The serving thread's side of its worker: starts it, asks it, hears from it, and starts it again should it die. */
import { Worker } from "node:worker_threads";
import type { Decision } from "./domain/decision.ts";
import type { Progress } from "./domain/progress.ts";
import type { Runtime } from "./kit/runtime.ts";
import type { FromWorker, Handed, Result, ToWorker, WorkerStart } from "./messages.ts";
import { UnknownName, type AcceptResult, type DecideResult, type SyncResult } from "./serve/application.ts";
import type { WatchCommand, WatchResult } from "./serve/watches.ts";

export interface Background {
  sync(sources: readonly string[]): Promise<SyncResult>;
  accept(run: number): Promise<AcceptResult>;
  decide(decision: Decision): Promise<DecideResult>;
  withdraw(id: number): Promise<DecideResult>;
  watch(command: WatchCommand): Promise<WatchResult>;
  close(): Promise<void>;
}

export interface BackgroundEvents {
  readonly runtime: Runtime;
  onProgress(progress: Progress): void;
  onPublished(catalogs: Handed): void;
  /** Something went wrong that heals by itself, and that an operator should hear of. */
  onTrouble(message: string): void;
}

/** The first answer comes first: two threads that load their modules at once hold each other up. */
const HEAD_START_MS = 500;
/** A worker that died is started again after this. */
const RESTART_MS = 5_000;
/** A worker that is asked to stop and does not is stopped after this. */
const STOP_MS = 5_000;
const WORKER = new URL(import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js", import.meta.url);

type Waiting = { resolve(result: Result): void; reject(error: Error): void };

export function startBackground(start: WorkerStart, events: BackgroundEvents): Background {
  const waiting = new Map<number, Waiting>();
  const ending = new AbortController();
  let asked = 0;
  let worker: Worker | undefined;
  let hasBegun = false;
  void begin();

  async function begin(): Promise<void> {
    try {
      await events.runtime.sleep(HEAD_START_MS, ending.signal);
    } catch {
      return;
    }
    if (!hasBegun) worker = spawn();
  }

  function spawn(): Worker {
    hasBegun = true;
    const made = new Worker(WORKER, { workerData: start });
    made.on("message", hear);
    made.on("error", (error) =>
      events.onTrouble(`the sync worker died: ${error instanceof Error ? error.message : String(error)}`),
    );
    made.on("exit", () => void replace());
    return made;
  }

  async function replace(): Promise<void> {
    worker = undefined;
    for (const { reject } of waiting.values())
      reject(new Error("the sync worker ended before it answered: ask again"));
    waiting.clear();
    if (ending.signal.aborted) return;
    try {
      await events.runtime.sleep(RESTART_MS, ending.signal);
    } catch {
      return;
    }
    worker = spawn();
  }

  function hear(message: FromWorker): void {
    switch (message.kind) {
      case "progress":
        return events.onProgress(message.progress);
      case "published":
        return events.onPublished(message.catalogs);
      case "trouble":
        return events.onTrouble(message.message);
      case "done":
        return settle(message.id, ({ resolve }) => resolve(message.result));
      case "refused":
        return settle(message.id, ({ reject }) =>
          reject(message.unknownName ? new UnknownName(message.message) : new Error(message.message)),
        );
    }
  }

  function settle(id: number, how: (waiter: Waiting) => void): void {
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (waiter !== undefined) how(waiter);
  }

  function ask<Answer extends Result>(question: (id: number) => ToWorker): Promise<Answer> {
    // Whoever asks does not wait for the head start.
    if (!hasBegun) worker = spawn();
    const asking = worker;
    if (asking === undefined)
      return Promise.reject(new Error("the sync worker is being started again: ask in some seconds"));
    asked += 1;
    const id = asked;
    return new Promise<Answer>((resolve, reject) => {
      // A question's answer is of the question's kind.
      waiting.set(id, { resolve: (result) => resolve(result as Answer), reject });
      asking.postMessage(question(id));
    });
  }

  return {
    sync: (sources) => ask<SyncResult>((id) => ({ kind: "sync", id, sources })),
    accept: (run) => ask<AcceptResult>((id) => ({ kind: "accept", id, run })),
    decide: (decision) => ask<DecideResult>((id) => ({ kind: "decide", id, decision })),
    withdraw: (decided) => ask<DecideResult>((id) => ({ kind: "withdraw", id, decided })),
    watch: (command) => ask<WatchResult>((id) => ({ kind: "watch", id, command })),
    close: async () => {
      ending.abort(new Error("closing"));
      const last = worker;
      if (last === undefined) return;
      const ended = new AbortController();
      last.once("exit", () => ended.abort());
      last.postMessage({ kind: "stop" } satisfies ToWorker);
      // Whichever comes first: it has ended, or it has had its time.
      await events.runtime.sleep(STOP_MS, ended.signal).catch(() => undefined);
      await last.terminate();
    },
  };
}
