/**
 * Changes as server-sent events. Each event carries the number of its change, the first message the number to begin after: whoever
 * comes back with `Last-Event-ID` misses nothing and sees nothing twice. Readers are bounded, and each is sent only as fast as he reads.
 */
import type { Cause } from "../../domain/change.ts";
import type { ChangeQuery } from "../../ledger/changes.ts";
import { changeDocument } from "../../notify/change-document.ts";
import type { Application } from "../application.ts";
import { quoted } from "./answers/question.ts";
import { Problem } from "./problem.ts";

const READERS_MAX = 200;
const RETRY_AFTER_SECONDS = 30;
/** A proxy that sees nothing for long closes a connection. */
const HEARTBEAT_MS = 15_000;
/** How soon after a revision came out its changes are told. */
const LOOK_EVERY_MS = 500;
const PAGE_CHANGES = 500;
/** A stream ends after this, and its reader comes back: no connection is for ever. */
const STREAM_MAX_MS = 3_600_000;
/** After this a reader whose connection broke comes back. */
const RECONNECT_MS = 3_000;

export const TOLD_CAUSES: readonly Cause[] = ["upstream"];

/** As it was written down, and without what an import told of the past. */
const NEWS = { by: "number", imported: false } as const;

type Filter = Omit<ChangeQuery, "order" | "by" | "imported" | "limit" | "afterId" | "beforeId">;
type Reading = Pick<Application, "shelf" | "ledger">;

/** Where readers of events come in. */
export interface EventDoor {
  /** From the change after `lastEventId` on; from now on where there is none and no `since`. Throws `Problem`. */
  open(application: Reading, filter: Filter, lastEventId: string | undefined): Promise<AsyncIterable<string>>;
  /** Ends every stream at its next look. */
  close(): void;
}

export function createEventDoor(clock: {
  monotonic(): number;
  deadline(ms: number): AbortSignal;
}): EventDoor {
  let readers = 0;
  const closing = new AbortController();

  async function* events(application: Reading, filter: Filter, begin: number): AsyncIterable<string> {
    readers += 1;
    try {
      let afterId = begin;
      yield `retry: ${RECONNECT_MS}\nid: ${afterId}\n\n`;
      let told: number | undefined;
      let saidAt = clock.monotonic();
      const end = clock.deadline(STREAM_MAX_MS);
      do {
        const revision = application.shelf()?.catalog.revision;
        if (revision !== told) {
          let page;
          do {
            page = await application.ledger.changes({ ...filter, ...NEWS, afterId, limit: PAGE_CHANGES });
            for (const change of page) {
              afterId = change.id;
              saidAt = clock.monotonic();
              yield `id: ${change.id}\nevent: change\ndata: ${JSON.stringify(changeDocument(change))}\n\n`;
            }
          } while (page.length === PAGE_CHANGES);
          told = revision;
        }
        if (clock.monotonic() - saidAt >= HEARTBEAT_MS) {
          saidAt = clock.monotonic();
          yield ": still here\n\n";
        }
        await passed(clock.deadline(LOOK_EVERY_MS));
      } while (!closing.signal.aborted && !end.aborted);
    } finally {
      readers -= 1;
    }
  }

  return {
    open: async (application, filter, lastEventId) => {
      if (readers >= READERS_MAX)
        throw new Problem("too-many-readers", `${READERS_MAX} read events already`, {
          headers: { "retry-after": String(RETRY_AFTER_SECONDS) },
        });
      const [latest] = await application.ledger.changes({ by: "number", order: "desc", limit: 1 });
      const newest = latest?.id ?? 0;
      const begin =
        lastEventId !== undefined
          ? Math.min(numberOf(lastEventId), newest)
          : filter.since === undefined
            ? newest
            : 0;
      return events(application, filter, begin);
    },
    close: () => closing.abort(),
  };
}

function numberOf(lastEventId: string): number {
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId);
  throw new Problem(
    "bad-value",
    `Last-Event-ID cannot be ${quoted(lastEventId)}: it is the \`id\` of the last event that came`,
    { members: { parameter: "Last-Event-ID" } },
  );
}

function passed(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
