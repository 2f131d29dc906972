/** Watches the ledger's revision row while serving: somebody else may publish into the same ledger. */
import type { Shelf } from "./catalog/catalog.ts";
import type { Runtime } from "./kit/runtime.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Reading } from "./reading.ts";

/** How often the ledger's revision row is looked at: somebody else may publish into the same ledger. */
const WATCH_EVERY_MS = 2_000;

interface Watch {
  readonly opened: () => Promise<Reading>;
  readonly shelf: () => Shelf | undefined;
  readonly refresh: () => Promise<void>;
  readonly headStartMs: number;
  readonly runtime: Runtime;
  readonly signal: AbortSignal;
  readonly onTrouble: (message: string) => void;
}

/** Refreshes whenever the ledger holds another revision than the shelf, or a run more; until the signal fires. */
export async function watchRevisions({
  opened,
  shelf,
  refresh,
  headStartMs,
  runtime,
  signal,
  onTrouble,
}: Watch): Promise<void> {
  let seen: string | undefined;
  let waitMs = headStartMs;
  while (!signal.aborted) {
    try {
      await runtime.sleep(waitMs, signal);
      waitMs = WATCH_EVERY_MS;
      const { ledger } = await opened();
      const mark = await ledgerMark(ledger);
      const latest = await ledger.latestRevision();
      if (latest?.number !== shelf()?.catalog.revision || seen !== mark) await refresh();
      seen = mark;
    } catch (error) {
      // The shelf that is out goes on serving; the next look heals.
      if (signal.aborted) return;
      onTrouble(messageOf(error));
    }
  }
}

/** Moves with every run: one that changes nothing still says that all is as it was, and until when. */
async function ledgerMark(ledger: Ledger): Promise<string> {
  const [lastRun] = await ledger.runs({ limit: 1 });
  return `${await ledger.contentMark()} ${lastRun?.id ?? 0}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
