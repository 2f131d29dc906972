/** `modeldex check`: whether a model can be called at a provider. */
import { modeNamed } from "../../../check/verdict.ts";
import type { ModelCheck } from "../../../check/checks.ts";
import { modelCheck } from "../../http/answers/checks.ts";
import { CheckQuestion } from "../../http/checks.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { table, type Column } from "../table.ts";
import { age } from "../words.ts";

const COLUMNS: readonly Column[] = [
  { title: "PROVIDER" },
  { title: "STATUS" },
  { title: "TASK" },
  { title: "ITS OWN ID", shrinksTo: 20 },
];

export async function check(host: Host, written: string, flags: Flags): Promise<ExitCode> {
  const { question, json } = asked(CheckQuestion, { ...flags, model: written });
  const { model, provider, task, mode } = question;
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const found = await application.checks.validateModelProvider(model, provider, {
      task,
      mode: modeNamed(mode),
      token: host.hubToken(settingFlags(flags)),
    });
    if (json) printJson(host, modelCheck(found));
    else host.out.write(text(host, found));
    if (found.passes === undefined) return 3;
    return found.passes ? 0 : 1;
  });
}

function text(host: Host, found: ModelCheck): string {
  const { verdict, reason, model, provider, mode, passes, renamedFrom, gated, mapping, lastKnown } = found;
  const { bold, green, red, yellow } = host.out.colours;
  const colour = passes === undefined ? yellow : passes ? green : red;
  const passed = passes === undefined ? "nobody can tell" : passes ? "passes" : "does not pass";
  const lines = [
    `${bold(plain(model))} at ${provider}: ${colour(verdict)}`,
    `  ${plain(reason)}`,
    `  ${mode}: ${passed}; as of ${age(host.clock.now() - found.at)}`,
    ...(renamedFrom === undefined ? [] : [`  the Hub has renamed ${plain(renamedFrom)}`]),
    ...(gated === undefined ? [] : [`  its weights are gated (${plain(gated)})`]),
    ...(found.tokenRefused === true ? ["  the Hub refuses your token: this is what everybody sees"] : []),
    ...(lastKnown === undefined ? [] : [`  the catalog knows it as ${lastKnown.status}`]),
  ];
  const rows = mapping.map((each) => [each.provider, each.status, each.task ?? "", each.providerId ?? ""]);
  return `${lines.join("\n")}\n${rows.length === 0 ? "" : table(host.out, COLUMNS, rows)}`;
}
