/** Cloudflare Workers AI: one account's models, in the shape that OpenRouter asks of its providers. */
import * as z from "zod";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { openRouterPrices, OpenRouterPricing } from "../kit/openrouter-prices.ts";
import { pageNumber } from "../kit/paging.ts";
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
  yes,
} from "../kit/wire.ts";

const Model = z.object({
  /** `@cf/lab/name`, as it is called. */
  id: Id,
  name: Text,
  description: Text,
  created: UnixSeconds,
  hugging_face_id: Text,
  context_length: Count,
  max_output_length: Count,
  input_modalities: WordList,
  output_modalities: WordList,
  quantization: Text,
  pricing: OpenRouterPricing.nullish(),
  supported_features: WordList,
  deprecation_date: Text,
  is_ready: Flag,
});

const BASE_URL = "https://api.cloudflare.com/client/v4/accounts/{CLOUDFLARE_ACCOUNT_ID}/ai";
const PAGE_SIZE = 1_000;

export const cloudflare = defineSource({
  id: "cloudflare",
  title: "Cloudflare Workers AI",
  docs: "https://developers.cloudflare.com/api/resources/ai/subresources/models/methods/list/",
  gateway: "cloudflare",
  authority: "own",
  priceUnit: "US dollars per token, as text",
  baseUrl: BASE_URL,
  auth: bearer("CLOUDFLARE_API_TOKEN"),
  views: [{ name: "models", path: "/models/search", query: { format: "openrouter" } }],
  paging: pageNumber({
    parameter: "page",
    first: 1,
    pages: "result_info.total_pages",
    pageSize: PAGE_SIZE,
    query: { per_page: String(PAGE_SIZE) },
  }),
  items: "result",
  item: Model,
  listings: (model) => {
    const outputs = model.output_modalities ?? [];
    return [
      {
        nativeId: model.id,
        provider: "cloudflare",
        name: stated(model.name),
        description: stated(model.description),
        createdAt: fromUnixSeconds(model.created),
        contextTokens: stated(model.context_length),
        outputTokensMax: stated(model.max_output_length),
        inputModalities: stated(model.input_modalities),
        outputModalities: outputs,
        capabilities: yes(model.supported_features),
        prices: openRouterPrices(model.pricing ?? {}, { outputs, free: false }),
        status: model.is_ready === false ? "staging" : undefined,
        huggingFaceId: stated(model.hugging_face_id),
        quantization: stated(model.quantization),
        deprecatedAt: fromIso(model.deprecation_date),
        // Everybody calls with an account of his own: the braces are for its id.
        call: outputs.includes("text") ? openaiChat(`${BASE_URL}/v1`, model.id) : undefined,
      },
    ];
  },
});
