/** The offers of one gateway, as far as one counts and picks them: read out of their documents once for each catalog. */
import type { Catalog } from "./catalog.ts";

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

function readOffers({ columns, documents, bounds }: Catalog, gateway: string): readonly GatewayOffer[] {
  const code = columns.gateways.indexOf(gateway);
  const offers: GatewayOffer[] = [];
  for (const [row, each] of columns.offerGateways.entries()) {
    if (each !== code) continue;
    const index = columns.modelIds.length + row;
    const bytes = documents.subarray(bounds[index], bounds[index + 1]);
    // Our own documents: an offer's, with the fields of the API.
    const document = JSON.parse(Buffer.from(bytes).toString("utf8")) as {
      readonly provider: string;
      readonly native_id: string;
      readonly status?: string;
      readonly task?: string;
    };
    offers.push({
      provider: document.provider,
      nativeId: document.native_id,
      ...(document.status === undefined ? {} : { status: document.status }),
      ...(document.task === undefined ? {} : { task: document.task }),
    });
  }
  return offers;
}
