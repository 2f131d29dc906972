/** What today's rules would have said of answers that were read with others. */
import type { FieldChange } from "./change.ts";
import type { OfferKey } from "./offer.ts";

/** One offer, of which another thing would have been said from this moment on. */
export interface Difference extends OfferKey {
  readonly at: number;
  readonly kind: "changed" | "added" | "removed";
  readonly fields: readonly FieldChange[];
}

export interface RereadSource {
  readonly source: string;
  /** Answers that were kept, and those of them that are no list to today's rules. */
  readonly answers: number;
  readonly unreadable: number;
  /** Oldest first. */
  readonly differences: readonly Difference[];
  /** Why nothing was read. */
  readonly note?: string;
}
