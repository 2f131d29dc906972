/**
 * The founding world: 1,377 models of `hf-inference`, a list that is cut off at 1,000 and names no next. The thousand
 * with the most likes and the thousand with the most downloads have 796 in common.
 */
import { hubModels, type HubModel, type Making } from "./hub-models.ts";

export const FOUNDING = { models: 1_377, page: 1_000, common: 796, onlyInOne: 204, together: 1_204 } as const;

export function foundingModels(making: Making = {}): readonly HubModel[] {
  const models = hubModels(FOUNDING.models, making);
  for (const [index, model] of models.entries()) {
    // Spread over the list, so that neither order of likes nor of downloads is the order of birth.
    const rank = (index * 1_009) % FOUNDING.models;
    const isCommon = rank < FOUNDING.common;
    const isLiked = isCommon || (rank >= FOUNDING.common && rank < FOUNDING.page);
    const isLoaded = isCommon || (rank >= FOUNDING.page && rank < FOUNDING.together);
    model.likes = (isLiked ? 10_000 : 0) + rank;
    model.downloads = (isLoaded ? 1_000_000 : 0) + rank;
  }
  return models;
}
