/** What lies behind the documents: who says so, field by field, and what offers were at a moment. Read from the ledger when it is asked for. */
import { offerId, parseOfferId, type OfferKey } from "../domain/offer.ts";
import type { Ledger, StoredListing } from "../ledger/ledger.ts";
import type { StoredVersion } from "../ledger/recall.ts";
import { explainModel, explainOffer, type Explained } from "../merge/explain.ts";
import { mergeClaims, type MergedOffer } from "../merge/merge.ts";
import { witness } from "./documents.ts";
import { claimOf, type Standing } from "./revision.ts";

export interface Remembering {
  readonly ledger: Pick<Ledger, "listingsOf" | "versionsOf">;
  readonly standings: ReadonlyMap<string, Standing>;
}

/** Beyond these versions a value's beginning is not looked for: it is then older than is said. */
const VERSIONS_MAX = 5_000;

/** A model that consists of these offers (by their ids), as the ledger knew them at a moment. */
export async function explained(
  { ledger, standings }: Remembering,
  model: string,
  offerIds: readonly string[],
  knownAt: number,
): Promise<Explained> {
  const keys = keysOf(offerIds);
  const [listings, versions] = await Promise.all([
    ledger.listingsOf(keys, { asOf: knownAt, knownAt }),
    ledger.versionsOf(keys, knownAt, VERSIONS_MAX),
  ]);
  const versionsOf = Map.groupBy(versions, sourceKey);
  const offers = [...Map.groupBy(listings, offerId)].flatMap(([id, its]) => {
    const [key] = its;
    const claims = its.map((listing) => ({
      ...claimOf(listing, standings),
      versions: versionsOf.get(sourceKey(listing)) ?? [],
    }));
    const merged = key === undefined ? undefined : mergeClaims(keyOf(key), claims, false);
    if (merged === undefined) return [];
    return [{ ...witness({ ...merged, id }, model), words: explainOffer(claims) }];
  });
  return {
    model: explainModel(offers),
    offers: new Map(offers.map(({ id, words }) => [id, words])),
  };
}

/** These offers as they were at a moment, as it is known now; those that were not there then are not in it. */
export async function offersAt(
  { ledger, standings }: Remembering,
  offerIds: readonly string[],
  at: number,
  now: number,
): Promise<readonly (MergedOffer & { readonly id: string })[]> {
  const listings = await ledger.listingsOf(keysOf(offerIds), { asOf: at, knownAt: now });
  return [...Map.groupBy(listings, offerId)].flatMap(([id, [first, ...others]]) => {
    if (first === undefined) return [];
    const claims = [first, ...others].map((listing) => claimOf(listing, standings));
    const merged = mergeClaims(keyOf(first), claims, false);
    return merged === undefined ? [] : [{ ...merged, id }];
  });
}

export function keysOf(offerIds: readonly string[]): readonly OfferKey[] {
  return offerIds.flatMap((id) => parseOfferId(id) ?? []);
}

export function keyOf({ gateway, provider, nativeId }: OfferKey): OfferKey {
  return { gateway, provider, nativeId };
}

function sourceKey(said: Pick<StoredListing | StoredVersion, "source"> & OfferKey): string {
  return `${said.source} ${offerId(said)}`;
}
