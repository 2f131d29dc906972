/** Venice: models by type; a price stands there in dollars beside Venice's own credits, per million tokens. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerImage, usdPerMillionTokens } from "../domain/price.ts";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Count, Flag, fromUnixSeconds, huggingFaceIdOf } from "../kit/wire.ts";
import { Id, stated, Text, UnixSeconds, used } from "../kit/wire.ts";

/** `diem` and `vcu` beside it are credits. */
const Usd = z.object({ usd: Amount }).nullish();

const Spec = z.object({
  name: Text,
  availableContextTokens: Count,
  maxCompletionTokens: Count,
  pricing: z.object({ input: Usd, output: Usd, cache_input: Usd, generation: Usd }).nullish(),
  capabilities: z
    .object({
      quantization: Text,
      supportsFunctionCalling: Flag,
      supportsLogProbs: Flag,
      supportsReasoning: Flag,
      supportsResponseSchema: Flag,
      supportsVision: Flag,
      supportsWebSearch: Flag,
    })
    .nullish(),
  modelSource: Text,
  offline: Flag,
});

const Model = z.object({ id: Id, created: UnixSeconds, type: Text, model_spec: Spec.nullish() });
type Model = z.infer<typeof Model>;

const BASE_URL = "https://api.venice.ai/api/v1";

/** What comes out, by type; the types that are not here work on images. */
const OUTPUTS = new Map([
  ["text", "text"],
  ["image", "image"],
  ["embedding", "embeddings"],
  ["tts", "audio"],
  ["asr", "text"],
  ["video", "video"],
]);

export const venice = defineSource({
  id: "venice",
  title: "Venice",
  docs: "https://docs.venice.ai/api-reference/endpoint/models/list",
  gateway: "venice",
  authority: "own",
  priceUnit: "US dollars per million tokens, as numbers",
  baseUrl: BASE_URL,
  auth: optional(bearer("VENICE_API_KEY")),
  // Without a type the list is that of the language models alone.
  views: [{ name: "models", path: "/models", query: { type: "all" } }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const { capabilities: can, ...spec } = model.model_spec ?? {};
    const output = OUTPUTS.get(model.type ?? "");
    const isText = model.type === "text";
    return [
      {
        nativeId: model.id,
        // Who runs the weights is not stated: other companies' models are passed on beside the open ones.
        name: stated(spec.name),
        createdAt: fromUnixSeconds(model.created),
        inputModalities: isText ? (can?.supportsVision ? ["text", "image"] : ["text"]) : undefined,
        outputModalities: output === undefined ? undefined : [output],
        contextTokens: stated(spec.availableContextTokens),
        outputTokensMax: stated(spec.maxCompletionTokens),
        capabilities: {
          tools: stated(can?.supportsFunctionCalling),
          structured_output: stated(can?.supportsResponseSchema),
          reasoning: stated(can?.supportsReasoning),
          vision: stated(can?.supportsVision),
          logprobs: stated(can?.supportsLogProbs),
          web_search: stated(can?.supportsWebSearch),
        },
        ...moneyOf(model),
        status: spec.offline === true ? "inactive" : spec.offline === false ? "live" : undefined,
        huggingFaceId: huggingFaceIdOf(spec.modelSource),
        quantization: stated(can?.quantization),
        call: isText ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});

/** Tokens are what language and embedding models count; speech and video count something that is not stated. */
function moneyOf({ type, model_spec: spec }: Model) {
  const { input, output, cache_input: cached, generation } = spec?.pricing ?? {};
  const usd = usdPerMillionTokens;
  const inTokens = type === "text" || type === "embedding";
  const list = prices(
    inTokens
      ? { input: usd(input?.usd), output: usd(output?.usd), cache_read: usd(used(cached?.usd)) }
      : { image: type === "image" ? usdPerImage(used(generation?.usd)) : undefined },
  );
  const costs = stated(used(input?.usd)) !== undefined;
  return { prices: unlessAllZero(list), billing: costs ? ("metered" as const) : undefined };
}
