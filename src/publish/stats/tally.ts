/** Counts what there is while transitions are told in the order of time, and says at any moment what it has come to. Pure. */
import { BILLINGS, type Billing } from "../../domain/price.ts";
import type { PriceLevel, StatsPoint } from "../../domain/stats.ts";
import type { Paid, Transition } from "./transitions.ts";

/** Every price that occurs, the lowest first. */
export type Prices = readonly string[];

export interface Tally {
  /** True once anything was there. */
  isKnown(): boolean;
  count(model: string, transition: Transition): void;
  /** What there is, and what moved since the last time that this was asked. */
  take(): Omit<StatsPoint, "from" | "to" | "readings">;
}

export function createTally(prices: Prices, rankOf: ReadonlyMap<string, number>): Tally {
  const models = new Map<string, number>();
  const billing = zeros();
  const levels = { input: createLevel(prices), output: createLevel(prices) };
  let offers = 0;
  let isKnown = false;
  let moves = noMoves();

  const rank = (usd: string | undefined) => (usd === undefined ? undefined : rankOf.get(usd));

  function put(model: string, { billing: how, input, output }: Paid, by: 1 | -1): void {
    offers += by;
    billing[how] += by;
    levels.input.put(rank(input), by);
    levels.output.put(rank(output), by);
    const left = (models.get(model) ?? 0) + by;
    if (left === 0) models.delete(model);
    else models.set(model, left);
  }

  return {
    isKnown: () => isKnown,
    count: (model, { before, after, byUpstream }) => {
      isKnown = true;
      if (before !== undefined) put(model, before, -1);
      if (after !== undefined) put(model, after, 1);
      const by = (after === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
      if (!byUpstream) moves.adjusted += by;
      else if (by === 1) moves.appeared += 1;
      else if (by === -1) moves.vanished += 1;
      else {
        const steps = [
          (rank(after?.input) ?? NaN) - (rank(before?.input) ?? NaN),
          (rank(after?.output) ?? NaN) - (rank(before?.output) ?? NaN),
        ];
        if (steps.some((step) => step < 0)) moves.cheaper += 1;
        if (steps.some((step) => step > 0)) moves.dearer += 1;
      }
    },
    take: () => {
      const taken = moves;
      moves = noMoves();
      const [input, output] = [levels.input.level(), levels.output.level()];
      return {
        models: models.size,
        offers,
        ...taken,
        billing: { ...billing },
        ...(input === undefined ? {} : { input }),
        ...(output === undefined ? {} : { output }),
      };
    },
  };
}

function noMoves() {
  return { appeared: 0, vanished: 0, adjusted: 0, cheaper: 0, dearer: 0 };
}

function zeros(): Record<Billing, number> {
  // Every word of the list is set.
  return Object.fromEntries(BILLINGS.map((word) => [word, 0])) as Record<Billing, number>;
}

/** How often each price occurs, by its rank. */
function createLevel(prices: Prices) {
  const counts = new Uint32Array(prices.length);
  let stated = 0;

  /** The lowest price that this share of the offers does not exceed. */
  function quantile(share: number): string {
    let left = Math.ceil(stated * share);
    const rank = counts.findIndex((count) => (left -= count) <= 0);
    return prices[rank] ?? "";
  }

  return {
    put: (rank: number | undefined, by: 1 | -1) => {
      if (rank === undefined) return;
      counts[rank] = (counts[rank] ?? 0) + by;
      stated += by;
    },
    level: (): PriceLevel | undefined =>
      stated === 0
        ? undefined
        : { offers: stated, p25: quantile(0.25), median: quantile(0.5), p75: quantile(0.75) },
  };
}
