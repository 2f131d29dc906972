/** models.dev: a community's catalog of what providers offer, live; one object by provider, each with an object of models. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerMillionTokens as usd, type Price } from "../domain/price.ts";
import { noAuth } from "../kit/auth.ts";
import { entriesOfEach, type MapEntry } from "../kit/maps.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Count, Flag, fromIso, Id, stated, Text, used, WordList } from "../kit/wire.ts";

const Meters = z.object({ input: Amount, output: Amount, cache_read: Amount, cache_write: Amount });
const Cost = Meters.extend({
  reasoning: Amount,
  input_audio: Amount,
  output_audio: Amount,
  context_over_200k: Meters.nullish(),
});

const Model = z.object({
  name: Text,
  reasoning: Flag,
  tool_call: Flag,
  structured_output: Flag,
  knowledge: Text,
  release_date: Text,
  modalities: z.object({ input: WordList, output: WordList }).nullish(),
  open_weights: Flag,
  limit: z.object({ context: Count, output: Count }).nullish(),
  cost: Cost.nullish(),
  status: Text,
});
type Model = z.infer<typeof Model>;

/** Gateways whose id there is not ours. */
const GATEWAYS = new Map([
  ["amazon-bedrock", "bedrock"],
  ["cloudflare-workers-ai", "cloudflare"],
  ["fireworks-ai", "fireworks"],
  ["github-models", "github"],
  ["novita-ai", "novita"],
  ["togetherai", "together"],
]);

/** Gateways known to run the weights themselves. Who does so behind any other is not stated. */
const RUN_THE_WEIGHTS: ReadonlySet<string> = new Set(
  (
    "alibaba anthropic azure baseten bedrock cerebras chutes cloudflare cohere deepinfra deepseek featherless " +
    "fireworks google google-vertex groq hyperbolic mistral moonshotai nebius novita nscale nvidia openai replicate " +
    "sambanova together xai zai"
  ).split(" "),
);

export const modelsDev = defineSource({
  id: "models-dev",
  title: "models.dev",
  docs: "https://models.dev",
  gateway: "models-dev",
  authority: "third-party",
  terms: { url: "https://github.com/anomalyco/models.dev/blob/dev/LICENSE", redistribute: true },
  priceUnit: "US dollars per million tokens, as numbers",
  baseUrl: "https://models.dev",
  auth: noAuth,
  views: [{ name: "api", path: "/api.json" }],
  paging: singlePage,
  items: "",
  entries: (body) => entriesOfEach(body, "models")?.map(offered),
  itemId: "nativeId",
  item: z.object({ gateway: Id, nativeId: Id, model: Model }),
  listings: ({ gateway, nativeId, model }) => [
    {
      gateway,
      provider: RUN_THE_WEIGHTS.has(gateway) ? gateway : undefined,
      nativeId,
      name: stated(model.name),
      createdAt: fromIso(model.release_date),
      inputModalities: stated(model.modalities?.input),
      outputModalities: stated(model.modalities?.output),
      contextTokens: stated(model.limit?.context),
      outputTokensMax: stated(model.limit?.output),
      capabilities: {
        reasoning: stated(model.reasoning),
        tools: stated(model.tool_call),
        structured_output: stated(model.structured_output),
      },
      prices: pricesOf(model.cost ?? {}),
      // Alpha and beta are previews; most have no status.
      status: model.status === "deprecated" ? "deprecated" : stated(model.status) && "preview",
      openWeights: stated(model.open_weights),
      knowledgeCutoff: stated(model.knowledge),
    },
  ],
});

/** The keys are the ids, but for Google's own list, which spells its models `models/…`. */
function offered({ outer, inner, value }: MapEntry) {
  const gateway = GATEWAYS.get(outer) ?? outer;
  return { gateway, nativeId: gateway === "google" && inner ? `models/${inner}` : inner, model: value };
}

/** Zeros alone are a subscription's, or nobody's knowledge. */
function pricesOf({ context_over_200k: long, ...base }: z.infer<typeof Cost>): readonly Price[] {
  const meters = (sheet: z.infer<typeof Meters>) => ({
    input: usd(sheet.input),
    output: usd(sheet.output),
    cache_read: usd(used(sheet.cache_read)),
    cache_write: usd(used(sheet.cache_write)),
  });
  const media = { audio_input: usd(used(base.input_audio)), audio_output: usd(used(base.output_audio)) };
  return unlessAllZero([
    ...prices({ ...meters(base), reasoning: usd(used(base.reasoning)), ...media }),
    ...prices(meters(long ?? {}), { promptTokensOver: 200_000 }),
  ]);
}
