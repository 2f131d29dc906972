/** `modeldex show`: one model, its offers, and how to call the cheapest. */
import { explainedModel } from "../../http/answers/explain.ts";
import { oneModel } from "../../http/answers/model.ts";
import { applicationThen, ThenQuestion } from "../../http/answers/then.ts";
import { presentModel } from "../../http/answers/tombstone.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { callText } from "../call-text.ts";
import { readModel, type ModelDocument } from "../documents.ts";
import { explainText } from "../explain-text.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { offerTable } from "../offer-table.ts";
import { plain } from "../plain.ts";
import { count, counted } from "../words.ts";

const LABEL_CELLS = 14;

export async function show(host: Host, id: string, flags: Flags): Promise<ExitCode> {
  const { question: then } = asked(ThenQuestion, flags);
  if (flags["explain"] === true && then.as_of !== undefined)
    throw new UsageError("who says so is told of the present alone: leave out --explain or --as-of");
  return withApplication(host.open.reading(settingFlags(flags)), async (today) => {
    const now = host.clock.now();
    const application = await applicationThen(today, then, now);
    const present = async () => (await presentModel(today, id, now)).bytes();
    const answer =
      flags["explain"] === true
        ? (await explainedModel(today, id)).bytes
        : await (application === today ? present() : oneModel(application, id).bytes());
    if (flags["json"] === true) {
      printJson(host, answer);
      return 0;
    }
    if (flags["explain"] === true) {
      host.out.write(explainText(host, answer));
      return 0;
    }
    const model = readModel(answer);
    const offers = model.offers ?? [];
    host.out.write(`${host.out.colours.bold(plain(model.id))}\n${facts(model)}\n`);
    if (offers.length === 0) {
      host.out.write("nobody offers it now; modeldex changes --model shows what happened\n");
      return 0;
    }
    host.out.write(`${counted(offers.length, "offer")}:\n${offerTable(host.out, offers, host.clock.now())}`);
    host.out.write(callText(model, application.sources));
    return 0;
  });
}

/** One line for each fact that is stated. */
function facts(model: ModelDocument): string {
  const capabilities = Object.entries(model.capabilities ?? {}).flatMap(([name, has]) => (has ? [name] : []));
  const { downloads, likes } = model.huggingface_metrics ?? {};
  const stated: readonly (readonly [label: string, text: string | undefined])[] = [
    ["name", model.name],
    ["lab", model.owned_by],
    ["task", model.task],
    ["context", model.context_tokens === undefined ? undefined : `${count(model.context_tokens)} tokens`],
    [
      "output",
      model.output_tokens_max === undefined ? undefined : `at most ${count(model.output_tokens_max)} tokens`,
    ],
    ["modalities", modalities(model)],
    ["capabilities", capabilities.length === 0 ? undefined : capabilities.join(", ")],
    ["license", model.license],
    ["Hugging Face", model.hugging_face_id],
    ["variant of", model.variant_of],
    ["also known as", model.aliases?.join(", ")],
    ["downloads", downloads === undefined ? undefined : `${count(downloads)} in 30 days`],
    ["likes", likes === undefined ? undefined : count(likes)],
  ];
  return stated
    .flatMap(([label, text]) =>
      text === undefined ? [] : [`  ${label.padEnd(LABEL_CELLS)}${plain(text)}\n`],
    )
    .join("");
}

function modalities({
  input_modalities: input,
  output_modalities: output,
}: ModelDocument): string | undefined {
  if (input === undefined && output === undefined) return undefined;
  return `${(input ?? ["not stated"]).join(", ")} → ${(output ?? ["not stated"]).join(", ")}`;
}
