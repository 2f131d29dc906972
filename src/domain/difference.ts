/** What is otherwise at one moment than at another: a change of which nobody asks why. */
import type { Change, ChangeKind, Topic } from "./change.ts";

export type Difference = Omit<Change, "cause">;

/** Those that fit, from the one at this place on, so many. */
export interface DifferenceQuery {
  readonly subject?: Change["subject"];
  readonly gateways?: readonly string[];
  /** Who made the model. */
  readonly lab?: string;
  /** Of these models and their offers. */
  readonly models?: readonly string[];
  readonly kinds?: readonly ChangeKind[];
  readonly topics?: readonly Topic[];
  readonly from: number;
  readonly limit: number;
}

export interface Differences {
  readonly page: readonly Difference[];
  /** How many fit. */
  readonly total: number;
}
