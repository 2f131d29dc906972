/** A model as the Hugging Face Hub lists it, whether anybody serves it or not. Instants are milliseconds since 1970 UTC. */
import type { HubPage } from "./listing.ts";

/** What makes a difference: the rest moves from look to look. */
export interface HubFacts extends HubPage {
  readonly license?: string;
  /** Without the one that names the license. */
  readonly tags?: readonly string[];
  readonly parameters?: number;
}

export interface HubModel extends HubFacts {
  /** `lab/name`, or a name alone for the oldest. */
  readonly id: string;
  readonly createdAt?: number;
  readonly lastModified?: number;
  /** Of the last 30 days. */
  readonly downloads?: number;
  readonly likes?: number;
  /** Ids that it had before it was renamed. */
  readonly aliases?: readonly string[];
}
