/** What the address of the models page asks of the API: the same names, so that each can be copied into the other. */
import type { Said } from "../../state/address.ts";

export interface FacetOf {
  readonly name: string;
  readonly title: string;
  /** Where the values are numbers: the parameters that bound them. */
  readonly range?: { readonly min: string; readonly max: string; readonly unit: "usd" | "tokens" };
}

export const FACETS: readonly FacetOf[] = [
  { name: "gateway", title: "Gateway" },
  { name: "provider", title: "Provider" },
  { name: "lab", title: "Lab" },
  { name: "task", title: "Task" },
  { name: "input", title: "Takes in" },
  { name: "output", title: "Gives out" },
  { name: "capability", title: "Can do" },
  {
    name: "input_price",
    title: "Input price, $ per million",
    range: { min: "min_input_price", max: "max_input_price", unit: "usd" },
  },
  {
    name: "output_price",
    title: "Output price, $ per million",
    range: { min: "min_output_price", max: "max_output_price", unit: "usd" },
  },
  {
    name: "context",
    title: "Context, tokens",
    range: { min: "min_context", max: "max_context", unit: "tokens" },
  },
  { name: "billing", title: "Paid for" },
  { name: "status", title: "Status" },
  { name: "license", title: "License" },
  { name: "open_weights", title: "Open weights" },
  { name: "quantization", title: "Precision" },
];

const FURTHER = ["q", "tag", "library", "quality", "hub", "sort", "order", "min_downloads", "min_likes"];
const ASKED = [...FURTHER, ...FACETS.flatMap(({ name, range }) => (range ? [range.min, range.max] : [name]))];

export type Question = { readonly [name: string]: string };

export function questionOf(address: Said): Question {
  return Object.fromEntries(
    ASKED.flatMap((name) => {
      const value = address.get(name);
      return value === "" ? [] : [[name, value] as const];
    }),
  );
}

/** One part of a question that can be let go of alone: both bounds of a range are one. */
export interface Part {
  readonly title: string;
  readonly value: string;
  readonly names: readonly string[];
}

/** The text and each filter that is set, in the order of the panel. */
export function partsOf(question: Question): readonly Part[] {
  const ranges = FACETS.flatMap(({ title, name, range }) => ({
    title,
    names: range === undefined ? [name] : [range.min, range.max],
  }));
  const further = FURTHER.filter((name) => !["sort", "order"].includes(name)).map((name) => ({
    title: FURTHER_TITLES[name] ?? name.replaceAll("_", " "),
    names: [name],
  }));
  return [...further, ...ranges].flatMap(({ title, names }) => {
    const values = names.map((name) => question[name]);
    if (values.every((value) => value === undefined)) return [];
    const value = names.length === 1 ? values.join("") : `${values[0] ?? "any"} to ${values[1] ?? "any"}`;
    return [{ title, value, names }];
  });
}

const FURTHER_TITLES: { readonly [name: string]: string } = {
  q: "Search",
  quality: "Much used only",
  hub: "Of the Hub",
};

/** The question without one of its parts. */
export function without(question: Question, { names }: Part): Question {
  return Object.fromEntries(Object.entries(question).filter(([name]) => !names.includes(name)));
}

/** How many filters are set, the text and the order aside. */
export function filterCount(question: Question): number {
  return Object.keys(question).filter((name) => !["q", "sort", "order"].includes(name)).length;
}

/** Every filter off; the text and the order stay. */
export const NO_FILTERS: { readonly [name: string]: undefined } = Object.fromEntries(
  ASKED.filter((name) => !["q", "sort", "order"].includes(name)).map((name) => [name, undefined]),
);
