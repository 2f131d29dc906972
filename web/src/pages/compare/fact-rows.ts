/** What is said of several models, fact by fact. */
import type { Model } from "../../api/words.ts";
import { countText, usdText } from "../../parts/figures.ts";

export interface FactRow {
  readonly title: string;
  /** One for each model, in their order; nothing where nobody states it. */
  readonly values: readonly (string | undefined)[];
  readonly agreement: Agreement;
}

/** In the order in which they are read. `partly-unknown`: those who state it agree, and somebody does not state it. */
export const AGREEMENTS = ["different", "partly-unknown", "same"] as const;
export type Agreement = (typeof AGREEMENTS)[number];

const FACTS: readonly (readonly [title: string, read: (model: Model) => string | undefined])[] = [
  ["Input, $ a million", ({ cheapest }) => money(cheapest?.input_per_million)],
  ["Output, $ a million", ({ cheapest }) => money(cheapest?.output_per_million)],
  ["Context, tokens", ({ context_tokens: tokens }) => count(tokens)],
  ["Output at most", ({ output_tokens_max: tokens }) => count(tokens)],
  ["Offers", ({ offers_count: offers }) => count(offers)],
  ["Gateways", ({ gateways }) => gateways.join(", ")],
  ["Takes in", ({ input_modalities: input }) => input?.join(", ")],
  ["Gives out", ({ output_modalities: output }) => output?.join(", ")],
  ["Task", ({ task }) => task],
  ["Parameters", ({ parameters }) => count(parameters)],
  ["License", ({ license }) => license],
  ["Open weights", ({ open_weights: open }) => flag(open)],
  ["Knowledge until", ({ knowledge_cutoff: until }) => until],
  [
    "Created",
    ({ created }) =>
      created === undefined ? undefined : new Date(created * 1_000).toISOString().slice(0, 10),
  ],
  ["Downloads in a month", ({ huggingface_metrics: hub }) => count(hub?.downloads)],
  ["Likes", ({ huggingface_metrics: hub }) => count(hub?.likes)],
  ["Lab", ({ owned_by: lab }) => (lab === "unknown" ? undefined : lab)],
];

/** What nobody states of any of them has no row. */
export function factRows(models: readonly Model[]): readonly FactRow[] {
  const abilities = [
    ...new Set(models.flatMap(({ capabilities }) => Object.keys(capabilities ?? {}))),
  ].toSorted();
  const rows = [
    ...FACTS,
    ...abilities.map(
      (name) => [name.replaceAll("_", " "), ({ capabilities }: Model) => flag(capabilities?.[name])] as const,
    ),
  ].map(([title, read]) => {
    const values = models.map(read);
    return { title, values, agreement: agreementOf(values) };
  });
  return rows.filter(({ values }) => values.some((value) => value !== undefined));
}

function agreementOf(values: FactRow["values"]): Agreement {
  const stated = values.filter((value) => value !== undefined);
  if (new Set(stated).size > 1) return "different";
  return stated.length < values.length ? "partly-unknown" : "same";
}

function money(usd: string | undefined): string | undefined {
  return usd === undefined ? undefined : usd === "0" ? "free" : usdText(usd);
}

function count(value: number | undefined): string | undefined {
  return value === undefined ? undefined : countText(value);
}

function flag(value: boolean | undefined): string | undefined {
  return value === undefined ? undefined : value ? "yes" : "no";
}
