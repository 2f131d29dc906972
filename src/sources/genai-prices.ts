/** The npm package @pydantic/genai-prices: prices of forty gateways, installed with us: the content that there is without a network. */
import * as z from "zod";
import { GenaiPricing, genaiPricesOn } from "../kit/genai-sheet.ts";
import { definePackage } from "../kit/source.ts";
import { Count, Flag, fromIso, Id, stated, Text } from "../kit/wire.ts";

/** The installed edition and the day on which it was published; a test holds the version against the package. */
export const EDITION_VERSION = "0.1.8";
const EDITION_DAY = "2026-09-23";

const Model = z.object({
  id: Id,
  name: Text,
  description: Text,
  context_window: Count,
  deprecated: Flag,
  match: z.object({ equals: Text }),
  prices: GenaiPricing,
});

/** Providers behind Hugging Face are entries of their own: `huggingface_together`. */
const THROUGH_HUGGING_FACE = "huggingface_";

/** Gateways whose id here is not ours. */
const GATEWAYS: { readonly [provider: string]: string } = { aws: "bedrock", "x-ai": "xai" };

/** Gateways that do not say who runs the weights. */
const RUN_BY_OTHERS: ReadonlySet<string> = new Set([
  "arcee",
  "cursor",
  "github-copilot",
  "openrouter",
  "quicksilverpro",
  "typesafe",
]);

export const genaiPrices = definePackage({
  id: "genai-prices",
  title: "Pydantic genai-prices",
  docs: "https://github.com/pydantic/genai-prices",
  gateway: "genai-prices",
  authority: "third-party",
  terms: { url: "https://github.com/pydantic/genai-prices/blob/main/LICENSE", redistribute: true },
  priceUnit: "US dollars, as numbers; the key carries the unit (`_mtok` per million tokens)",
  edition: () => EDITION_VERSION,
  statedAt: () => fromIso(EDITION_DAY),
  read: async function* () {
    const { waitForUpdate } = await import("@pydantic/genai-prices");
    for (const { id: provider, models } of (await waitForUpdate()) ?? []) {
      for (const model of models) yield { id: `${provider}/${model.id}`, provider, model };
    }
  },
  item: z.object({ provider: Id, model: Model }),
  listings: ({ provider, model }) => [
    {
      ...offeredBy(provider),
      nativeId: nativeIdOf(provider, model),
      name: stated(model.name),
      description: stated(model.description),
      contextTokens: stated(model.context_window),
      prices: genaiPricesOn(EDITION_DAY, model.prices),
      status: model.deprecated === true ? "deprecated" : undefined,
    },
  ],
});

function offeredBy(provider: string) {
  if (provider.startsWith(THROUGH_HUGGING_FACE)) {
    return { gateway: "huggingface", provider: provider.slice(THROUGH_HUGGING_FACE.length) };
  }
  const gateway = (Object.hasOwn(GATEWAYS, provider) ? GATEWAYS[provider] : undefined) ?? provider;
  return { gateway, provider: RUN_BY_OTHERS.has(provider) ? undefined : gateway };
}

/** An exact match is the id as the gateway spells it; Google's own list spells its own models `models/…`. */
function nativeIdOf(provider: string, model: z.infer<typeof Model>): string {
  const isGoogles = provider === "google" && /^gem(ini|ma)-/.test(model.id);
  return stated(model.match.equals) ?? (isGoogles ? `models/${model.id}` : model.id);
}
