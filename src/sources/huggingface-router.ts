/** Hugging Face's router: one row is a Hub model, each of its providers is an offer with a price and a context of its own. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerMillionTokens } from "../domain/price.ts";
import { bearer, optional } from "../kit/auth.ts";
import { huggingFaceChat } from "../kit/call.ts";
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
  WordList,
} from "../kit/wire.ts";

const Provider = z.object({
  provider: Id,
  status: Text,
  context_length: Count,
  pricing: z.object({ input: Amount, output: Amount }).nullish(),
  is_free: Flag,
  supports_tools: Flag,
  supports_structured_output: Flag,
  first_token_latency_ms: z.number().nullish(),
  throughput: z.number().nullish(),
});

const Model = z.object({
  id: Id,
  created: UnixSeconds,
  owned_by: Text,
  architecture: z.object({ input_modalities: WordList, output_modalities: WordList }).nullish(),
  providers: z.array(Provider).nullish(),
});
type Model = z.infer<typeof Model>;

export const huggingfaceRouter = defineSource({
  id: "huggingface-router",
  title: "Hugging Face Inference Providers",
  docs: "https://huggingface.co/docs/inference-providers/hub-api",
  gateway: "huggingface",
  authority: "own",
  priceUnit: "US dollars per million tokens, as numbers",
  baseUrl: "https://router.huggingface.co/v1",
  auth: optional(bearer("HF_TOKEN", "HUG_API_KEY")),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => (model.providers ?? []).map((offered) => draftOf(model, offered)),
});

function draftOf(model: Model, offered: z.infer<typeof Provider>) {
  const free = offered.is_free === true;
  const priced = prices({
    input: usdPerMillionTokens(offered.pricing?.input),
    output: usdPerMillionTokens(offered.pricing?.output),
  });
  return {
    nativeId: model.id,
    provider: offered.provider,
    lab: stated(model.owned_by),
    createdAt: fromUnixSeconds(model.created),
    inputModalities: stated(model.architecture?.input_modalities),
    outputModalities: stated(model.architecture?.output_modalities),
    contextTokens: stated(offered.context_length),
    capabilities: {
      tools: stated(offered.supports_tools),
      structured_output: stated(offered.supports_structured_output),
    },
    prices: free ? priced : unlessAllZero(priced),
    billing: free ? ("free" as const) : undefined,
    status: stated(offered.status),
    huggingFaceId: model.id,
    volatile: {
      firstTokenLatencyMs: stated(offered.first_token_latency_ms),
      tokensPerSecond: stated(offered.throughput),
    },
    call: huggingFaceChat(model.id, offered.provider),
  };
}
