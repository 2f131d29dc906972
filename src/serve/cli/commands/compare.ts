/** `modeldex compare`: models side by side, what differs first. */
import { comparison, type AGREEMENTS } from "../../http/answers/compare.ts";
import { applicationThen, ThenQuestion } from "../../http/answers/then.ts";
import type { Comparison } from "../../http/documents/compare.ts";
import { asked, printJson, settingFlags, type Flags } from "../ask.ts";
import { withApplication, type ExitCode, type Host } from "../host.ts";
import { plain } from "../plain.ts";
import { dollars } from "../price-text.ts";
import { table } from "../table.ts";
import { fit, width } from "../width.ts";
import { count } from "../words.ts";

type Field = Comparison["fields"][number];

const HEADINGS: { readonly [agreement in (typeof AGREEMENTS)[number]]: string } = {
  different: "What differs",
  "partly-unknown": "What not all of them state",
  same: "What they share",
};
/** Paths that people read otherwise. */
const TITLES: { readonly [field: string]: string } = {
  "cheapest.input_per_million": "cheapest input $/M",
  "cheapest.output_per_million": "cheapest output $/M",
};
/** Columns are named by letters: ids are too long to stand above several. */
const FIRST_LETTER = 65;
const GAP_CELLS = 2;
/** Below it nothing can be read: the table is then wider than the terminal, and cut. */
const CELLS_MIN = 6;

export async function compare(host: Host, models: readonly string[], flags: Flags): Promise<ExitCode> {
  const { question: then } = asked(ThenQuestion, flags);
  return withApplication(host.open.reading(settingFlags(flags)), async (today) => {
    const application = await applicationThen(today, then, host.clock.now());
    const answer = comparison(application, { models: [...models] }).bytes();
    if (flags["json"] === true) printJson(host, answer);
    else host.out.write(text(host, JSON.parse(answer.toString()) as Comparison));
    return 0;
  });
}

function text({ out }: Host, { models, fields }: Comparison): string {
  const names = models.map(({ id }, index) => `${out.colours.bold(letter(index))}  ${plain(id)}\n`);
  const titles = fields.map(title);
  const first = Math.max(...titles.map(width));
  const cells = Math.max(CELLS_MIN, Math.floor((out.columns - first) / models.length) - GAP_CELLS);
  const columns = [{ title: " ".repeat(first) }, ...models.map((_, index) => ({ title: letter(index) }))];
  const groups = Map.groupBy(fields, ({ agreement }) => agreement);
  const tables = [...groups].map(([agreement, its]) => {
    const rows = its.flatMap((field) => rowsOf(field, models, cells));
    return `\n${out.colours.bold(HEADINGS[agreement])}\n${table(out, columns, rows)}`;
  });
  return [...names, ...tables].join("");
}

/** A value that is wider than its column goes on below: cut short, what differs might be what is cut. */
function rowsOf(field: Field, models: Comparison["models"], cells: number): readonly (readonly string[])[] {
  const texts = models.map(({ id }) => wrapped(plain(valueText(field.field, field.values[id])), cells));
  const lines = Math.max(...texts.map(({ length }) => length));
  return Array.from({ length: lines }, (_, line) => [
    line === 0 ? title(field) : "",
    ...texts.map((one) => one[line] ?? ""),
  ]);
}

function wrapped(whole: string, cells: number): readonly string[] {
  if (cells === Infinity) return [whole];
  const lines: string[] = [];
  for (const word of whole.split(" ")) {
    const before = lines.at(-1);
    if (before !== undefined && width(before) + 1 + width(word) <= cells)
      lines[lines.length - 1] = `${before} ${word}`;
    else lines.push(...pieces(word, cells));
  }
  return lines;
}

function pieces(word: string, cells: number): readonly string[] {
  const parts: string[] = [];
  let rest = word;
  while (width(rest) > cells) {
    const part = fit(rest, cells + 1).slice(0, -1);
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}

function valueText(field: string, value: unknown): string {
  if (value === undefined) return "unknown";
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return count(value);
  if (typeof value !== "string") return JSON.stringify(value);
  return field.endsWith("_per_million") ? dollars(value) : value;
}

function title({ field }: Field): string {
  return TITLES[field] ?? field.slice(field.lastIndexOf(".") + 1).replaceAll("_", " ");
}

function letter(index: number): string {
  return String.fromCodePoint(FIRST_LETTER + index);
}
