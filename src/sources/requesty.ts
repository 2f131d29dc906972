/** Requesty: a router whose ids begin with the provider; dollars for one token as numbers, `5e-07`. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerToken } from "../domain/price.ts";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Count, Flag, fromUnixSeconds, Id, stated, Text, UnixSeconds, used } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  created: UnixSeconds,
  description: Text,
  context_window: Count,
  max_output_tokens: Count,
  input_price: Amount,
  output_price: Amount,
  cached_price: Amount,
  caching_price: Amount,
  supports_caching: Flag,
  supports_reasoning: Flag,
  supports_vision: Flag,
});

const BASE_URL = "https://router.requesty.ai/v1";

/** Providers whose name there is known to be ours; behind any other first word may be a policy or a cloud. */
const PROVIDERS: ReadonlySet<string> = new Set([
  "anthropic",
  "bedrock",
  "cerebras",
  "cohere",
  "deepinfra",
  "deepseek",
  "fireworks",
  "google",
  "groq",
  "mistral",
  "nebius",
  "netmind",
  "novita",
  "openai",
  "perplexity",
  "sambanova",
  "together",
  "xai",
]);

export const requesty = defineSource({
  id: "requesty",
  title: "Requesty",
  docs: "https://docs.requesty.ai/api-reference/endpoint/models-list",
  gateway: "requesty",
  authority: "own",
  priceUnit: "US dollars per token, as numbers",
  baseUrl: BASE_URL,
  auth: optional(bearer("REQUESTY_API_KEY")),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const [, provider = "", name = ""] = /^([^/]+)\/(.+)$/.exec(model.id) ?? [];
    const isKnown = PROVIDERS.has(provider);
    // Without caching both prices are there too, and mean nothing.
    const caches = model.supports_caching === true;
    return [
      {
        nativeId: model.id,
        provider: isKnown ? provider : undefined,
        providerNativeId: isKnown ? name : undefined,
        description: stated(model.description),
        createdAt: fromUnixSeconds(model.created),
        contextTokens: stated(model.context_window),
        outputTokensMax: stated(model.max_output_tokens),
        capabilities: {
          reasoning: stated(model.supports_reasoning),
          vision: stated(model.supports_vision),
          prompt_cache: stated(model.supports_caching),
        },
        prices: unlessAllZero(
          prices({
            input: usdPerToken(model.input_price),
            output: usdPerToken(model.output_price),
            cache_read: caches ? usdPerToken(used(model.cached_price)) : undefined,
            cache_write: caches ? usdPerToken(used(model.caching_price)) : undefined,
          }),
        ),
        variant: /:(flex|priority|free)$/.exec(model.id)?.[1],
        call: openaiChat(BASE_URL, model.id),
      },
    ];
  },
});
