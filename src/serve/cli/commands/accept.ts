/** `modeldex accept`: applies exactly what a run held. */
import { acceptDocument } from "../../http/answers/commands.ts";
import { single } from "../../http/answers/envelope.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { revisionLine } from "../summary.ts";
import { counted } from "../words.ts";

export async function accept(host: Host, run: string, flags: Flags): Promise<ExitCode> {
  if (!/^\d{1,15}$/.test(run))
    throw new UsageError(
      `a run is a number, not ${plain(run)}; modeldex sources shows which runs hold something`,
    );
  return withApplication(host.open.writing(settingFlags(flags)), async (application) => {
    const result = await application.accept(Number(run));
    if (flags["json"] === true) {
      printJson(host, single(acceptDocument(result)));
    } else {
      const removed = counted(result.removed, "removal");
      const prices = counted(result.prices, "price");
      host.out.write(`run ${run} accepted, by run ${result.runId}: ${removed} and ${prices} applied\n`);
      host.out.write(revisionLine(result.revision, application));
    }
    return 0;
  });
}
