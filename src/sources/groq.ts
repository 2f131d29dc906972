/** Groq: chat, speech, transcription and guard models in one list; prices and modalities since 2026. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerCharacter, usdPerRequest, usdPerToken } from "../domain/price.ts";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import {
  Amount,
  Count,
  Flag,
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
  owned_by: Text,
  active: Flag,
  name: Text,
  hugging_face_id: Text,
  context_window: Count,
  context_length: Count,
  max_completion_tokens: Count,
  max_output_length: Count,
  input_modalities: WordList,
  output_modalities: WordList,
  supported_features: WordList,
  pricing: z
    .object({ prompt: Amount, completion: Amount, request: Amount, input_cache_read: Amount })
    .nullish(),
});

const BASE_URL = "https://api.groq.com/openai/v1";

export const groq = defineSource({
  id: "groq",
  title: "Groq",
  docs: "https://console.groq.com/docs/api-reference#models-list",
  gateway: "groq",
  authority: "own",
  priceUnit: "US dollars per token, as text; per character for speech",
  baseUrl: BASE_URL,
  auth: bearer("GROQ_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const outputs = model.output_modalities ?? [];
    const usd = outputs.includes("speech") ? usdPerCharacter : usdPerToken;
    return [
      {
        nativeId: model.id,
        provider: "groq",
        name: stated(model.name),
        lab: stated(model.owned_by),
        createdAt: fromUnixSeconds(model.created),
        contextTokens: stated(model.context_window) ?? stated(model.context_length),
        outputTokensMax: stated(model.max_completion_tokens) ?? stated(model.max_output_length),
        inputModalities: stated(model.input_modalities),
        outputModalities: outputs,
        capabilities: yes(model.supported_features),
        prices: unlessAllZero(
          prices({
            input: usd(model.pricing?.prompt),
            output: usd(model.pricing?.completion),
            cache_read: usd(used(model.pricing?.input_cache_read)),
            request: usdPerRequest(used(model.pricing?.request)),
          }),
        ),
        status: model.active === false ? "inactive" : model.active === true ? "live" : undefined,
        huggingFaceId: stated(model.hugging_face_id),
        call: outputs.includes("text") ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});
