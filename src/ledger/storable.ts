/** The last look before writing: what a database would alter in silence is refused. The domain lets none of it through. */
import type { Finding } from "../domain/finding.ts";
import { offerId, type OfferKey } from "../domain/offer.ts";

/** Throws where a store would keep another text: NUL ends a text on PostgreSQL, half a character becomes U+FFFD. */
export function assertStorable(...texts: readonly (string | undefined)[]): void {
  for (const text of texts) {
    if (text === undefined) continue;
    if (!text.isWellFormed() || text.includes("\0"))
      throw new Error(`not storable: ${JSON.stringify(text)} holds NUL or half a character`);
  }
}

export function assertStorableKeys(keys: readonly OfferKey[]): void {
  for (const key of keys) assertStorable(offerId(key));
}

export function assertStorableFindings(findings: readonly Finding[]): void {
  for (const { subject, pointer, message } of findings) assertStorable(subject, pointer, message);
}
