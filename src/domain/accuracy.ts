/** How right the prices of a source are, beside those of the gateways themselves. */
import type { Meter } from "./price.ts";

/** One price that is not what the gateway's own list states. */
export interface PriceDifference {
  readonly offer: string;
  readonly meter: Meter;
  /** Dollars for a million tokens. */
  readonly says: string;
  readonly is: string;
  /** As a part of what it is; absent where that is nothing. */
  readonly off?: number;
  readonly isWrong: boolean;
  /** True where the gateway said so at another time. */
  readonly wasOnceTrue: boolean;
  readonly reference: string;
  readonly referenceAt: number;
}

export interface Accuracy {
  readonly source: string;
  readonly authority: "own" | "third-party";
  /** When the source said what is compared. */
  readonly at?: number;
  /** Offers with a price for tokens here and there. */
  readonly compared: number;
  /** Of those: offers with a difference, and with one that would be noticed. */
  readonly differing: number;
  readonly wrong: number;
  /** Of the wrong ones: those whose price was true at another time, as far as is known. */
  readonly onceTrue: number;
  /** Offers whose gateway's own list was read whole and does not hold them; that it holds without a price; of gateways that were not read. */
  readonly unlisted: number;
  readonly unpriced: number;
  readonly unread: number;
  readonly differences: readonly PriceDifference[];
}
