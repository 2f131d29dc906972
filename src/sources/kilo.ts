/** Kilo: OpenRouter's list passed on, with rows and routers of its own; `isFree` says what is free. */
import * as z from "zod";
import { allZero } from "../domain/price.ts";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { isDynamic, openRouterPrices, OpenRouterPricing } from "../kit/openrouter-prices.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import {
  Count,
  Flag,
  fromIso,
  fromUnixSeconds,
  Id,
  stated,
  Text,
  UnixSeconds,
  WordList,
} from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  canonical_slug: Text,
  hugging_face_id: Text,
  name: Text,
  description: Text,
  created: UnixSeconds,
  context_length: Count,
  architecture: z.object({ input_modalities: WordList, output_modalities: WordList }).nullish(),
  pricing: OpenRouterPricing.nullish(),
  top_provider: z.object({ context_length: Count, max_completion_tokens: Count }).nullish(),
  supported_parameters: WordList,
  expiration_date: Text,
  isFree: Flag,
});

const BASE_URL = "https://api.kilo.ai/api/openrouter";
/** How the list spells "no end is planned". */
const NEVER = "2098-12-31";

export const kilo = defineSource({
  id: "kilo",
  title: "Kilo Gateway",
  docs: "https://kilo.ai/docs/gateway/models-and-providers",
  gateway: "kilo",
  authority: "own",
  mapper: 2,
  priceUnit: "US dollars per token, as text",
  baseUrl: BASE_URL,
  auth: optional(bearer("KILO_API_KEY", "KILOCODE_API_KEY")),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const { input_modalities: inputs, output_modalities: outputs = [] } = model.architecture ?? {};
    const { supported_parameters: can } = model;
    const free = model.isFree === true;
    // An image's price there is the token's, without the audio price by which OpenRouter's own list tells that.
    const pricing = { ...model.pricing, image: undefined };
    const prices = openRouterPrices(pricing, { outputs: outputs ?? [], free });
    return [
      {
        nativeId: model.id,
        name: stated(model.name),
        description: stated(model.description),
        createdAt: fromUnixSeconds(model.created),
        contextTokens: stated(model.top_provider?.context_length) ?? stated(model.context_length),
        modelContextTokens: stated(model.context_length),
        outputTokensMax: stated(model.top_provider?.max_completion_tokens),
        inputModalities: stated(inputs),
        outputModalities: stated(outputs),
        capabilities: {
          vision: inputs?.includes("image"),
          tools: can?.length ? can.includes("tools") : undefined,
          structured_output: can?.length ? can.includes("structured_outputs") : undefined,
          reasoning: can?.includes("reasoning") || undefined,
          json_mode: can?.includes("response_format") || undefined,
        },
        prices,
        billing: isDynamic(pricing) ? "dynamic" : free && allZero(prices) ? "free" : undefined,
        variant: /:(free|discounted)$/.exec(model.id)?.[1],
        huggingFaceId: stated(model.hugging_face_id),
        canonicalId: stated(model.canonical_slug),
        tags: model.id.startsWith("~") ? ["moving-alias"] : undefined,
        endsAt: model.expiration_date === NEVER ? undefined : fromIso(model.expiration_date),
        call: outputs?.includes("text") ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});
