/** An offer: one model as one provider serves it through one gateway. */

/** What names an offer, and never changes: the native id is spelled exactly as the gateway spells it. */
export interface OfferKey {
  readonly gateway: string;
  readonly provider: string;
  readonly nativeId: string;
}

/** The provider of an offer whose source does not say who runs the weights. */
export const UNSTATED = "unstated";

/** `gateway/provider/native id`: gateways and providers hold no slash, so the rest is the native id, whatever it holds. */
export function offerId(key: OfferKey): string {
  return `${key.gateway}/${key.provider}/${key.nativeId}`;
}

/** The key that an offer's id names, or nothing when the text is no offer id. */
export function parseOfferId(id: string): OfferKey | undefined {
  const first = id.indexOf("/");
  const second = id.indexOf("/", first + 1);
  if (first <= 0 || second <= first + 1 || second === id.length - 1) return undefined;
  return {
    gateway: id.slice(0, first),
    provider: id.slice(first + 1, second),
    nativeId: id.slice(second + 1),
  };
}

/** Whether an offer can be called, as its gateway states it. */
export const STATUSES = ["live", "preview", "staging", "deprecated", "error", "inactive"] as const;
export type Status = (typeof STATUSES)[number];

/** Who may see an offer: everybody, or only the operator whose key revealed it. */
export type Visibility = "public" | "account";

/** How to call an offer. */
export interface Call {
  readonly protocol: string;
  readonly base_url: string;
  readonly model: string;
}
