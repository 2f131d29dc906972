/** From the steps of a history to lines that can be drawn together. */
import type { Price } from "../../api/words.ts";
import type { History } from "./use-model.ts";

export type Meter = "input" | "output" | "cache_read";
export const METERS = ["input", "output", "cache_read"] as const satisfies readonly Meter[];

export interface Series {
  /** The offer's id. */
  readonly name: string;
  readonly gateway: string;
  readonly provider: string;
  /** How often this price changed, and what it is now: exact dollars a million, absent where none is stated. */
  readonly moves: number;
  readonly now?: string;
  /** True where it is not offered any more. */
  readonly isGone: boolean;
  /** Seconds since 1970, ascending and each once. */
  readonly at: readonly number[];
  /** Dollars a million, for drawing only; null from when on none is stated. */
  readonly values: readonly (number | null)[];
}

/** Of every offer that ever stated this price; those whose price changed most go first. */
export function priceSeries({ offers }: History, meter: Meter, now: number): readonly Series[] {
  return offers
    .flatMap(({ offer, gateway = "", provider = "", steps }) => {
      const stated = steps.map(({ from, to, prices }) => ({
        from: Date.parse(from),
        to: to === undefined ? undefined : Date.parse(to),
        usd: plain(prices, meter),
      }));
      const usd = stated.flatMap((step) => step.usd ?? []);
      if (usd.length === 0) return [];
      const last = stated.at(-1);
      return [
        {
          name: offer,
          gateway,
          provider,
          moves: usd.filter((each, index) => index > 0 && each !== usd[index - 1]).length,
          isGone: last?.to !== undefined,
          ...(last?.to === undefined && last?.usd !== undefined ? { now: last.usd } : {}),
          ...lineOf(stated, now),
        },
      ];
    })
    .toSorted(
      (a, b) =>
        b.moves - a.moves ||
        Number(a.now ?? Infinity) - Number(b.now ?? Infinity) ||
        (a.name < b.name ? -1 : 1),
    );
}

interface Step {
  readonly from: number;
  readonly to: number | undefined;
  readonly usd: string | undefined;
}

/** A step lasts until its end; where the next does not follow at once, or states nothing, there is a gap. */
function lineOf(steps: readonly Step[], now: number): Pick<Series, "at" | "values"> {
  const points = new Map<number, number | null>();
  for (const { from, to, usd } of steps) {
    const end = Math.max(from, to ?? now);
    points.set(from, usd === undefined ? null : Number(usd));
    if (usd !== undefined) points.set(to === undefined ? end : end - 1, Number(usd));
    if (to !== undefined && !points.has(end)) points.set(end, null);
  }
  const ordered = [...points].toSorted(([a], [b]) => a - b);
  return { at: ordered.map(([ms]) => ms / 1_000), values: ordered.map(([, value]) => value) };
}

function plain(prices: readonly Price[] | undefined, meter: Meter): string | undefined {
  return prices?.find((one) => one.meter === meter && one.unit === "token" && one.when === undefined)
    ?.per_million;
}
