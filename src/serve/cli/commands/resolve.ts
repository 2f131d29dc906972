/** `modeldex resolve`: which model an id means, however it is spelled. */
import type { Candidates, Resolution } from "../../http/documents/resolution.ts";
import { resolution, ResolveQuestion } from "../../http/answers/resolution.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { counted } from "../words.ts";

export async function resolve(host: Host, id: string, flags: Flags): Promise<ExitCode> {
  const { question, json } = asked(ResolveQuestion, { ...flags, id });
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const resolved = resolution(application, question);
    const code: ExitCode = resolved.isAmbiguous ? 3 : 0;
    if (json) {
      printJson(host, resolved.bytes());
      return code;
    }
    // Our own answer, read back: its shape is one of these by construction.
    const answer = JSON.parse(resolved.bytes().toString()) as Resolution | Candidates;
    if (answer.object === "candidates") {
      host.out.write(`${plain(id)} may be any of ${counted(answer.candidates.length, "model")}:\n`);
      for (const candidate of answer.candidates) host.out.write(meaning(candidate));
    } else {
      host.out.write(meaning(answer));
    }
    return code;
  });
}

function meaning({ model, understood, rule, evidence, offers }: Candidates["candidates"][number]): string {
  const by = rule === understood ? evidence : `${rule}: ${evidence}`;
  return `${plain(model)}\n  ${plain(by)}\n  ${counted(offers.length, "offer")}: ${offers.map(plain).join(", ")}\n`;
}
