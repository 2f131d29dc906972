/** Builds catalogs of the past in a thread of its own: whoever asks for the present is not held up. */
import { parentPort, workerData } from "node:worker_threads";
import { loadConfig } from "./config.ts";
import type { Moment } from "./ledger/span.ts";
import type { WorkerStart } from "./messages.ts";
import { shelfThen } from "./publish/then.ts";
import { openReading } from "./reading.ts";
import type { FromThen } from "./then.ts";

const port = parentPort;
if (port === null) throw new Error("then-worker.ts runs in a worker thread");

// workerData is what then.ts hands over.
const { cwd, flags } = workerData as WorkerStart;
const reading = await openReading(loadConfig(undefined, cwd, flags));

port.on("message", (moment: Moment) => {
  shelfThen(reading, moment).then(
    ({ catalog: { tables, revision, hash, mark, createdAt, prices }, freshness }) =>
      port.postMessage({
        memory: tables.memory,
        about: { revision, hash, mark, createdAt, prices },
        freshness,
      } satisfies FromThen),
    (error: unknown) =>
      port.postMessage({ failed: error instanceof Error ? error.message : String(error) } satisfies FromThen),
  );
});
