/** `modeldex history`: what the offers of a model were, step by step. */
import { HistoryQuestion, modelHistory } from "../../http/answers/history.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import type { OfferDocument } from "../documents.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { offerPrices } from "../price-text.ts";
import { table, type Column } from "../table.ts";
import { count, counted, minute } from "../words.ts";

const COLUMNS: readonly Column[] = [
  { title: "OFFER", shrinksTo: 24 },
  { title: "FROM (UTC)" },
  { title: "TO" },
  { title: "STATUS" },
  { title: "INPUT/M", align: "right" },
  { title: "OUTPUT/M", align: "right" },
  { title: "CONTEXT", align: "right" },
];

interface HistoryDocument {
  readonly model: string;
  readonly offers: readonly { readonly offer: string; readonly steps: readonly StepDocument[] }[];
  readonly metrics: readonly { readonly at: string; readonly downloads?: number; readonly likes?: number }[];
}

interface StepDocument extends Pick<OfferDocument, "status" | "billing" | "prices" | "context_tokens"> {
  readonly from: string;
  readonly to?: string;
}

export async function history(host: Host, model: string, flags: Flags): Promise<ExitCode> {
  const { question, json } = asked(HistoryQuestion, flags);
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const { bytes } = await modelHistory(application, model, question, host.clock.now());
    if (json) {
      printJson(host, bytes);
      return 0;
    }
    // Our own answer: its shape is the one above by construction.
    const document = JSON.parse(bytes.toString()) as HistoryDocument;
    const steps = document.offers.reduce((sum, offer) => sum + offer.steps.length, 0);
    const rows = document.offers.flatMap(({ offer, steps: its }) =>
      joined(its).map((step) => row(offer, step)),
    );
    host.out.write(`${host.out.colours.bold(plain(document.model))}\n`);
    if (rows.length > 0) host.out.write(table(host.out, COLUMNS, rows));
    const alike = steps - rows.length;
    const below = alike === 0 ? "" : `; ${alike} of them changed what only --json shows`;
    host.out.write(`${counted(steps, "step")} of ${counted(document.offers.length, "offer")}${below}\n`);
    host.out.write(metricsText(document.metrics));
    return 0;
  });
}

/** Steps that meet and look the same in the table are one line of it. */
function joined(steps: readonly StepDocument[]): readonly StepDocument[] {
  const lines: StepDocument[] = [];
  for (const step of steps) {
    const last = lines.at(-1);
    if (last === undefined || last.to !== step.from || cellsOf(last).join() !== cellsOf(step).join()) {
      lines.push(step);
      continue;
    }
    const { to: _to, ...before } = last;
    lines[lines.length - 1] = step.to === undefined ? before : { ...before, to: step.to };
  }
  return lines;
}

function row(offer: string, step: StepDocument): readonly string[] {
  const { from, to } = step;
  return [offer, minute(from), to === undefined ? "now" : minute(to), ...cellsOf(step)];
}

function cellsOf(step: StepDocument): readonly string[] {
  const [input, output] = offerPrices(step);
  return [step.status ?? "", input, output, count(step.context_tokens)];
}

/** The first and the last count; what lies between is in the API's answer. */
function metricsText(metrics: HistoryDocument["metrics"]): string {
  const [first, last] = [metrics[0], metrics.at(-1)];
  if (first === undefined || last === undefined) return "";
  const moved = (name: "downloads" | "likes") =>
    last[name] === undefined ? [] : [`${name} ${count(first[name])} → ${count(last[name])}`];
  const texts = [...moved("downloads"), ...moved("likes")];
  return texts.length === 0 ? "" : `${texts.join(", ")} since ${minute(first.at)}\n`;
}
