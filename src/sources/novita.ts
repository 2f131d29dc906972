/** Novita: integer prices, and zero really is free here; newer rows may state a price in another currency than dollars. */
import * as z from "zod";
import { allZero, prices, tenThousandthsPerMillionTokens } from "../domain/price.ts";
import { bearer, optional } from "../kit/auth.ts";
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
  yes,
} from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  created: UnixSeconds,
  display_name: Text,
  description: Text,
  input_token_price_per_m: Amount,
  output_token_price_per_m: Amount,
  cached_input_token_price_per_m: Amount,
  currency: Text,
  context_size: Count,
  max_output_tokens: Count,
  status: z.union([z.number(), z.string()]).nullish(),
  model_type: Text,
  features: WordList,
  input_modalities: WordList,
  output_modalities: WordList,
});
type Model = z.infer<typeof Model>;

const BASE_URL = "https://api.novita.ai/v3/openai";

export const novita = defineSource({
  id: "novita",
  title: "Novita AI",
  docs: "https://novita.ai/docs/api-reference/model-apis-llm-list-models",
  gateway: "novita",
  authority: "own",
  priceUnit: "ten-thousandths of a US dollar per million tokens, as integers",
  baseUrl: BASE_URL,
  auth: optional(bearer("NOVITA_API_KEY")),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => [
    {
      nativeId: model.id,
      provider: "novita",
      name: stated(model.display_name),
      description: stated(model.description),
      createdAt: fromUnixSeconds(model.created),
      task: stated(model.model_type),
      inputModalities: stated(model.input_modalities),
      outputModalities: stated(model.output_modalities),
      contextTokens: stated(model.context_size),
      outputTokensMax: stated(model.max_output_tokens),
      capabilities: yes(model.features),
      ...moneyOf(model),
      status: model.status === 1 ? "live" : undefined,
      call: model.model_type === "chat" ? openaiChat(BASE_URL, model.id) : undefined,
    },
  ],
});

/** The shape of `price_tiers` is not known, so the base price is all that is read. */
function moneyOf(model: Model) {
  const currency = stated(model.currency)?.toUpperCase() ?? "USD";
  if (currency !== "USD")
    return { billing: "metered" as const, tags: [`priced-in-${currency.toLowerCase()}`] };
  const usd = tenThousandthsPerMillionTokens;
  const list = prices({
    input: usd(model.input_token_price_per_m),
    output: usd(model.output_token_price_per_m),
    cache_read: usd(used(model.cached_input_token_price_per_m)),
  });
  return { prices: list, billing: allZero(list) ? ("free" as const) : undefined };
}
