/** `modeldex price`: what a usage costs at every offer of a model. */
import { AMOUNT_NAMES } from "../../../cost/amounts.ts";
import { decimalText, parseDecimal, roundSignificant } from "../../../domain/decimal.ts";
import { CostQuestion, costAnswer } from "../../http/answers/cost.ts";
import type { Cost } from "../../http/documents/cost.ts";
import { printJson, settingFlags, type Flags } from "../ask.ts";
import { UsageError, withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { dollars, priceText } from "../price-text.ts";
import { parameterOf } from "../question-flags.ts";
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
/** What a person reads of an amount; `--json` has all of it. */
const DIGITS_SHOWN = 6;

export async function price(host: Host, model: string, flags: Flags): Promise<ExitCode> {
  const question = await questionOf(host, model, flags);
  return withApplication(host.open.reading(settingFlags(flags)), async (application) => {
    const answer = await costAnswer(application, question, host.clock.now());
    if (flags["json"] === true) printJson(host, answer);
    else host.out.write(text(host, JSON.parse(answer.toString()) as Cost));
    return 0;
  });
}

async function questionOf(host: Host, model: string, flags: Flags): Promise<CostQuestion> {
  const stated = new Map(Object.entries(flags).map(([flag, value]) => [parameterOf(flag), value]));
  const amounts = AMOUNT_NAMES.flatMap((name) => {
    const value = stated.get(name);
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  const isPiped = stated.get("stdin") === true;
  if (isPiped && amounts.length > 0) throw new UsageError("state amounts or --stdin, not both");
  if (!isPiped && amounts.length === 0)
    throw new UsageError("say how much: --input 10M --output 2M, or --stdin with a usage object");
  if (stated.get("batch") === true && !["batch", undefined].includes(word(stated.get("tier"))))
    throw new UsageError("--batch is --tier batch: state one of them");
  const read = CostQuestion.safeParse({
    model,
    usage: isPiped ? usageObject(await host.readInput()) : Object.fromEntries(amounts),
    requests: stated.get("requests"),
    tier: stated.get("batch") === true ? "batch" : stated.get("tier"),
    region: stated.get("region"),
    at: stated.get("at"),
  });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new UsageError(`--${String(issue?.path[0] ?? "usage")}: ${issue?.message ?? "is not allowed"}`);
}

function usageObject(input: string): object {
  try {
    const usage: unknown = JSON.parse(input);
    if (typeof usage === "object" && usage !== null) return usage;
  } catch {
    // Said below, as of what is JSON and no object.
  }
  throw new UsageError("what stands on standard input is no JSON object");
}

function text({ out }: Host, cost: Cost): string {
  const rows = cost.data.map((one) => [
    dollars(rounded(one.usd)),
    one.offer + (one.status === undefined || one.status === "live" ? "" : ` (${one.status})`),
    one.components.map(part).join(" + "),
    one.prices_source ?? "",
  ]);
  const none = cost.not_priced.map(({ offer, detail }) => [offer, detail]);
  const unread = cost.usage.unread ?? [];
  return [
    `${out.colours.bold(plain(cost.model))}: ${used(cost)}\n`,
    rows.length === 0 ? "no offer has a cost\n" : table(out, COSTS, rows),
    none.length === 0 ? "" : `\n${counted(none.length, "offer")} without:\n${table(out, NONE, none)}`,
    unread.length === 0 ? "" : `\nnot counted: ${unread.map(plain).join(", ")}\n`,
  ].join("");
}

/** What was understood. */
function used({ usage, at, tier }: Cost): string {
  const parts = usage.quantities.map(
    ({ meter, count: many, unit, ttl }) =>
      `${number(many)} ${meter}${unit === "token" ? "" : ` (${unit}s)`}${ttl === undefined ? "" : ` for ${ttl}`}`,
  );
  const requests = usage.requests === undefined ? "" : ` in ${number(usage.requests)} requests`;
  const length =
    usage.prompt_tokens === undefined
      ? "; prompts are taken to be short: --requests tells how long they are"
      : `, prompts of ${number(usage.prompt_tokens)}`;
  return `${parts.join(", ")}${requests}${length}${tier === undefined ? "" : `, ${tier}`}, at ${at}`;
}

function part({ meter, usd, price: applied }: Component): string {
  const paidAs = applied.meter === meter ? "" : ` as ${applied.meter}`;
  return `${meter}${paidAs} ${dollars(rounded(usd))} (${[priceText(applied), ...conditions(applied)].join(", ")})`;
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

function number(decimal: string): string {
  const [whole = "", fraction] = decimal.split(".");
  return count(Number(whole)) + (fraction === undefined ? "" : `.${fraction.slice(0, DIGITS_SHOWN)}`);
}

function rounded(usd: string): string {
  const exact = parseDecimal(usd);
  return exact === undefined ? usd : decimalText(roundSignificant(exact, DIGITS_SHOWN));
}

function word(value: string | boolean | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
