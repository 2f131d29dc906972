/** Perplexity: the models of its Agent API, most of them other labs'. The prefix `perplexity/` says who serves a model, not who made it. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerMillionTokens } from "../domain/price.ts";
import { bearer } from "../kit/auth.ts";
import { openaiResponses } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Id, stated, Text, used } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  owned_by: Text,
  pricing: z
    .object({ input: Amount, output: Amount, cache_read: Amount, cache_write: Amount, unit: Text })
    .nullish(),
});
type Model = z.infer<typeof Model>;

const UNIT = "usd_per_1m_tokens";
const BASE_URL = "https://api.perplexity.ai/v1";

export const perplexity = defineSource({
  id: "perplexity",
  title: "Perplexity",
  docs: "https://docs.perplexity.ai/docs/agent-api/models",
  gateway: "perplexity",
  authority: "own",
  priceUnit: "US dollars per million tokens, as numbers; the row names the unit",
  baseUrl: BASE_URL,
  auth: bearer("PERPLEXITY_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  // `created` is 0 on every row.
  listings: (model) => {
    const owner = stated(model.owned_by);
    const serves = owner === "perplexity";
    const isMaker = owner !== undefined && (!serves || model.id.startsWith("perplexity/sonar"));
    return [
      {
        nativeId: model.id,
        provider: serves ? owner : undefined,
        lab: isMaker ? owner : undefined,
        canonicalId: isMaker && model.id.startsWith(`${owner}/`) ? model.id : undefined,
        ...moneyOf(model.pricing),
        call: openaiResponses(BASE_URL, model.id),
      },
    ];
  },
});

/** A price in another unit is a price all the same; it is told, and not converted. */
function moneyOf(pricing: Model["pricing"]) {
  if (pricing === null || pricing === undefined) return {};
  const unit = stated(pricing.unit);
  if (unit !== UNIT) return { billing: "metered" as const, tags: [`priced-in-${unit ?? "no-stated-unit"}`] };
  const usd = usdPerMillionTokens;
  return {
    prices: unlessAllZero(
      prices({
        input: usd(pricing.input),
        output: usd(pricing.output),
        cache_read: usd(used(pricing.cache_read)),
        cache_write: usd(used(pricing.cache_write)),
      }),
    ),
  };
}
