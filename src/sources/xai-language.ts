/** xAI, the list of its language models alone: with modalities, and the price of a search. */
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, fromUnixSeconds, Id, stated, Text, UnixSeconds, WordList } from "../kit/wire.ts";
import { XaiPricing, xaiPrices } from "../kit/xai-prices.ts";

const Model = XaiPricing.extend({
  id: Id,
  created: UnixSeconds,
  owned_by: Text,
  aliases: WordList,
  context_length: Count,
  input_modalities: WordList,
  output_modalities: WordList,
});

const BASE_URL = "https://api.x.ai/v1";

export const xaiLanguage = defineSource({
  id: "xai-language",
  title: "xAI (language models)",
  docs: "https://docs.x.ai/docs/api-reference#list-language-models",
  gateway: "xai",
  authority: "own",
  priceUnit: "US cents per 100 million tokens, as integers; 1e-10 US dollars per search",
  baseUrl: BASE_URL,
  auth: bearer("XAI_API_KEY"),
  views: [{ name: "language-models", path: "/language-models" }],
  paging: singlePage,
  items: "models",
  item: Model,
  listings: (model) => [
    {
      nativeId: model.id,
      provider: "xai",
      lab: stated(model.owned_by),
      createdAt: fromUnixSeconds(model.created),
      contextTokens: stated(model.context_length),
      inputModalities: stated(model.input_modalities),
      outputModalities: stated(model.output_modalities),
      capabilities: { vision: model.input_modalities?.includes("image") },
      prices: xaiPrices(model),
      aliases: stated(model.aliases),
      call: openaiChat(BASE_URL, model.id),
    },
  ],
});
