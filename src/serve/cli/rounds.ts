/** The syncs of a serving program, as they come: progress while sources are read, the summary when the last of a round is done. */
import type { OnProgress } from "../../domain/progress.ts";
import type { Report } from "../../domain/run.ts";
import type { Host } from "./host.ts";
import { progressView } from "./progress.ts";
import { summary } from "./summary.ts";
import { counted } from "./words.ts";

export interface Rounds {
  readonly onProgress: OnProgress;
  end(): void;
}

/** `sources` are asked for when a round ends: a program that has just started may not know them yet. */
export function followRounds(host: Host): Rounds {
  const view = progressView(host.err, host.clock);
  const running = new Set<string>();
  let reports: Report[] = [];

  function finishRound(): void {
    view.clear();
    host.err.write(summary(host.err, reports));
    reports = [];
  }

  return {
    end: view.clear,
    onProgress: (progress) => {
      if (progress.kind === "published") {
        view.clear();
        const { models, offers } = progress;
        host.err.write(
          `revision ${progress.revision}: ${counted(models, "model")}, ${counted(offers, "offer")}\n`,
        );
        return;
      }
      view.onProgress(progress);
      if (progress.kind !== "finished") {
        running.add(progress.source);
        return;
      }
      running.delete(progress.source);
      reports.push(progress.report);
      // Sources that are skipped were never begun: they are told with the round that follows.
      if (running.size === 0 && progress.report.outcome !== "skipped") finishRound();
    },
  };
}
