/** `modeldex cheapest`: the offers that fit what one needs, by what a usage costs there. */
import { OFFER_FILTERS } from "../../../catalog/parameters.ts";
import { costAnswer } from "../../http/answers/cost.ts";
import type { Cost } from "../../http/documents/cost.ts";
import { REASONS } from "../../../cost/cost.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { callCommand } from "../call-text.ts";
import { MODALITY_FLAGS } from "../choosing-flags.ts";
import { costQuestion, isUsageTyped, shown, used } from "../cost-text.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { priceText } from "../price-text.ts";
import { parameterOf } from "../question-flags.ts";
import { table, type Column } from "../table.ts";
import { count, counted } from "../words.ts";

type OfferCost = Cost["data"][number];

const COLUMNS: readonly Column[] = [
  { title: "COST", align: "right" },
  { title: "MODEL", shrinksTo: 16 },
  { title: "GATEWAY", shrinksTo: 8 },
  { title: "PROVIDER", shrinksTo: 8 },
  { title: "CONTEXT", align: "right" },
  { title: "IN $/M", align: "right" },
  { title: "OUT $/M", align: "right" },
  { title: "STATUS" },
  { title: "CALL IT", shrinksTo: 16 },
  { title: "PRICES FROM", shrinksTo: 8 },
];
const SHOWN_DEFAULT = 20;

export async function cheapest(host: Host, q: string | undefined, flags: Flags): Promise<ExitCode> {
  const offers = filtersIn({ ...flags, q });
  const { model } = flags;
  const question = await costQuestion(
    host,
    { offers, ...(typeof model === "string" ? { model } : {}), limit: limitIn(flags["limit"]) },
    flags,
  );
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const answer = await costAnswer(application, question, host.clock.now());
    if (flags["json"] === true) {
      printJson(host, answer);
      return 0;
    }
    const cost = JSON.parse(answer.toString()) as Cost;
    const [first] = cost.data;
    host.out.write(text(host, cost, !isUsageTyped(flags)));
    if (first?.call !== undefined)
      host.out.write(
        `\nTo call the first, at ${plain(first.gateway)}:\n\n${callCommand(first.call, first.gateway, application.sources)}\n`,
      );
    return 0;
  });
}

/** Flags that are filters; `--input` and `--output` are the usage, so modalities have flags of their own. */
function filtersIn(flags: Flags): { readonly [parameter: string]: string } {
  const stated = new Map(Object.entries(flags).map(([flag, value]) => [parameterOf(flag), value]));
  return Object.fromEntries(
    OFFER_FILTERS.flatMap(({ name }) => {
      if (name === "model") return [];
      const value = stated.get(MODALITY_FLAGS.get(name) ?? name);
      return typeof value === "string" ? [[name, value]] : [];
    }),
  );
}

function limitIn(stated: Flags[string]): number {
  if (stated === undefined) return SHOWN_DEFAULT;
  const limit = Number(stated);
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError("--limit is a count from 1 on");
  return limit;
}

function text({ out }: Host, cost: Cost, isDefault: boolean): string {
  const { data, total, not_priced_total: without, not_priced_by_reason: reasons } = cost;
  const why = Object.entries(reasons).map(([reason, many]) => `  ${count(many)}: ${reasonText(reason)}\n`);
  return [
    `${isDefault ? "a mix of three tokens in for one out (--input, --output state another): " : ""}${used(cost)}\n`,
    data.length === 0 ? "no offer that fits has a cost\n" : table(out, COLUMNS, data.map(row)),
    `${count(data.length)} of ${counted(total, "offer")} with a cost\n`,
    without === 0 ? "" : `\n${counted(without, "offer")} without (--json names them):\n${why.join("")}`,
  ].join("");
}

function reasonText(reason: string): string {
  // The keys of our own table, or a word that a later version adds.
  return Object.hasOwn(REASONS, reason) ? REASONS[reason as keyof typeof REASONS] : reason;
}

function row(cost: OfferCost): readonly string[] {
  const { status, provider, call } = cost;
  return [
    shown(cost.usd),
    cost.model ?? "",
    cost.gateway,
    provider === "unstated" ? "" : provider,
    count(cost.context_tokens),
    perMillion(cost, "input"),
    perMillion(cost, "output"),
    status === undefined || status === "live" ? "" : status,
    call?.model ?? "",
    cost.prices_source ?? "",
  ];
}

function perMillion({ components }: OfferCost, meter: "input" | "output"): string {
  if (components.length === 0) return "free";
  const found = components.find((one) => one.meter === meter);
  return found === undefined ? "" : priceText(found.price);
}
