/** Ids that models once had: each goes on leading to the model that its offers are now. Pure. */
import type { OfferModel } from "../ledger/model-ids.ts";
import type { LinkedOffer } from "./documents.ts";

/** By offer id: the models that offers were, the oldest first. */
export type FormerModels = ReadonlyMap<string, readonly string[]>;

/** An offer, as far as it is known which model it is. */
export interface OfModel {
  readonly id: string;
  readonly link: { readonly model: string };
}

/** By model id of today: every id that leads to it, and to no other model. */
export function formerIds(
  offers: readonly OfModel[],
  former: FormerModels,
): ReadonlyMap<string, readonly string[]> {
  const today = new Map(offers.map(({ id, link }) => [id, link.model]));
  const models = new Set(today.values());
  const became = new Map<string, Set<string>>();
  for (const [offer, its] of former) {
    // What an offer that is gone was last is what its former ids lead to.
    const now = today.get(offer) ?? its.at(-1);
    for (const id of its) {
      if (now === undefined || id === now || models.has(id)) continue;
      const known = became.get(id);
      if (known === undefined) became.set(id, new Set([now]));
      else known.add(now);
    }
  }
  const ids = new Map<string, string[]>();
  for (const id of [...became.keys()].toSorted()) {
    const [model, ...others] = ledTo(id, became, models);
    if (model === undefined || others.length > 0) continue;
    const known = ids.get(model);
    if (known === undefined) ids.set(model, [id]);
    else known.push(id);
  }
  return ids;
}

/** The offers that are another model than the last one that is noted of them; where none is, than their native id says. */
export function newlyLinked(
  offers: readonly Pick<LinkedOffer, "id" | "gateway" | "provider" | "nativeId" | "link">[],
  former: FormerModels,
): readonly OfferModel[] {
  return offers.flatMap(({ id, gateway, provider, nativeId, link: { model } }) =>
    (former.get(id)?.at(-1) ?? nativeId) === model ? [] : [{ gateway, provider, nativeId, model }],
  );
}

/** The models of today that an id leads to, over however many former ids. */
function ledTo(
  id: string,
  became: ReadonlyMap<string, ReadonlySet<string>>,
  models: ReadonlySet<string>,
): readonly string[] {
  const seen = new Set([id]);
  for (const each of seen) {
    if (models.has(each)) continue;
    for (const next of became.get(each) ?? []) seen.add(next);
  }
  return [...seen].filter((each) => models.has(each));
}
