/**
 * What a run proves. `whole`: absence proves removal. `window`: the list is cut short, absence proves nothing.
 * `partial`: the run broke off. Only `whole` removes; the others add and change.
 */
export const COVERAGES = ["whole", "window", "partial"] as const;
export interface Coverage {
  readonly kind: (typeof COVERAGES)[number];
  /** In words: what was seen that proves it, or what is missing. */
  readonly evidence: string;
}
