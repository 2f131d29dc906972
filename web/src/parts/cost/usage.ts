/** A usage as the sliders hold it: exponents, so that a thousand and a billion fit on one line. */
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

const STEPS = [1, 2, 5];

/** 1, 2, 5, 10, 20, 50 … from `from` up to `to`. */
export function roundSteps(from: number, to: number): readonly number[] {
  const steps: number[] = [];
  for (let decade = 1; decade <= to; decade *= 10)
    for (const step of STEPS) if (step * decade >= from && step * decade <= to) steps.push(step * decade);
  return steps;
}
