/** A usage as it is typed, and a cost as it is shown: what `price` and `cheapest` share. */
import { AMOUNT_NAMES } from "../../cost/amounts.ts";
import { decimalText, parseDecimal, roundSignificant } from "../../domain/decimal.ts";
import { CostQuestion } from "../http/answers/cost.ts";
import type { Cost } from "../http/documents/cost.ts";
import type { Flags } from "./ask.ts";
import { UsageError, type Host } from "./host.ts";
import { dollars } from "./price-text.ts";
import { parameterOf } from "./question-flags.ts";
import { count } from "./words.ts";

/** What a person reads of an amount; `--json` has all of it. */
const DIGITS_SHOWN = 6;

/** True where some of the usage is typed, or piped in. */
export function isUsageTyped(flags: Flags): boolean {
  const typed = new Set(Object.keys(flags).map(parameterOf));
  return typed.has("stdin") || AMOUNT_NAMES.some((name) => typed.has(name));
}

/** Which offers it is about, and what is typed of the usage; nothing of the usage where nothing is typed. */
export async function costQuestion(
  host: Host,
  about: Pick<CostQuestion, "model" | "offers"> & { readonly limit?: number },
  flags: Flags,
): Promise<CostQuestion> {
  const stated = new Map(Object.entries(flags).map(([flag, value]) => [parameterOf(flag), value]));
  const amounts = AMOUNT_NAMES.flatMap((name) => {
    const value = stated.get(name);
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  const isPiped = stated.get("stdin") === true;
  if (isPiped && amounts.length > 0) throw new UsageError("state amounts or --stdin, not both");
  if (stated.get("batch") === true && !["batch", undefined].includes(word(stated.get("tier"))))
    throw new UsageError("--batch is --tier batch: state one of them");
  const usage = isPiped
    ? usageObject(await host.readInput())
    : amounts.length === 0
      ? undefined
      : Object.fromEntries(amounts);
  const read = CostQuestion.safeParse({
    ...about,
    usage,
    requests: stated.get("requests"),
    tier: stated.get("batch") === true ? "batch" : stated.get("tier"),
    region: stated.get("region"),
    at: stated.get("at"),
    as_of: stated.get("as_of"),
    known_at: stated.get("known_at"),
  });
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const flag = String(issue?.path[0] ?? "usage").replaceAll("_", "-");
  throw new UsageError(`--${flag}: ${issue?.message ?? "is not allowed"}`);
}

/** What was understood. */
export function used({ usage, at, as_of: asOf, tier }: Cost): string {
  const parts = usage.quantities.map(
    ({ meter, count: many, unit, ttl }) =>
      `${number(many)} ${meter}${unit === "token" ? "" : ` (${unit}s)`}${ttl === undefined ? "" : ` for ${ttl}`}`,
  );
  const prices = asOf === undefined || asOf === at ? "" : ` with the prices of ${asOf}`;
  const requests = usage.requests === undefined ? "" : ` in ${number(usage.requests)} requests`;
  const length =
    usage.prompt_tokens === undefined
      ? "; prompts are taken to be short: --requests tells how long they are"
      : `, prompts of ${number(usage.prompt_tokens)}`;
  return `${parts.join(", ")}${requests}${length}${tier === undefined ? "" : `, ${tier}`}, at ${at}${prices}`;
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

function number(decimal: string): string {
  const [whole = "", fraction] = decimal.split(".");
  return count(Number(whole)) + (fraction === undefined ? "" : `.${fraction.slice(0, DIGITS_SHOWN)}`);
}

export function shown(usd: string): string {
  const exact = parseDecimal(usd);
  return dollars(exact === undefined ? usd : decimalText(roundSignificant(exact, DIGITS_SHOWN)));
}

function word(value: string | boolean | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
