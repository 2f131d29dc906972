/** xAI's price fields: integers, dearer above a stated length of the prompt. Both of its lists spell them alike. */
import * as z from "zod";
import {
  centsPer100MTokens,
  prices,
  tenBillionthsPerImage,
  tenBillionthsPerSearch,
  unlessAllZero,
  type Price,
} from "../domain/price.ts";
import { Amount, Count, used } from "./wire.ts";

export const XaiPricing = z.object({
  prompt_text_token_price: Amount,
  cached_prompt_text_token_price: Amount,
  completion_text_token_price: Amount,
  prompt_image_token_price: Amount,
  long_context_threshold: Count,
  prompt_text_token_price_long_context: Amount,
  cached_prompt_text_token_price_long_context: Amount,
  completion_text_token_price_long_context: Amount,
  image_price: Amount,
  search_price: Amount,
});
type XaiPricing = z.infer<typeof XaiPricing>;

/** The prices of one row; zeros alone are none. */
export function xaiPrices(model: XaiPricing): readonly Price[] {
  return unlessAllZero([...basePrices(model), ...longContextPrices(model)]);
}

function basePrices(model: XaiPricing): readonly Price[] {
  return prices({
    input: centsPer100MTokens(model.prompt_text_token_price),
    output: centsPer100MTokens(model.completion_text_token_price),
    cache_read: centsPer100MTokens(used(model.cached_prompt_text_token_price)),
    image_input: centsPer100MTokens(used(model.prompt_image_token_price)),
    image: tenBillionthsPerImage(used(model.image_price)),
    search: tenBillionthsPerSearch(used(model.search_price)),
  });
}

function longContextPrices(model: XaiPricing): readonly Price[] {
  const promptTokensOver = model.long_context_threshold ?? 0;
  if (promptTokensOver === 0) return [];
  return prices(
    {
      input: centsPer100MTokens(used(model.prompt_text_token_price_long_context)),
      output: centsPer100MTokens(used(model.completion_text_token_price_long_context)),
      cache_read: centsPer100MTokens(used(model.cached_prompt_text_token_price_long_context)),
    },
    { promptTokensOver },
  );
}
