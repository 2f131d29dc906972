/** The serving side of catalogs of the past: one is built at a time, in a thread of its own, and the last few are kept. */
import { Worker } from "node:worker_threads";
import { catalogOf, type About, type Freshness, type Shelf } from "./catalog/catalog.ts";
import { openTables, type TablesMemory } from "./catalog/table/tables.ts";
import type { Moment } from "./ledger/span.ts";
import type { WorkerStart } from "./messages.ts";
import { TooManyThen } from "./serve/application.ts";

export type FromThen =
  | { readonly memory: TablesMemory; readonly about: About; readonly freshness: Freshness }
  | { readonly failed: string };

/** Makes the catalog of a moment, however long that takes. */
export interface Builder {
  build(moment: Moment): Promise<Shelf>;
  close(): Promise<void>;
}

export interface Thens {
  /** Moments between the same events are one. Throws `TooManyThen`. */
  at(moment: Moment): Promise<Shelf>;
  close(): Promise<void>;
}

/** All that are kept take no more memory together; the last one always stays. */
const BYTES_MAX = 256 * 1024 ** 2;
/** So many moments may wait for one that is being built. */
const WAITING_MAX = 3;

export function createThens(builder: Builder, bytesMax = BYTES_MAX): Thens {
  /** The least recently asked first. */
  const kept = new Map<string, Shelf>();
  const coming = new Map<string, Promise<Shelf>>();
  let last: Promise<unknown> = Promise.resolve();

  async function built(key: string, moment: Moment): Promise<Shelf> {
    const before = last;
    const making = before.catch(() => undefined).then(() => builder.build(moment));
    last = making;
    coming.set(key, making);
    try {
      const shelf = await making;
      keep(key, shelf);
      return shelf;
    } finally {
      coming.delete(key);
    }
  }

  function keep(key: string, shelf: Shelf): void {
    kept.delete(key);
    kept.set(key, shelf);
    for (const oldest of kept.keys()) {
      if (oldest === key || bytesOf([...kept.values()]) <= bytesMax) return;
      kept.delete(oldest);
    }
  }

  return {
    at: async (moment) => {
      const key = `${moment.asOf} ${moment.knownAt}`;
      const known = kept.get(key);
      if (known !== undefined) {
        keep(key, known);
        return known;
      }
      const making = coming.get(key);
      if (making !== undefined) return making;
      if (coming.size > WAITING_MAX) throw new TooManyThen();
      return built(key, moment);
    },
    close: () => builder.close(),
  };
}

function bytesOf(shelves: readonly Shelf[]): number {
  return shelves.reduce((sum, { catalog }) => {
    const { image, documents } = catalog.tables.memory;
    return sum + image.byteLength + (documents instanceof SharedArrayBuffer ? documents.byteLength : 0);
  }, 0);
}

const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./then-worker.ts" : "./then-worker.js",
  import.meta.url,
);

/** A thread that begins with the first question and ends with the program. It is asked for one catalog at a time. */
export function threadBuilder(start: WorkerStart): Builder {
  let worker: Worker | undefined;

  function spawn(): Worker {
    const made = new Worker(WORKER, { workerData: start });
    // One that dies, at work or idle, is replaced with the next question.
    made.on("error", () => {
      worker = undefined;
    });
    worker = made;
    return made;
  }

  return {
    build: (moment) =>
      new Promise((resolve, reject) => {
        const asked = worker ?? spawn();
        const died = (error: unknown) => {
          reject(new Error(`the thread that builds the past ended: ${String(error)}`));
        };
        asked.once("error", died);
        asked.once("message", (message: FromThen) => {
          asked.off("error", died);
          if ("failed" in message) reject(new Error(message.failed));
          else
            resolve({
              catalog: catalogOf(openTables(message.memory), message.about),
              freshness: message.freshness,
            });
        });
        asked.postMessage(moment);
      }),
    close: async () => {
      await worker?.terminate();
    },
  };
}
