/** What recorded lists say, read by hand: with these the tests work out what must have changed. */
import { canonical } from "./digits.ts";
import type { List, Sheet } from "./plain-diff.ts";
import { rowsOf, type Row } from "./recorded.ts";

/** OpenRouter's list of a day: every id with its prices. */
export function listOf(file: string): List {
  return new Map(rowsOf(file).map((row) => [row.id, sheetOf(row)]));
}

type Pricing = { readonly [key: string]: string | readonly { readonly [key: string]: string | number }[] };

/** The stated prices. A zero is a price of text alone; `-1` is none; transcription by the prompt states no unit. */
function sheetOf(row: Row): Sheet {
  const { overrides = [], ...base } = (row["pricing"] ?? {}) as Pricing;
  const outputs =
    (row["architecture"] as { readonly output_modalities?: readonly string[] }).output_modalities ?? [];
  const sheets = [
    { when: "", prices: base },
    ...(Array.isArray(overrides) ? overrides : []).map(({ min_prompt_tokens: over, ...prices }) => ({
      when: ` over ${over}`,
      prices,
    })),
  ];
  const sheet = sheets.flatMap(({ when, prices }) =>
    Object.entries(prices).flatMap(([key, stated]) => {
      const amount = canonical(String(stated));
      const isText = outputs.includes("text") && (key === "prompt" || key === "completion");
      if (amount === "-1" || (amount === "0" && !isText)) return [];
      if (key === "image_token" && "image_output" in prices) return [];
      if (key === "prompt" && outputs.includes("transcription") && !isPaid(base["completion"])) return [];
      return [[(key === "image_token" ? "image_output" : key) + when, amount] as const];
    }),
  );
  // Nothing but zeros, and nothing that says free: not priced here.
  const isPriced = row.id.endsWith(":free") || sheet.some(([, amount]) => amount !== "0");
  return new Map(isPriced ? sheet : []);
}

function isPaid(stated: Pricing[string] | undefined): boolean {
  return typeof stated === "string" && canonical(stated) !== "0";
}

/** The fields that a listing is made of. */
const FIELDS = [
  "root",
  "confidential_compute",
  "context_length",
  "max_output_length",
  "input_modalities",
  "output_modalities",
  "supported_features",
  "quantization",
];

/** All that a row of Chutes states, but for the time of the poll and the exchange rate. */
export function textOf(row: Row): string {
  const pricing = (row["pricing"] ?? {}) as { readonly [key: string]: number };
  const prices = ["prompt", "completion", "input_cache_read"].map((key) => nineDigits(pricing[key] ?? 0));
  const words = FIELDS.map((field) => {
    const value = row[field];
    return Array.isArray(value) ? value.map(String).toSorted((a, b) => (a < b ? -1 : 1)) : value;
  });
  return JSON.stringify([prices, words]);
}

/** Noise of floating point is no change of price. */
function nineDigits(amount: number): string {
  return canonical(amount.toPrecision(9));
}
