/** `modeldex sync`: reads the sources, publishes, and gives an account; also of what a signal broke off. */
import { HUB_SOURCE } from "../../../domain/hub-model.ts";
import { syncDocument } from "../../http/answers/commands.ts";
import { single } from "../../http/answers/envelope.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { heldText } from "../held-text.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { progressView } from "../progress.ts";
import { revisionLine, summary, syncExitCode } from "../summary.ts";
import { viewTable } from "../view-table.ts";

export async function sync(host: Host, sources: readonly string[], flags: Flags): Promise<ExitCode> {
  const isVerbose = flags["verbose"] === true;
  const stop = new AbortController();
  const stopped = host.untilStopped();
  return withApplication(host.open.writing(settingFlags(flags)), async (application) => {
    const view = progressView(host.err, host.clock);
    void stopOnSignal();
    const result = await application
      .sync(named(sources, flags), view.onProgress, stop.signal)
      .finally(view.clear);
    if (flags["json"] === true) {
      printJson(host, single(syncDocument(result, isVerbose ? "whole" : "counts")));
    } else {
      host.out.write(summary(host.out, result.reports));
      host.out.write(await heldText(application.ledger, result.reports));
      if (isVerbose) host.out.write(viewTable(host.out, result.reports));
      host.out.write(revisionLine(result.revision, application));
    }
    return stop.signal.aborted ? 1 : syncExitCode(result.reports);

    async function stopOnSignal(): Promise<void> {
      const signal = await stopped;
      view.clear();
      host.err.write(`${signal}: stopping; what was read is kept\n`);
      stop.abort();
    }
  });
}

/** `--hub` alone is everything that is read otherwise, and the Hub. */
function named(sources: readonly string[], flags: Flags): readonly string[] {
  if (flags["hub"] !== true) return sources;
  return [...(sources.length === 0 ? ["all"] : sources), HUB_SOURCE];
}
