/** Chutes: OpenRouter's names of prices, but per million. `created` is the time of the poll and `tao` an exchange rate: neither is read. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerMillionTokens } from "../domain/price.ts";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Count, Flag, Id, stated, Text, used, WordList, yes } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  root: Text,
  confidential_compute: Flag,
  context_length: Count,
  max_model_len: Count,
  max_output_length: Count,
  quantization: Text,
  input_modalities: WordList,
  output_modalities: WordList,
  supported_features: WordList,
  /** Until 2026: one blended number, of which no input or output price can be told. */
  price: z.object({ usd: Amount }).nullish(),
  pricing: z.object({ prompt: Amount, completion: Amount, input_cache_read: Amount }).nullish(),
});

const BASE_URL = "https://llm.chutes.ai/v1";

export const chutes = defineSource({
  id: "chutes",
  title: "Chutes",
  docs: "https://chutes.ai/docs",
  gateway: "chutes",
  authority: "own",
  priceUnit: "US dollars per million tokens, as numbers",
  baseUrl: BASE_URL,
  auth: optional(bearer("CHUTES_API_KEY")),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => [
    {
      nativeId: model.id,
      provider: "chutes",
      providerNativeId: stated(model.root),
      // The two differ: `max_model_len` is what the engine could take, `context_length` what is offered.
      contextTokens: stated(model.context_length) ?? stated(model.max_model_len),
      outputTokensMax: stated(model.max_output_length),
      inputModalities: stated(model.input_modalities),
      outputModalities: stated(model.output_modalities),
      capabilities: yes(model.supported_features),
      quantization: stated(model.quantization),
      prices: unlessAllZero(
        prices({
          input: usdPerMillionTokens(model.pricing?.prompt),
          output: usdPerMillionTokens(model.pricing?.completion),
          cache_read: usdPerMillionTokens(used(model.pricing?.input_cache_read)),
        }),
      ),
      billing: stated(used(model.price?.usd)) === undefined ? undefined : "metered",
      tags: model.confidential_compute === true ? ["confidential-compute"] : undefined,
      call: openaiChat(BASE_URL, model.id),
    },
  ],
});
