/** OpenRouter: models of every kind in one list; each price is the currently best endpoint's, so it flaps. */
import * as z from "zod";
import { allZero } from "../domain/price.ts";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { isDynamic, openRouterPrices, OpenRouterPricing } from "../kit/openrouter-prices.ts";
import { nextUrl } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import {
  Count,
  fromIso,
  fromUnixSeconds,
  Id,
  stated,
  Text,
  UnixSeconds,
  used,
  WordList,
} from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  canonical_slug: Text,
  hugging_face_id: Text,
  name: Text,
  description: Text,
  created: UnixSeconds,
  context_length: Count,
  architecture: z.object({ input_modalities: WordList, output_modalities: WordList }).nullish(),
  pricing: OpenRouterPricing.nullish(),
  top_provider: z.object({ context_length: Count, max_completion_tokens: Count }).nullish(),
  supported_parameters: WordList,
  knowledge_cutoff: Text,
  expiration_date: Text,
  alias_target: z.object({ slug: Text }).nullish(),
});
type Model = z.infer<typeof Model>;

const BASE_URL = "https://openrouter.ai/api/v1";
/** Suffixes that name a way of serving; `:thinking` and `:beta` are part of a model's name. */
const VARIANTS = ["free", "batch"];
/** How the list spells "no end is planned". */
const NEVER = "2098-12-31";

export const openrouter = defineSource({
  id: "openrouter",
  title: "OpenRouter",
  docs: "https://openrouter.ai/docs/api-reference/list-available-models",
  gateway: "openrouter",
  authority: "own",
  mapper: 2,
  priceUnit: "US dollars per token, as text",
  baseUrl: BASE_URL,
  auth: optional(bearer("OPENROUTER_API_KEY")),
  views: [{ name: "models", path: "/models", query: { output_modalities: "all" } }],
  paging: nextUrl({ at: "links.next" }),
  items: "data",
  total: "total_count",
  item: Model,
  listings: (model) => {
    const outputs = model.architecture?.output_modalities ?? [];
    const variant = VARIANTS.find((name) => model.id.endsWith(`:${name}`));
    const pricing = model.pricing ?? {};
    const prices = openRouterPrices(pricing, { outputs, free: variant === "free" });
    // A price whose unit is not stated is still a price.
    const costs = stated(used(pricing.prompt)) !== undefined;
    return [
      {
        nativeId: model.id,
        name: stated(model.name),
        description: stated(model.description),
        createdAt: fromUnixSeconds(model.created),
        // The price is that of the provider who is first in line, and so is what he takes.
        contextTokens: stated(model.top_provider?.context_length) ?? stated(model.context_length),
        modelContextTokens: stated(model.context_length),
        outputTokensMax: stated(model.top_provider?.max_completion_tokens),
        inputModalities: stated(model.architecture?.input_modalities),
        outputModalities: outputs,
        capabilities: capabilitiesOf(model),
        prices,
        billing: isDynamic(pricing)
          ? "dynamic"
          : variant === "free" && allZero(prices)
            ? "free"
            : costs
              ? "metered"
              : undefined,
        variant,
        huggingFaceId: stated(model.hugging_face_id),
        // `~vendor/x-latest` moves: what it points to now is the canonical id that is worth knowing.
        canonicalId: stated(model.alias_target?.slug) ?? stated(model.canonical_slug),
        tags: model.id.startsWith("~") ? ["moving-alias"] : undefined,
        knowledgeCutoff: stated(model.knowledge_cutoff),
        endsAt: model.expiration_date === NEVER ? undefined : fromIso(model.expiration_date),
        call: outputs.includes("text") ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});

/** The list of parameters is complete where there is one: what it does not hold is not supported. */
function capabilitiesOf({ architecture, supported_parameters: parameters }: Model) {
  const seen = architecture?.input_modalities?.includes("image");
  const vision = architecture?.output_modalities?.includes("text") === true ? seen : undefined;
  if (parameters === null || parameters === undefined || parameters.length === 0) return { vision };
  const yes = (parameter: string) => parameters.includes(parameter) || undefined;
  return {
    vision,
    tools: parameters.includes("tools"),
    structured_output: parameters.includes("structured_outputs"),
    json_mode: yes("response_format"),
    reasoning: yes("reasoning"),
    logprobs: yes("logprobs"),
    parallel_tools: yes("parallel_tool_calls"),
    web_search: yes("web_search_options"),
  };
}
