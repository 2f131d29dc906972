/** Featherless: thousands of Hub models in one body, for a flat subscription: no use has a price of its own. */
import * as z from "zod";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Flag, fromUnixSeconds, Id, stated, Text, UnixSeconds, WordList } from "../kit/wire.ts";

const Model = z.object({
  /** The Hub's id, in the Hub's own case. */
  id: Id,
  name: Text,
  is_gated: Flag,
  created: UnixSeconds,
  context_length: Count,
  max_completion_tokens: Count,
  input_modalities: WordList,
  output_modalities: WordList,
  features: z.object({ tool_use: Flag }).nullish(),
});

const BASE_URL = "https://api.featherless.ai/v1";

export const featherless = defineSource({
  id: "featherless",
  title: "Featherless",
  docs: "https://featherless.ai/docs/models",
  gateway: "featherless",
  authority: "own",
  baseUrl: BASE_URL,
  auth: optional(bearer("FEATHERLESS_API_KEY", "FEATHERLESS_AI_API_KEY")),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => [
    {
      nativeId: model.id,
      provider: "featherless",
      name: stated(model.name),
      createdAt: fromUnixSeconds(model.created),
      contextTokens: stated(model.context_length),
      outputTokensMax: stated(model.max_completion_tokens),
      inputModalities: stated(model.input_modalities),
      outputModalities: stated(model.output_modalities),
      capabilities: { tools: stated(model.features?.tool_use) },
      billing: "subscription",
      huggingFaceId: model.id,
      tags: model.is_gated === true ? ["gated"] : undefined,
      call: openaiChat(BASE_URL, model.id),
    },
  ],
});
