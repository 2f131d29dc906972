/** Nebius Token Factory, the public catalog: one row is a model, each of its flavors is an offer with an id of its own. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerMillionTokens } from "../domain/price.ts";
import { noAuth } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Count, Flag, fromIso, fromUnixSeconds } from "../kit/wire.ts";
import { huggingFaceIdOf, Id, stated, Text, WordList, yes } from "../kit/wire.ts";

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

type Flavor = z.infer<typeof Flavor>;

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
const TEXT = ["text"];
/** What goes in and what comes out, by type. */
const MODALITIES: {
  readonly [type: string]: { readonly input: readonly string[]; readonly output: readonly string[] };
} = {
  text2text: { input: TEXT, output: TEXT },
  image2text: { input: ["text", "image"], output: TEXT },
  embedding: { input: [], output: ["embeddings"] },
};
/** The tags that name a capability; the others are advertising. */
const CAPABILITIES = { tools: "function calling", json_mode: "JSON mode", reasoning: "reasoning" };

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
  itemId: "flavors.*.model_id",
  item: Model,
  listings: (model) => oneOfEach(model.flavors ?? []).map((flavor) => draftOf(model, flavor)),
});

function draftOf(model: Model, flavor: Flavor) {
  const type = model.type ?? "";
  const modalities = Object.hasOwn(MODALITIES, type) ? MODALITIES[type] : undefined;
  const capabilities = Object.entries(CAPABILITIES).filter(([, tag]) => model.tags?.includes(tag));
  const created = model.created_at;
  const usd = usdPerMillionTokens;
  return {
    nativeId: flavor.model_id,
    provider: flavor.external_provider === true ? undefined : "nebius",
    name: stated(flavor.model_name) ?? model.name,
    description: stated(model.description),
    lab: stated(model.vendor),
    createdAt: typeof created === "number" ? fromUnixSeconds(created) : fromIso(created),
    task: type,
    inputModalities: modalities?.input,
    outputModalities: modalities?.output,
    contextTokens: stated(flavor.max_model_len),
    capabilities: yes(capabilities.map(([capability]) => capability)),
    prices: unlessAllZero(
      prices({
        input: usd(flavor.input_price_per_million_tokens),
        output: usd(flavor.output_price_per_million_tokens),
      }),
    ),
    status: model.status === "active" ? "live" : stated(model.status),
    license: stated(model.license?.name),
    parameters: model.size_b ? Math.round(model.size_b * 1e9) : undefined,
    huggingFaceId: huggingFaceIdOf(model.huggingface_url),
    variant: flavor.label === "fast" ? "fast" : undefined,
    quantization: stated(flavor.quantization),
    regions: (flavor.regions ?? []).flatMap(({ name }) => stated(name) ?? []),
    volatile: { tokensPerSecond: flavor.tokens_per_second || undefined },
    call: modalities?.output === TEXT ? openaiChat(BASE_URL, flavor.model_id) : undefined,
  };
}

/** Flavors that repeat an id are one offer in more regions; of everything else the first speaks. */
function oneOfEach(flavors: readonly Flavor[]) {
  return [...Map.groupBy(flavors, (flavor) => flavor.model_id).values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ ...first, regions: [first, ...others].flatMap(({ regions }) => regions ?? []) }],
  );
}
