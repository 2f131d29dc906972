/** From the steps of a history to lines that can be drawn together: the same instants for all. */
import type { Price } from "../../api/words.ts";
import type { History } from "./price-history.tsx";

export type Meter = "input" | "output";

export interface Series {
  readonly name: string;
  /** Seconds since 1970, ascending. */
  readonly at: readonly number[];
  /** Dollars a million, for drawing only; null where the offer states none. */
  readonly values: readonly (number | null)[];
}

/** More lines than this nobody can tell apart: those with most steps are drawn. */
const LINES_MAX = 12;

export function priceSeries({ offers }: History, meter: Meter, now: number): readonly Series[] {
  return offers
    .map(({ offer, steps }) => {
      const at: number[] = [];
      const values: (number | null)[] = [];
      for (const { from, to, prices } of steps) {
        at.push(Date.parse(from) / 1_000);
        values.push(plain(prices, meter));
        at.push((to === undefined ? now : Date.parse(to)) / 1_000);
        values.push(to === undefined ? plain(prices, meter) : null);
      }
      return { name: offer, at, values };
    })
    .filter(({ values }) => values.some((value) => value !== null))
    .toSorted((a, b) => b.values.length - a.values.length || (a.name < b.name ? -1 : 1))
    .slice(0, LINES_MAX);
}

function plain(prices: readonly Price[] | undefined, meter: Meter): number | null {
  const price = prices?.find((one) => one.meter === meter && one.unit === "token" && one.when === undefined);
  return price?.per_million === undefined ? null : Number(price.per_million);
}
