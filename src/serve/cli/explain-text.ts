/** Who says so, for people: a table for the model, and one for each of its offers. */
import type { ExplainedModel } from "../http/documents/cost.ts";
import type { Host } from "./host.ts";
import { plain } from "./plain.ts";
import { table, type Column } from "./table.ts";
import { age } from "./words.ts";

const COLUMNS: readonly Column[] = [
  { title: "FIELD" },
  { title: "VALUE", shrinksTo: 16 },
  { title: "SAID BY", shrinksTo: 16 },
  { title: "SEEN", align: "right" },
  { title: "SINCE" },
  { title: "OTHERS SAY", shrinksTo: 12 },
];
/** Longer values are known well enough by their beginning. */
const VALUE_CELLS_MAX = 60;

type Fields = ExplainedModel["explain"]["model"];

export function explainText({ out, clock }: Host, answer: Buffer): string {
  // Our own answer, read back.
  const { id, explain } = JSON.parse(answer.toString()) as ExplainedModel;
  const { bold } = out.colours;
  const shown = (fields: Fields) => table(out, COLUMNS, rowsOf(fields, clock.now()));
  return [
    `${bold(plain(id))}\n${shown(explain.model)}`,
    ...Object.entries(explain.offers).map(([offer, fields]) => `\n${bold(plain(offer))}\n${shown(fields)}`),
  ].join("");
}

function rowsOf(fields: Fields, now: number): readonly (readonly string[])[] {
  return Object.entries(fields).map(([field, word]) => [
    field,
    word.source === undefined ? word.rule : valueText(word.value) + (word.kept === true ? " (kept)" : ""),
    [word.source, word.offer].filter((each) => each !== undefined).join(" of "),
    word.observed_at === undefined ? "" : age(now - Date.parse(word.observed_at)),
    word.since?.slice(0, 10) ?? "",
    word.others.map(({ value, source }) => `${source}: ${valueText(value)}`).join("; "),
  ]);
}

function valueText(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > VALUE_CELLS_MAX ? `${text.slice(0, VALUE_CELLS_MAX).toWellFormed()}…` : text;
}
