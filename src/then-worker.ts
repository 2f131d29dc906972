/** Looks into the past in a thread of its own: whoever asks for the present is not held up. */
import { parentPort, workerData } from "node:worker_threads";
import { handed, takeOver } from "./catalog/handed.ts";
import { loadConfig } from "./config.ts";
import type { WorkerStart } from "./messages.ts";
import { differencesOf } from "./publish/differences.ts";
import { statsOf } from "./publish/stats/stats.ts";
import { shelfThen } from "./publish/then.ts";
import { openReading } from "./reading.ts";
import type { FromThen, ToThen } from "./then.ts";

const port = parentPort;
if (port === null) throw new Error("then-worker.ts runs in a worker thread");

// workerData is what then.ts hands over.
const { cwd, flags } = workerData as WorkerStart;
const reading = await openReading(loadConfig(undefined, cwd, flags));

async function answer(question: ToThen): Promise<FromThen> {
  switch (question.kind) {
    case "shelf": {
      const { catalog, freshness, rules } = await shelfThen(reading, question.moment, question.audience);
      return { kind: "shelf", catalog: handed(catalog), freshness, rules };
    }
    case "differences": {
      const [before, after] = [takeOver(question.before), takeOver(question.after)];
      return { kind: "differences", differences: differencesOf(before, after, question.query) };
    }
    case "stats":
      return { kind: "stats", stats: await statsOf(reading, question.query, question.audience) };
  }
}

port.on("message", (question: ToThen) => {
  answer(question).then(
    (answered) => port.postMessage(answered),
    (error: unknown) =>
      port.postMessage({
        kind: "failed",
        message: error instanceof Error ? error.message : String(error),
      } satisfies FromThen),
  );
});
