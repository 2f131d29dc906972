/** Models as points, and a drawn frame as what the table asks. */
import type { Model } from "../../api/words.ts";

export interface Point {
  readonly id: string;
  readonly name: string;
  readonly lab: string;
  /** As it is stated. */
  readonly usd: string;
  readonly price: number;
  readonly context: number;
  readonly offers: number;
  readonly color: string;
}

/** Bounds in the units of the table: dollars a million, and tokens. */
export interface Frame {
  readonly price: readonly [from: number, to: number];
  readonly context: readonly [from: number, to: number];
}

/** A logarithm knows no zero: what is free stands where this is. */
export const FREE_AT = 0.005;

const COLORS = [
  "#0d9488",
  "#d97706",
  "#6366f1",
  "#db2777",
  "#65a30d",
  "#0284c7",
  "#9333ea",
  "#dc2626",
  "#a16207",
];
const OTHERS = "#8b949e";

/** The labs with most models have colors of their own. */
export function pointsOf(models: readonly Model[]): readonly Point[] {
  const counts = Map.groupBy(models, ({ owned_by: lab }) => lab);
  const labs = [...counts].toSorted((a, b) => b[1].length - a[1].length).map(([lab]) => lab);
  return models.flatMap(
    ({ id, name, owned_by: lab, cheapest, context_tokens: context, offers_count: offers }) => {
      if (cheapest === undefined || context === undefined) return [];
      const usd = cheapest.input_per_million;
      const price = Math.max(FREE_AT, Number(usd));
      return [{ id, name, lab, usd, price, context, offers, color: COLORS[labs.indexOf(lab)] ?? OTHERS }];
    },
  );
}

export function tableParameters({ price, context }: Frame): { readonly [name: string]: string } {
  return {
    min_input_price: price[0] <= FREE_AT ? "0" : rounded(price[0]),
    max_input_price: rounded(price[1]),
    min_context: String(Math.max(1, Math.floor(context[0]))),
    max_context: String(Math.ceil(context[1])),
  };
}

/** Enough digits for a bound that a hand drew. */
function rounded(usd: number): string {
  return String(Number(usd.toPrecision(3)));
}
