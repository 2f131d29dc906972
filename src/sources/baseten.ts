/** Baseten: open models that it runs itself, in the words of OpenRouter's feed for providers; prices are texts or numbers. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerToken } from "../domain/price.ts";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Count, Id, stated, Text, used, WordList, yes } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  name: Text,
  description: Text,
  hugging_face_id: Text,
  context_length: Count,
  max_completion_tokens: Count,
  quantization: Text,
  input_modalities: WordList,
  output_modalities: WordList,
  supported_features: WordList,
  pricing: z.object({ prompt: Amount, completion: Amount, input_cache_read: Amount }).nullish(),
});

const BASE_URL = "https://inference.baseten.co/v1";

export const baseten = defineSource({
  id: "baseten",
  title: "Baseten",
  docs: "https://docs.baseten.co/reference/inference-api/overview",
  gateway: "baseten",
  authority: "own",
  priceUnit: "US dollars per token, as text or numbers",
  baseUrl: BASE_URL,
  auth: bearer("BASETEN_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => [
    {
      nativeId: model.id,
      provider: "baseten",
      name: stated(model.name),
      description: stated(model.description),
      contextTokens: stated(model.context_length),
      outputTokensMax: stated(model.max_completion_tokens),
      inputModalities: stated(model.input_modalities),
      outputModalities: stated(model.output_modalities),
      capabilities: yes(model.supported_features),
      quantization: stated(model.quantization),
      prices: unlessAllZero(
        prices({
          input: usdPerToken(model.pricing?.prompt),
          output: usdPerToken(model.pricing?.completion),
          cache_read: usdPerToken(used(model.pricing?.input_cache_read)),
        }),
      ),
      huggingFaceId: stated(model.hugging_face_id),
      call: openaiChat(BASE_URL, model.id),
    },
  ],
});
