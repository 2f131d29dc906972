/** What was used: counts by meter that do not overlap, whatever words they came in. */
import type { Decimal } from "../domain/decimal.ts";
import type { Meter, PriceCondition, Unit } from "../domain/price.ts";

export type Tier = NonNullable<PriceCondition["tier"]>;
export const TIERS = ["batch", "flex", "priority"] as const satisfies readonly Tier[];

/** So many units of one meter. A token is counted once: what is cached, audio or reasoning is not counted as input or output. */
export interface Quantity {
  readonly meter: Meter;
  readonly unit: Unit;
  readonly count: Decimal;
  /** Of a written cache entry; without it the shortest that is sold. */
  readonly ttl?: "5m" | "1h";
}

export interface Usage {
  readonly quantities: readonly Quantity[];
  /** How many requests these counts are of; absent where that is not known. */
  readonly requests?: Decimal;
  /** The length of one prompt, with all that is cached in it: steps by length go by it. Absent where it is not known. */
  readonly promptTokens?: Decimal;
  /** How it was served, where the usage says so. */
  readonly tier?: Tier;
  /** What was stated and counts for nothing here. */
  readonly unread?: readonly string[];
}

/** A usage that cannot be read: the message says what is wrong with it. */
export class BadUsage extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BadUsage";
  }
}
