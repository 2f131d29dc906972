/** `modeldex price`: what a usage costs at every offer of a model. */
import { costAnswer } from "../../http/answers/cost.ts";
import type { Cost } from "../../http/documents/cost.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { costQuestion, isUsageTyped, shown, used } from "../cost-text.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { priceText } from "../price-text.ts";
import { table, type Column } from "../table.ts";
import { count, counted } from "../words.ts";

type Component = Cost["data"][number]["components"][number];

const COSTS: readonly Column[] = [
  { title: "COST", align: "right" },
  { title: "OFFER", shrinksTo: 24 },
  { title: "PARTS", shrinksTo: 24 },
  { title: "PRICES FROM" },
];
const NONE: readonly Column[] = [
  { title: "OFFER", shrinksTo: 24 },
  { title: "WHY THERE IS NO COST", shrinksTo: 24 },
];

export async function price(host: Host, model: string, flags: Flags): Promise<ExitCode> {
  if (!isUsageTyped(flags))
    throw new UsageError("say how much: --input 10M --output 2M, or --stdin with a usage object");
  const question = await costQuestion(host, { model }, flags);
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const answer = await costAnswer(application, question, host.clock.now());
    if (flags["json"] === true) printJson(host, answer);
    else host.out.write(text(host, JSON.parse(answer.toString()) as Cost));
    return 0;
  });
}

function text({ out }: Host, cost: Cost): string {
  const rows = cost.data.map((one) => [
    shown(one.usd),
    one.offer + (one.status === undefined || one.status === "live" ? "" : ` (${one.status})`),
    one.components.map(part).join(" + "),
    one.prices_source ?? "",
  ]);
  const none = cost.not_priced.map(({ offer, detail }) => [offer, detail]);
  const unread = cost.usage.unread ?? [];
  return [
    `${out.colours.bold(plain(cost.model ?? ""))}: ${used(cost)}\n`,
    rows.length === 0 ? "no offer has a cost\n" : table(out, COSTS, rows),
    none.length === 0 ? "" : `\n${counted(none.length, "offer")} without:\n${table(out, NONE, none)}`,
    unread.length === 0 ? "" : `\nnot counted: ${unread.map(plain).join(", ")}\n`,
  ].join("");
}

function part({ meter, usd, price: applied }: Component): string {
  const paidAs = applied.meter === meter ? "" : ` as ${applied.meter}`;
  return `${meter}${paidAs} ${shown(usd)} (${[priceText(applied), ...conditions(applied)].join(", ")})`;
}

function conditions({ when = {} }: Component["price"]): readonly string[] {
  const { promptTokensOver: over, utc, tier, ttl, region } = when;
  return [
    ...(over === undefined ? [] : [`over ${count(over)} tokens`]),
    ...(utc === undefined ? [] : [`${clock(utc.from)} to ${clock(utc.to)} UTC`]),
    ...[tier, ttl, region].filter((one) => one !== undefined),
  ];
}

function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
