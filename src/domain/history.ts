/** What an offer was, step by step. */
import type { Cause } from "./change.ts";
import type { Facts } from "./listing.ts";

/** From one moment until another. Between two steps that do not meet it was not offered. */
export interface Step {
  readonly from: number;
  /** Absent while it lasts. */
  readonly to?: number;
  readonly facts: Pick<Facts, "status" | "billing" | "prices" | "contextTokens" | "outputTokensMax">;
  readonly cause: Cause;
}

export interface OfferHistory {
  readonly id: string;
  /** The oldest first. */
  readonly steps: readonly Step[];
}
