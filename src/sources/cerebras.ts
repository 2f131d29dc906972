/** Cerebras, the public list: few models, each with prices, limits and a map of what it can do. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerToken } from "../domain/price.ts";
import { noAuth } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import {
  Amount,
  Count,
  Flag,
  fromUnixSeconds,
  Id,
  modalitiesOf,
  stated,
  Text,
  UnixSeconds,
  WordList,
} from "../kit/wire.ts";

/** The words that speak of the model; `tool_choice` and `response_format` speak of the request. */
const Capabilities = z.object({
  streaming: Flag,
  function_calling: Flag,
  tools: Flag,
  parallel_tool_calls: Flag,
  structured_outputs: Flag,
  json_mode: Flag,
  reasoning: Flag,
  vision: Flag,
});

const Model = z.object({
  id: Id,
  created: UnixSeconds,
  owned_by: Text,
  name: Text,
  description: Text,
  hugging_face_id: Text,
  pricing: z.object({ prompt: Amount, completion: Amount }).nullish(),
  capabilities: Capabilities.nullish(),
  supported_parameters: z.object({ logprobs: Flag }).nullish(),
  architecture: z.object({ modality: Text }).nullish(),
  limits: z.object({ max_context_length: Count, max_completion_tokens: Count }).nullish(),
  datacenter_locations: WordList,
  deprecated: Flag,
  preview: Flag,
  quantization: Text,
});

export const cerebras = defineSource({
  id: "cerebras",
  title: "Cerebras",
  docs: "https://inference-docs.cerebras.ai/api-reference/models/public-list-models",
  gateway: "cerebras",
  authority: "own",
  priceUnit: "US dollars per token, as text",
  baseUrl: "https://api.cerebras.ai/public/v1",
  auth: noAuth,
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const modalities = modalitiesOf(model.architecture?.modality);
    const claims = { ...model.capabilities, logprobs: model.supported_parameters?.logprobs };
    return [
      {
        nativeId: model.id,
        provider: "cerebras",
        name: stated(model.name),
        description: stated(model.description),
        lab: stated(model.owned_by),
        createdAt: fromUnixSeconds(model.created),
        inputModalities: modalities?.input,
        outputModalities: modalities?.output,
        contextTokens: stated(model.limits?.max_context_length),
        outputTokensMax: stated(model.limits?.max_completion_tokens),
        capabilities: Object.fromEntries(
          Object.entries(claims).map(([word, value]) => [word, stated(value)]),
        ),
        prices: unlessAllZero(
          prices({
            input: usdPerToken(model.pricing?.prompt),
            output: usdPerToken(model.pricing?.completion),
          }),
        ),
        status: model.deprecated === true ? "deprecated" : model.preview === true ? "preview" : undefined,
        huggingFaceId: stated(model.hugging_face_id),
        quantization: stated(model.quantization),
        regions: stated(model.datacenter_locations),
        call: openaiChat("https://api.cerebras.ai/v1", model.id),
      },
    ];
  },
});
