/** How much the gateways list, and at which prices, over time: points between the edges of days, weeks or months in UTC. */
import type { Billing } from "./price.ts";

export const INTERVALS = ["day", "week", "month"] as const;
export type Interval = (typeof INTERVALS)[number];

/** Of offers that are paid by the token: prices of theirs, in US dollars for a million tokens, none of them made up between two. */
export interface PriceLevel {
  /** How many offers state a price. */
  readonly offers: number;
  /** A quarter of them cost at most this much. */
  readonly p25: string;
  readonly median: string;
  readonly p75: string;
}

/** What there was at `to`, and what moved after `from` until then. */
export interface StatsPoint {
  readonly from: number;
  readonly to: number;
  readonly models: number;
  readonly offers: number;
  /** Offers that came, or went, because the upstream said so. */
  readonly appeared: number;
  readonly vanished: number;
  /** By how many offers the number moved for any other reason: a list that was read for the first time, another rule of ours. */
  readonly adjusted: number;
  /** How often a price for input or output tokens fell, or rose, at an offer; one that moved both ways counts in both. */
  readonly cheaper: number;
  readonly dearer: number;
  readonly billing: Readonly<Record<Billing, number>>;
  /** Absent where no offer states such a price. */
  readonly input?: PriceLevel;
  readonly output?: PriceLevel;
  /** How often the lists were read; at 0 everything is as it was known before. */
  readonly readings: number;
}

export interface StatsQuery {
  readonly interval: Interval;
  /** Points begin with the interval that holds this instant. */
  readonly since: number;
  /** The last point ends here. */
  readonly until: number;
  readonly knownAt: number;
  readonly gateways?: readonly string[];
  /** Who made the models. */
  readonly lab?: string;
}

export interface Stats {
  /** Of everything that was asked for, together. */
  readonly all: readonly StatsPoint[];
  /** By name. None where a gateway is not known to have listed anything by then. */
  readonly gateways: readonly { readonly gateway: string; readonly points: readonly StatsPoint[] }[];
}

const DAY_MS = 86_400_000;
const MONDAY = 1;
const WEEK_DAYS = 7;

/** When the interval began that holds this instant. Weeks begin on Monday. */
export function beginOf(interval: Interval, at: number): number {
  const day = Math.floor(at / DAY_MS) * DAY_MS;
  const date = new Date(day);
  switch (interval) {
    case "day":
      return day;
    case "week":
      return day - ((date.getUTCDay() - MONDAY + WEEK_DAYS) % WEEK_DAYS) * DAY_MS;
    case "month":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  }
}

/** When so many intervals before or after the one that holds this instant begin. */
export function moved(interval: Interval, at: number, by: number): number {
  const begin = beginOf(interval, at);
  const date = new Date(begin);
  switch (interval) {
    case "day":
      return begin + by * DAY_MS;
    case "week":
      return begin + by * WEEK_DAYS * DAY_MS;
    case "month":
      return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + by);
  }
}

/** Where points begin and end: each interval's edge, and `until` in the midst of the last one. None where `until` lies before. */
export function edgesOf({
  interval,
  since,
  until,
}: Pick<StatsQuery, "interval" | "since" | "until">): readonly number[] {
  const edges: number[] = [];
  for (let edge = beginOf(interval, since); edge < until; edge = moved(interval, edge, 1)) edges.push(edge);
  return edges.length === 0 ? [] : [...edges, until];
}
