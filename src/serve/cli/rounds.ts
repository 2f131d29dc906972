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

/** `served` is the revision that was told of already. */
export function followRounds(host: Host, served: number | undefined): Rounds {
  const view = progressView(host.err, host.clock);
  const running = new Set<string>();
  let reports: Report[] = [];
  /** Why a source is skipped is told once, and again when the reason is another. */
  const told = new Map<string, string | undefined>();
  let revision = served;

  function finishRound(): void {
    view.clear();
    host.err.write(summary(host.err, reports));
    reports = [];
  }

  function isNews({ source, outcome, reason }: Report): boolean {
    if (outcome !== "skipped") return true;
    const isSame = told.has(source) && told.get(source) === reason;
    told.set(source, reason);
    return !isSame;
  }

  return {
    end: view.clear,
    onProgress: (progress) => {
      if (progress.kind === "published") {
        // Its content is what it was: there is nothing to tell.
        if (progress.revision === revision) return;
        revision = progress.revision;
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
      if (isNews(progress.report)) reports.push(progress.report);
      // Sources that are skipped were never begun: they are told with the round that follows.
      if (running.size === 0 && progress.report.outcome !== "skipped") finishRound();
    },
  };
}
