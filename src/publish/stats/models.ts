/** Which model each offer of a time is: what is served now says it of those that are there, and all that is known of those that are gone. */
import type { Facts } from "../../domain/listing.ts";
import type { OfferKey } from "../../domain/offer.ts";
import { linkOffers } from "../../match/link.ts";
import { offerIdsOf } from "../changes.ts";
import type { Decisions } from "../decisions.ts";
import { savedShelves, type Shelving } from "../shelves.ts";

/** An offer with what was last said of it. */
export interface Known extends OfferKey {
  readonly id: string;
  readonly facts: Facts;
}

/** By the offer's id. */
export async function modelsOf(
  shelving: Shelving,
  offers: readonly Known[],
  { aliases }: Decisions,
): Promise<ReadonlyMap<string, string>> {
  const models = await servedModels(shelving);
  if (offers.every(({ id }) => models.has(id))) return models;
  const links = linkOffers(offers, aliases);
  for (const [index, { id }] of offers.entries()) {
    const link = links[index];
    if (link !== undefined && !models.has(id)) models.set(id, link.model);
  }
  return models;
}

/** Of what was published last; nothing where that is not saved, or by other rules. */
async function servedModels(shelving: Shelving): Promise<Map<string, string>> {
  const latest = await shelving.ledger.latestRevision();
  const catalog = latest === undefined ? undefined : savedShelves(shelving, latest)?.operator;
  if (catalog === undefined) return new Map();
  const { models, offering } = catalog;
  return new Map(offerIdsOf(catalog).map((id, row) => [id, models.idAt(offering.parentOf(row))]));
}
