/** Groq: one list of chat, speech and guard models; prices since 2026, as text. */
import * as z from "zod";
import { prices, usdPerToken } from "../domain/price.ts";
import { bearer } from "../kit/auth.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Count, Flag, fromUnixSeconds, Id, stated, Text, UnixSeconds, WordList, yes } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  created: UnixSeconds,
  owned_by: Text,
  active: Flag,
  name: Text,
  hugging_face_id: Text,
  context_window: Count,
  max_completion_tokens: Count,
  input_modalities: WordList,
  output_modalities: WordList,
  supported_features: WordList,
  pricing: z.object({ prompt: Amount, completion: Amount, request: Amount, input_cache_read: Amount }).nullish(),
});

export const groq = defineSource({
  id: "groq",
  title: "Groq",
  docs: "https://console.groq.com/docs/api-reference#models-list",
  gateway: "groq",
  authority: "own",
  priceUnit: "US dollars per token, as text",
  baseUrl: "https://api.groq.com/openai/v1",
  auth: bearer("GROQ_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => [
    {
      nativeId: model.id,
      provider: "groq",
      name: stated(model.name),
      lab: stated(model.owned_by),
      createdAt: fromUnixSeconds(model.created),
      contextTokens: stated(model.context_window),
      outputTokensMax: stated(model.max_completion_tokens),
      inputModalities: stated(model.input_modalities),
      outputModalities: stated(model.output_modalities),
      capabilities: yes(model.supported_features),
      prices: prices({ input: usdPerToken(model.pricing?.prompt), output: usdPerToken(model.pricing?.completion) }),
      status: model.active === false ? "inactive" : undefined,
      huggingFaceId: stated(model.hugging_face_id),
    },
  ],
});
