/** A watch: to whom which changes are told, how it stands, and what was sent. */
import type { Cause, Change, ChangeKind, Topic } from "./change.ts";

/** Which changes somebody wants to be told. What is absent leaves nothing out. */
export interface Wish {
  readonly subject?: Change["subject"];
  readonly gateway?: string;
  readonly lab?: string;
  readonly model?: string;
  readonly kinds?: readonly ChangeKind[];
  readonly topics?: readonly Topic[];
  readonly causes?: readonly Cause[];
  /** Words that all stand in the ids of what changed. */
  readonly q?: string;
  /** Prices that moved by less are no news: a plain decimal, in percent of the price before. */
  readonly minChangePercent?: string;
}

export interface Watch {
  readonly id: number;
  readonly url: string;
  readonly wish: Wish;
  readonly createdAt: number;
  /** The last change that was looked at: everything up to it was sent, or is not wished for. */
  readonly position: number;
  /** Attempts in a row that failed, the first of them, and when the next one is due; all about one and the same message. */
  readonly failures: number;
  readonly failingSince?: number;
  readonly nextAt?: number;
  readonly paused?: { readonly at: number; readonly why: string };
}

/** One attempt to send one message. */
export interface Delivery {
  readonly id: number;
  readonly watch: number;
  /** The message's id: the same at every attempt. */
  readonly message: string;
  readonly kind: "changes" | "test";
  /** How many changes it holds, and of which revision. */
  readonly changes: number;
  readonly revision?: number;
  /** From one on. */
  readonly attempt: number;
  readonly at: number;
  readonly ms: number;
  /** What the receiver answered, where it did. */
  readonly status?: number;
  /** Why it does not count as received; absent where it does. */
  readonly error?: string;
}
