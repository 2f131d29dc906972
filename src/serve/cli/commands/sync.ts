/** `modeldex sync`: reads the sources, publishes, and gives an account. */
import { syncDocument } from "../../http/answers/commands.ts";
import { single } from "../../http/answers/envelope.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { progressView } from "../progress.ts";
import { revisionLine, summary, syncExitCode } from "../summary.ts";
import { viewTable } from "../view-table.ts";

export async function sync(host: Host, sources: readonly string[], flags: Flags): Promise<ExitCode> {
  const isVerbose = flags["verbose"] === true;
  return withApplication(host.open.writing(settingFlags(flags)), async (application) => {
    const view = progressView(host.err, host.clock);
    const result = await application.sync(sources, view.onProgress).finally(view.clear);
    if (flags["json"] === true) {
      printJson(host, single(syncDocument(result, isVerbose ? "whole" : "counts")));
    } else {
      host.out.write(summary(host.out, result.reports, application.sources));
      if (isVerbose) host.out.write(viewTable(host.out, result.reports));
      host.out.write(revisionLine(result.revision, application));
    }
    return syncExitCode(result.reports);
  });
}
