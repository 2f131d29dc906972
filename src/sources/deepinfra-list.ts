/** DeepInfra, the catalog of every kind: prices in cents by type, deprecations (past and planned), private models. */
import * as z from "zod";
import * as money from "../domain/price.ts";
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

/** Of the eight shapes by `type`, every field that is a price. A `discount` is a promotion: the list price stands. */
const Pricing = z.object({
  cents_per_input_token: Amount,
  cents_per_output_token: Amount,
  rate_per_input_token_cached: Amount,
  rate_per_input_token_cache_write: Amount,
  rate_per_service_tier_priority: Amount,
  rate_per_service_tier_flex: Amount,
  cents_per_input_sec: Amount,
  cents_per_output_sec: Amount,
  cents_per_sec: Amount,
  cents_per_input_chars: Amount,
  cents_per_image_unit: Amount,
});

const Model = z.object({
  model_name: Id,
  type: Text,
  description: Text,
  tags: WordList,
  pricing: Pricing.nullish(),
  max_tokens: Count,
  deprecated: UnixSeconds,
  replaced_by: Text,
  quantization: Text,
  private: z.union([z.boolean(), z.number()]).nullish(),
});
type Model = z.infer<typeof Model>;

/** The tags that name a capability; others advertise. */
const CAPABILITIES: ReadonlySet<string> = new Set(["json", "reasoning", "tools", "vision"]);

export const deepinfraList = defineSource({
  id: "deepinfra-list",
  title: "DeepInfra (catalog)",
  docs: "https://deepinfra.com/docs/inference",
  gateway: "deepinfra",
  authority: "own",
  mapper: 2,
  priceUnit: "US cents per token, image, second or character, as numbers; cached input and tiers as factors",
  baseUrl: "https://api.deepinfra.com",
  auth: optional(bearer("DEEPINFRA_API_KEY", "DEEPINFRA_TOKEN")),
  views: [{ name: "models", path: "/models/list" }],
  paging: singlePage,
  items: "",
  itemId: "model_name",
  item: Model,
  listings: (model) => {
    const prices = pricesOf(model);
    const chats = model.type === "text-generation";
    return [
      {
        nativeId: model.model_name,
        provider: "deepinfra",
        description: stated(model.description),
        task: stated(model.type),
        contextTokens: stated(model.max_tokens),
        capabilities: yes(model.tags?.filter((tag) => CAPABILITIES.has(tag))),
        prices,
        quantization: stated(model.quantization),
        deprecatedAt: fromUnixSeconds(model.deprecated),
        successor: stated(model.replaced_by),
        visibility: model.private ? "account" : undefined,
        call: chats ? openaiChat("https://api.deepinfra.com/v1/openai", model.model_name) : undefined,
      },
    ];
  },
});

function pricesOf({ type, pricing }: Model): readonly money.Price[] {
  if (pricing === null || pricing === undefined) return [];
  const perToken = money.centsPerToken(pricing.cents_per_input_token);
  const written = money.centsPerSecond(used(pricing.cents_per_output_sec));
  const tokens = {
    input: perToken,
    output: money.centsPerToken(pricing.cents_per_output_token),
    cache_read: money.multipleOf(perToken, used(pricing.rate_per_input_token_cached)),
    cache_write: money.multipleOf(perToken, used(pricing.rate_per_input_token_cache_write)),
  };
  // A tier is a multiple of all that a token costs.
  const times = (factor: money.Amount) => ({
    input: money.multipleOf(tokens.input, used(factor)),
    output: money.multipleOf(tokens.output, used(factor)),
    cache_read: money.multipleOf(tokens.cache_read, used(factor)),
    cache_write: money.multipleOf(tokens.cache_write, used(factor)),
  });
  return money.unlessAllZero([
    ...money.prices({
      ...tokens,
      input: perToken ?? money.centsPerCharacter(used(pricing.cents_per_input_chars)),
      image: money.centsPerImage(used(pricing.cents_per_image_unit)),
      audio_input: money.centsPerSecond(used(pricing.cents_per_input_sec)),
      audio_output: type?.includes("speech") ? written : undefined,
      video: type?.includes("video") ? written : undefined,
      compute: money.centsPerSecond(used(pricing.cents_per_sec)),
    }),
    ...money.prices(times(pricing.rate_per_service_tier_priority), { tier: "priority" }),
    ...money.prices(times(pricing.rate_per_service_tier_flex), { tier: "flex" }),
  ]);
}
