/** The serving side of the past: one question is worked on at a time, in a thread of its own, and the last few answers are kept. */
import { Worker } from "node:worker_threads";
import type { Catalog, Freshness, Shelf } from "./catalog/catalog.ts";
import { handed, takeOver, type HandedCatalog } from "./catalog/handed.ts";
import type { DifferenceQuery, Differences } from "./domain/difference.ts";
import type { Stats, StatsQuery } from "./domain/stats.ts";
import type { Moment } from "./ledger/span.ts";
import type { WorkerStart } from "./messages.ts";
import type { Audience } from "./publish/shelves.ts";
import { TooManyThen } from "./serve/application.ts";

export type ToThen =
  | { readonly kind: "shelf"; readonly moment: Moment; readonly audience: Audience }
  | {
      readonly kind: "differences";
      readonly before: HandedCatalog;
      readonly after: HandedCatalog;
      readonly query: DifferenceQuery;
    }
  | { readonly kind: "stats"; readonly query: StatsQuery; readonly audience: Audience };

export type FromThen =
  | {
      readonly kind: "shelf";
      readonly catalog: HandedCatalog;
      readonly freshness: Freshness;
      readonly rules: string | undefined;
    }
  | { readonly kind: "differences"; readonly differences: Differences }
  | { readonly kind: "stats"; readonly stats: Stats }
  | { readonly kind: "failed"; readonly message: string };

/** Works on the past, however long that takes; it is asked for one thing at a time. */
export interface Builder {
  shelf(moment: Moment, audience: Audience): Promise<Shelf>;
  differences(before: Catalog, after: Catalog, query: DifferenceQuery): Promise<Differences>;
  stats(query: StatsQuery, audience: Audience): Promise<Stats>;
  close(): Promise<void>;
}

/** Every question throws `TooManyThen` where too many wait. */
export interface Thens {
  /** Moments between the same events are one. */
  at(moment: Moment, audience: Audience): Promise<Shelf>;
  differences(before: Catalog, after: Catalog, query: DifferenceQuery): Promise<Differences>;
  stats(query: StatsQuery, audience: Audience): Promise<Stats>;
  close(): Promise<void>;
}

/** All shelves that are kept take no more memory together; the last one always stays. */
const BYTES_MAX = 256 * 1024 ** 2;
/** So many may wait for the one that is worked on. */
const WAITING_MAX = 3;
/** So many answers in numbers are kept; each is some megabytes at most. */
const STATS_MAX = 16;

export function createThens(builder: Builder, bytesMax = BYTES_MAX): Thens {
  /** The least recently asked first. */
  const kept = new Map<string, Shelf>();
  const counted = new Map<string, Stats>();
  const coming = new Map<string, Promise<unknown>>();
  let last: Promise<unknown> = Promise.resolve();
  let asked = 0;

  function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    if (asked > WAITING_MAX) throw new TooManyThen();
    asked += 1;
    const answering = last
      .catch(() => undefined)
      .then(work)
      .finally(() => {
        asked -= 1;
      });
    last = answering;
    return answering;
  }

  /** Who asks for what is being made waits for the same one. */
  async function made<Answer>(
    key: string,
    make: () => Promise<Answer>,
    keepIt: (answer: Answer) => void,
  ): Promise<Answer> {
    // What comes under a key is what is made under it.
    const before = coming.get(key) as Promise<Answer> | undefined;
    if (before !== undefined) return before;
    const making = inTurn(make);
    coming.set(key, making);
    try {
      const answer = await making;
      keepIt(answer);
      return answer;
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

  function keepCounted(key: string, stats: Stats): void {
    counted.delete(key);
    counted.set(key, stats);
    const [oldest] = counted.keys();
    if (oldest !== undefined && counted.size > STATS_MAX) counted.delete(oldest);
  }

  return {
    at: async (moment, audience) => {
      const key = `${moment.asOf} ${moment.knownAt} ${audience}`;
      const known = kept.get(key);
      if (known === undefined)
        return made(
          key,
          () => builder.shelf(moment, audience),
          (shelf) => keep(key, shelf),
        );
      keep(key, known);
      return known;
    },
    stats: async (query, audience) => {
      const key = JSON.stringify([query, audience]);
      const known = counted.get(key);
      if (known === undefined)
        return made(
          key,
          () => builder.stats(query, audience),
          (stats) => keepCounted(key, stats),
        );
      keepCounted(key, known);
      return known;
    },
    differences: async (...question) => inTurn(() => builder.differences(...question)),
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

/** A thread that begins with the first question and ends with the program. */
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

  /** One question at a time: the next message is the answer. */
  function ask<Kind extends ToThen["kind"]>(
    question: Extract<ToThen, { readonly kind: Kind }>,
  ): Promise<Extract<FromThen, { readonly kind: Kind }>> {
    return new Promise((resolve, reject) => {
      const asked = worker ?? spawn();
      const died = (error: unknown) => {
        reject(new Error(`the thread that looks into the past ended: ${String(error)}`));
      };
      asked.once("error", died);
      asked.once("message", (message: FromThen) => {
        asked.off("error", died);
        if (message.kind === "failed") reject(new Error(message.message));
        // The thread answers in kind.
        else resolve(message as Extract<FromThen, { readonly kind: Kind }>);
      });
      asked.postMessage(question);
    });
  }

  return {
    shelf: async (moment, audience) => {
      const { catalog, freshness, rules } = await ask<"shelf">({ kind: "shelf", moment, audience });
      return { catalog: takeOver(catalog), freshness, ...(rules === undefined ? {} : { rules }) };
    },
    differences: async (before, after, query) => {
      const catalogs = { before: handed(before), after: handed(after) };
      return (await ask<"differences">({ kind: "differences", ...catalogs, query })).differences;
    },
    stats: async (query, audience) => (await ask<"stats">({ kind: "stats", query, audience })).stats,
    close: async () => {
      await worker?.terminate();
    },
  };
}
