/** A usage as the sliders hold it: round steps, so that a thousand and a billion fit on one line. */
import type { Said } from "../../state/address.ts";

export interface Usage {
  readonly input: number;
  readonly output: number;
  /** Percent of the input that is read from a cache. */
  readonly cached: number;
  readonly requests: number;
  readonly batch: boolean;
}

/** A month of a small service. */
export const USAGE_AT_FIRST: Usage = {
  input: 10_000_000,
  output: 2_000_000,
  cached: 0,
  requests: 1_000,
  batch: false,
};

/** What `POST /v1/cost` takes. */
export function costBody(model: string, { input, output, cached, requests, batch }: Usage): string {
  return JSON.stringify({
    model,
    usage: { input, output, ...(cached === 0 ? {} : { cached: `${cached}%` }) },
    requests,
    ...(batch ? { tier: "batch" } : {}),
  });
}

/** What an address says, by the names of the API; a number that no slider has is the nearest one that it has. */
export function usageOf(address: Said): Usage {
  return {
    input: nearest(address.get("input"), TOKENS, USAGE_AT_FIRST.input),
    output: nearest(address.get("output"), TOKENS, USAGE_AT_FIRST.output),
    cached: nearest(address.get("cached"), SHARES, USAGE_AT_FIRST.cached),
    requests: nearest(address.get("requests"), REQUESTS, USAGE_AT_FIRST.requests),
    batch: address.get("tier") === "batch",
  };
}

/** What differs from the first usage: an address is as short as it can be. */
export function usageParameters(usage: Usage): { readonly [name: string]: string | undefined } {
  const { input, output, cached, requests } = USAGE_AT_FIRST;
  const said = (value: number, atFirst: number) => (value === atFirst ? undefined : String(value));
  return {
    input: said(usage.input, input),
    output: said(usage.output, output),
    cached: said(usage.cached, cached),
    requests: said(usage.requests, requests),
    tier: usage.batch ? "batch" : undefined,
  };
}

function nearest(text: string, steps: readonly number[], atFirst: number): number {
  const value = Number(text);
  if (text === "" || Number.isNaN(value)) return atFirst;
  const away = (step: number) => Math.abs(step - value);
  return steps.reduce((best, step) => (away(step) < away(best) ? step : best), steps[0] ?? atFirst);
}

const STEPS = [1, 2, 5];

/** 1, 2, 5, 10, 20, 50 … from `from` up to `to`. */
function roundSteps(from: number, to: number): readonly number[] {
  const steps: number[] = [];
  for (let decade = 1; decade <= to; decade *= 10)
    for (const step of STEPS) if (step * decade >= from && step * decade <= to) steps.push(step * decade);
  return steps;
}

export const TOKENS = roundSteps(1_000, 100_000_000_000);
export const REQUESTS = roundSteps(1, 100_000_000);
/** Percent. */
export const SHARE_STEP = 5;
const SHARES = Array.from({ length: 100 / SHARE_STEP + 1 }, (_, index) => index * SHARE_STEP);
