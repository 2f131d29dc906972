/** DeepInfra: its OpenAI-style list. `metadata` is null for what is no language model; the 2025 list has none at all. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerMillionTokens } from "../domain/price.ts";
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
  metadata: z
    .object({
      description: Text,
      context_length: Count,
      max_tokens: Count,
      pricing: z.object({ input_tokens: Amount, output_tokens: Amount, cache_read_tokens: Amount }).nullish(),
      tags: WordList,
    })
    .nullish(),
});

const BASE_URL = "https://api.deepinfra.com/v1/openai";

export const deepinfra = defineSource({
  id: "deepinfra",
  title: "DeepInfra",
  docs: "https://deepinfra.com/docs/openai_api",
  gateway: "deepinfra",
  authority: "own",
  priceUnit: "US dollars per million tokens, as numbers",
  baseUrl: BASE_URL,
  auth: optional(bearer("DEEPINFRA_API_KEY", "DEEPINFRA_TOKEN")),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: ({ id, created, metadata }) => [
    {
      nativeId: id,
      provider: "deepinfra",
      description: stated(metadata?.description),
      createdAt: fromUnixSeconds(created),
      contextTokens: stated(metadata?.context_length),
      outputTokensMax: stated(metadata?.max_tokens),
      capabilities: yes(metadata?.tags),
      prices: unlessAllZero(
        prices({
          input: usdPerMillionTokens(metadata?.pricing?.input_tokens),
          output: usdPerMillionTokens(metadata?.pricing?.output_tokens),
          cache_read: usdPerMillionTokens(used(metadata?.pricing?.cache_read_tokens)),
        }),
      ),
      call: metadata === null || metadata === undefined ? undefined : openaiChat(BASE_URL, id),
    },
  ],
});
