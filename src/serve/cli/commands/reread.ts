/** `modeldex reread`: what today's rules would have said of the answers that were kept. */
import { offerId } from "../../../domain/offer.ts";
import type { Difference, RereadSource } from "../../../domain/reread.ts";
import type { RereadResult } from "../../past.ts";
import { settingFlags, type Flags } from "../ask.ts";
import { UsageError, type ExitCode, type Host } from "../host.ts";
import { plain, plainJson } from "../plain.ts";
import { redrawn } from "../redrawn.ts";
import { table, type Column } from "../table.ts";
import { count, counted } from "../words.ts";

const COLUMNS: readonly Column[] = [
  { title: "SOURCE" },
  { title: "ANSWERS", align: "right" },
  { title: "UNREADABLE", align: "right" },
  { title: "CHANGED", align: "right" },
  { title: "ADDED", align: "right" },
  { title: "REMOVED", align: "right" },
  { title: "FIELDS", shrinksTo: 20 },
  { title: "NOTE", shrinksTo: 20 },
];

const LISTED = 20;
const LISTED_MAX = 10_000;

export async function reread(host: Host, sources: readonly string[], flags: Flags): Promise<ExitCode> {
  const mode = flags["apply"] === true ? "apply" : "show";
  const limit = limitOf(flags["limit"]);
  const line = redrawn(host);
  const past = await host.open.past(settingFlags(flags));
  try {
    const result = await past
      .reread({
        sources,
        mode,
        onAnswer: (source, done, total) =>
          line.show(`${source}: ${count(done)} of ${counted(total, "answer")}`),
      })
      .finally(line.clear);
    if (flags["json"] === true)
      host.out.write(plainJson(`${JSON.stringify(documentOf(result, mode, limit))}\n`));
    else host.out.write(textOf(host, result, mode, limit));
    return result.sources.some(({ note, unreadable }) => note !== undefined || unreadable > 0) ? 3 : 0;
  } finally {
    await past.close();
  }
}

function limitOf(flag: Flags[string]): number {
  if (flag === undefined) return LISTED;
  const limit = typeof flag === "string" && /^\d{1,5}$/.test(flag) ? Number(flag) : Infinity;
  if (limit > LISTED_MAX) throw new UsageError(`--limit is a whole number from 0 to ${LISTED_MAX}`);
  return limit;
}

function textOf(
  host: Host,
  { sources, revision }: RereadResult,
  mode: "show" | "apply",
  limit: number,
): string {
  if (sources.length === 0) return "no answer is kept of these sources: there is nothing to read again\n";
  const differences = sources.reduce((sum, source) => sum + source.differences.length, 0);
  const end =
    differences === 0
      ? "today's rules say the same\n"
      : mode === "apply"
        ? `${counted(differences, "difference")} recorded as a correction; revision ${revision}\n`
        : `${counted(differences, "difference")}; record them as a correction with --apply\n`;
  return [
    table(host.out, COLUMNS, sources.map(row)),
    ...sources.flatMap(({ differences: its }) => [
      ...its.slice(0, limit).map((difference) => `${plain(lineOf(difference))}\n`),
      its.length > limit ? `… and ${counted(its.length - limit, "other")}\n` : "",
    ]),
    end,
  ].join("");
}

function row({ source, answers, unreadable, differences, note }: RereadSource): readonly string[] {
  const ofKind = (kind: Difference["kind"]) =>
    blankZero(differences.filter((one) => one.kind === kind).length);
  const fields = Object.entries(fieldsOf(differences)).map(([field, times]) => `${field} ${times}`);
  return [
    source,
    count(answers),
    blankZero(unreadable),
    ofKind("changed"),
    ofKind("added"),
    ofKind("removed"),
    fields.join(", "),
    note ?? "",
  ];
}

/** How often each field differs, the most frequent first. */
function fieldsOf(differences: readonly Difference[]): Readonly<Record<string, number>> {
  const fields = differences.flatMap((difference) => difference.fields.map(({ field }) => field));
  const counts = [...Map.groupBy(fields, (field) => field)].map(
    ([field, its]) => [field, its.length] as const,
  );
  return Object.fromEntries(counts.toSorted(([, a], [, b]) => b - a));
}

function lineOf(difference: Difference): string {
  const { kind, at, fields } = difference;
  const how = fields.map(
    ({ field, before, after }) => `${field}: ${valueText(before)} → ${valueText(after)}`,
  );
  return [`${new Date(at).toISOString().slice(0, 10)} ${kind} ${offerId(difference)}`, ...how].join("  ");
}

const VALUE_LENGTH_MAX = 80;

function valueText(value: unknown): string {
  if (value === undefined) return "not stated";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX)}…` : text;
}

function documentOf({ sources, revision }: RereadResult, mode: "show" | "apply", limit: number): object {
  return {
    object: "reread",
    applied: mode === "apply",
    revision,
    sources: sources.map(({ source, answers, unreadable, differences, note }) => ({
      source,
      answers,
      unreadable,
      note,
      changed: differences.filter(({ kind }) => kind === "changed").length,
      added: differences.filter(({ kind }) => kind === "added").length,
      removed: differences.filter(({ kind }) => kind === "removed").length,
      fields: fieldsOf(differences),
      differences: differences.slice(0, limit).map((difference) => ({
        at: new Date(difference.at).toISOString(),
        kind: difference.kind,
        offer: offerId(difference),
        fields: difference.fields,
      })),
      has_more: differences.length > limit,
    })),
  };
}

function blankZero(number: number): string {
  return number === 0 ? "" : count(number);
}
