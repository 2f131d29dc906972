/** Nebius Token Factory, the public catalog: one row is a model, each of its flavors is an offer with an id of its own. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerMillionTokens } from "../domain/price.ts";
import { noAuth } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import {
  Amount,
  Count,
  Flag,
  fromIso,
  fromUnixSeconds,
  huggingFaceIdOf,
  Id,
  stated,
  Text,
  WordList,
} from "../kit/wire.ts";

const Flavor = z.object({
  /** The id that the API takes. */
  model_id: Id,
  model_name: Text,
  label: Text,
  regions: z.array(z.object({ name: Text })).nullish(),
  external_provider: Flag,
  max_model_len: Count,
  tokens_per_second: z.number().nullish(),
  input_price_per_million_tokens: Amount,
  output_price_per_million_tokens: Amount,
  quantization: Text,
});

const Model = z.object({
  name: Id,
  type: Text,
  created_at: z.union([z.string(), z.number()]).nullish(),
  status: Text,
  huggingface_url: Text,
  description: Text,
  vendor: Text,
  tags: WordList,
  license: z.object({ name: Text }).nullish(),
  size_b: z.number().min(0).max(100_000).nullish(),
  flavors: z.array(Flavor).nullish(),
});
type Model = z.infer<typeof Model>;

const BASE_URL = "https://api.tokenfactory.nebius.com/v1";
const TEXT_TYPES = new Set(["text2text", "image2text"]);
/** The tags that name a capability; the others are advertising. */
const CAPABILITY_TAGS: { readonly [tag: string]: string } = {
  "function calling": "tools",
  "JSON mode": "json_mode",
  reasoning: "reasoning",
};

export const nebius = defineSource({
  id: "nebius",
  title: "Nebius Token Factory",
  docs: "https://docs.tokenfactory.nebius.com/ai-models-inference/overview",
  gateway: "nebius",
  authority: "own",
  priceUnit: "US dollars per million tokens, as numbers",
  baseUrl: "https://tokenfactory.nebius.com/api/public",
  auth: noAuth,
  views: [{ name: "models", path: "/models_info" }],
  paging: singlePage,
  items: "",
  itemId: "name",
  item: Model,
  listings: (model) => oneOfEach(model.flavors ?? []).map((flavor) => draftOf(model, flavor)),
});

function draftOf(model: Model, flavor: z.infer<typeof Flavor>) {
  return {
    nativeId: flavor.model_id,
    provider: flavor.external_provider === true ? undefined : "nebius",
    name: stated(flavor.model_name) ?? model.name,
    description: stated(model.description),
    lab: stated(model.vendor),
    createdAt:
      typeof model.created_at === "number" ? fromUnixSeconds(model.created_at) : fromIso(model.created_at),
    task: stated(model.type),
    inputModalities:
      model.type === "text2text" ? ["text"] : model.type === "image2text" ? ["text", "image"] : undefined,
    outputModalities: TEXT_TYPES.has(model.type ?? "")
      ? ["text"]
      : model.type === "embedding"
        ? ["embeddings"]
        : undefined,
    contextTokens: stated(flavor.max_model_len),
    capabilities: Object.fromEntries(
      (model.tags ?? []).flatMap((tag) =>
        Object.hasOwn(CAPABILITY_TAGS, tag) ? [[CAPABILITY_TAGS[tag], true]] : [],
      ),
    ),
    prices: unlessAllZero(
      prices({
        input: usdPerMillionTokens(flavor.input_price_per_million_tokens),
        output: usdPerMillionTokens(flavor.output_price_per_million_tokens),
      }),
    ),
    status: model.status === "active" ? "live" : stated(model.status),
    license: stated(model.license?.name),
    parameters: model.size_b ? Math.round(model.size_b * 1e9) : undefined,
    huggingFaceId: huggingFaceIdOf(model.huggingface_url),
    variant: flavor.label === "fast" ? "fast" : undefined,
    quantization: stated(flavor.quantization),
    regions: (flavor.regions ?? []).flatMap(({ name }) => stated(name) ?? []),
    volatile: { tokensPerSecond: flavor.tokens_per_second ? flavor.tokens_per_second : undefined },
    call: TEXT_TYPES.has(model.type ?? "") ? openaiChat(BASE_URL, flavor.model_id) : undefined,
  };
}

/** Flavors that repeat an id are one offer in more regions; of everything else the first speaks. */
function oneOfEach(flavors: readonly z.infer<typeof Flavor>[]) {
  return [...Map.groupBy(flavors, (flavor) => flavor.model_id).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, regions: [first, ...others].flatMap(({ regions }) => regions ?? []) }],
  );
}
