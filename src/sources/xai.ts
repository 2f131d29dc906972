/** xAI: every kind of model; aliases are ids that call the same model. Before May 2026 the list held ids only. */
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, fromUnixSeconds, Id, stated, Text, UnixSeconds, used, WordList } from "../kit/wire.ts";
import { XaiPricing, xaiPrices } from "../kit/xai-prices.ts";

const Model = XaiPricing.extend({
  id: Id,
  created: UnixSeconds,
  owned_by: Text,
  aliases: WordList,
  context_length: Count,
});

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
        prices: xaiPrices(model),
        aliases: stated(model.aliases),
        call: chats ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});
