/** The offers of one gateway, as far as one counts and picks them: read out of their documents once for each catalog. */
import type { Catalog } from "./catalog.ts";
import { readDocument } from "./documents.ts";
import { rowsOf } from "./table/row-set.ts";

export interface GatewayOffer {
  readonly provider: string;
  readonly nativeId: string;
  readonly status?: string;
  readonly task?: string;
}

const known = new WeakMap<Catalog, Map<string, readonly GatewayOffer[]>>();

/** In the order of the catalog. */
export function offersAt(catalog: Catalog, gateway: string): readonly GatewayOffer[] {
  const read = known.get(catalog) ?? new Map<string, readonly GatewayOffer[]>();
  known.set(catalog, read);
  const before = read.get(gateway);
  if (before !== undefined) return before;
  const offers = readOffers(catalog, gateway);
  read.set(gateway, offers);
  return offers;
}

function readOffers({ offers }: Catalog, gateway: string): readonly GatewayOffer[] {
  return Array.from(rowsOf(offers.words("gateway").rowsOf(gateway)), (row) => {
    const { provider, native_id: nativeId, status, task } = readDocument(offers.documentAt(row));
    return {
      provider: String(provider),
      nativeId: String(nativeId),
      ...(typeof status === "string" ? { status } : {}),
      ...(typeof task === "string" ? { task } : {}),
    };
  });
}
