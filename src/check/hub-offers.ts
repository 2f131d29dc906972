/** What the catalog knows of Hugging Face, and since when: only where the Hub's own list was read is it all there is. */
import type { Shelf } from "../catalog/catalog.ts";
import { offersAt, type GatewayOffer } from "../catalog/gateway-offers.ts";

const GATEWAY = "huggingface";
/** The source that lists every provider's mappings; the router's list knows chat models alone. */
const SOURCE = "huggingface";

export interface HubOffers {
  readonly offers: readonly GatewayOffer[];
  /** When the Hub's list was last read. */
  readonly at: number;
  /** Of a model, where the Hub counted them. */
  downloads(nativeId: string): number | undefined;
}

export function hubOffers(shelf: Shelf | undefined): HubOffers | undefined {
  const at = shelf?.freshness.get(SOURCE);
  if (shelf === undefined || at === undefined) return undefined;
  const offers = offersAt(shelf.catalog, GATEWAY);
  const { models } = shelf.catalog;
  const downloads = (nativeId: string) => {
    const row = models.rowOf(nativeId);
    return row === undefined ? undefined : models.numbers("downloads").at(row);
  };
  return offers.length === 0 ? undefined : { offers, at, downloads };
}

/** What any list of Hugging Face's said last of one model at one provider. */
export function lastKnown(
  shelf: Shelf | undefined,
  model: string,
  provider: string,
): { readonly status: string } | undefined {
  if (shelf === undefined) return undefined;
  const offer = offersAt(shelf.catalog, GATEWAY).find(
    (each) => each.nativeId === model && each.provider === provider,
  );
  return offer === undefined ? undefined : { status: offer.status ?? "live" };
}
