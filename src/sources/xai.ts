/** xAI: integer prices, dearer above a stated prompt length; aliases are ids that call the same model. Before May 2026 the list held ids only. */
import * as z from "zod";
import {
  centsPer100MTokens,
  prices,
  tenBillionthsPerImage,
  tenBillionthsPerSearch,
  unlessAllZero,
  type Price,
} from "../domain/price.ts";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import {
  Amount,
  Count,
  fromUnixSeconds,
  Id,
  stated,
  Text,
  UnixSeconds,
  used,
  WordList,
} from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  created: UnixSeconds,
  owned_by: Text,
  aliases: WordList,
  context_length: Count,
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
type Model = z.infer<typeof Model>;

const BASE_URL = "https://api.x.ai/v1";

export const xai = defineSource({
  id: "xai",
  title: "xAI",
  docs: "https://docs.x.ai/docs/api-reference#list-models",
  gateway: "xai",
  authority: "own",
  priceUnit: "US cents per 100 million tokens, as integers; 1e-10 US dollars per image and per search",
  baseUrl: BASE_URL,
  auth: bearer("XAI_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const chats = stated(used(model.completion_text_token_price)) !== undefined;
    const draws = !chats && stated(used(model.image_price)) !== undefined;
    const sees = stated(used(model.prompt_image_token_price)) !== undefined;
    return [
      {
        nativeId: model.id,
        provider: "xai",
        lab: stated(model.owned_by),
        createdAt: fromUnixSeconds(model.created),
        task: draws ? "text-to-image" : undefined,
        contextTokens: stated(model.context_length),
        outputModalities: chats ? ["text"] : draws ? ["image"] : undefined,
        capabilities: { vision: chats && sees ? true : undefined },
        prices: unlessAllZero([...basePrices(model), ...longContextPrices(model)]),
        aliases: stated(model.aliases),
        call: chats ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});

function basePrices(model: Model): readonly Price[] {
  return prices({
    input: centsPer100MTokens(model.prompt_text_token_price),
    output: centsPer100MTokens(model.completion_text_token_price),
    cache_read: centsPer100MTokens(used(model.cached_prompt_text_token_price)),
    image_input: centsPer100MTokens(used(model.prompt_image_token_price)),
    image: tenBillionthsPerImage(used(model.image_price)),
    search: tenBillionthsPerSearch(used(model.search_price)),
  });
}

function longContextPrices(model: Model): readonly Price[] {
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
