/** What there is, with how many models and offers: gateways, labs, tasks. */
import type { Catalog } from "./catalog.ts";
import { WORD_FIELDS, type WordName } from "./fields.ts";
import { servedModels } from "./find.ts";
import { countOf } from "./table/row-set.ts";

export interface WordCount {
  readonly id: string;
  readonly models: number;
  readonly offers: number;
}

/** Every value of a field that models which somebody offers have, with their counts, by name. */
export function countBy(catalog: Catalog, name: WordName): readonly WordCount[] {
  const { models, offers, offering } = catalog;
  const byModel =
    WORD_FIELDS[name].of === "model"
      ? models.words(name).counts(servedModels(catalog))
      : offering.counts(offers.all, name);
  const byOffer = new Map(
    offers
      .words(name)
      .counts(offers.all)
      .map(({ value, count }) => [value, count]),
  );
  return byModel
    .map(({ value, count }) => ({ id: value, models: count, offers: byOffer.get(value) ?? 0 }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** How many models somebody offers. */
export function modelsServed(catalog: Catalog): number {
  return countOf(servedModels(catalog));
}
