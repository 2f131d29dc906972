/** Vercel AI Gateway: it routes, and does not say who runs the weights. `created` is one date for every row; the row's own is `released`. */
import * as z from "zod";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { vercelPrices, VercelPricing } from "../kit/vercel-prices.ts";
import { Count, fromUnixSeconds, Id, stated, Text, UnixSeconds, WordList, yes } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  name: Text,
  description: Text,
  owned_by: Text,
  released: UnixSeconds,
  /** In milliseconds, unlike the others. */
  deprecated_at: z.number().nullish(),
  type: Text,
  tags: WordList,
  modalities: z.object({ input: WordList, output: WordList }).nullish(),
  context_window: Count,
  max_tokens: Count,
  pricing: VercelPricing.nullish(),
});

const BASE_URL = "https://ai-gateway.vercel.sh/v1";

/** What a type makes certain; its outputs go before the row's, which call an embedding a text. */
const KINDS: { readonly [type: string]: { readonly task?: string; readonly output?: readonly string[] } } = {
  language: {},
  realtime: {},
  embedding: { task: "embedding", output: ["embeddings"] },
  reranking: { task: "rerank", output: ["scores"] },
  image: { task: "text-to-image", output: ["image"] },
  video: { task: "text-to-video", output: ["video"] },
};
/** Tags that say what a model can do; the others stay tags. */
const CAPABILITIES: { readonly [tag: string]: string } = {
  reasoning: "reasoning",
  "tool-use": "tools",
  vision: "vision",
  "web-search": "web_search",
  "structured-output": "structured_output",
  "implicit-caching": "prompt_cache",
  "explicit-caching": "prompt_cache",
};

export const vercel = defineSource({
  id: "vercel",
  title: "Vercel AI Gateway",
  docs: "https://vercel.com/docs/ai-gateway/sdks-and-apis/rest-api",
  gateway: "vercel",
  authority: "own",
  priceUnit: "US dollars per token, as text; per image; per thousand searches",
  baseUrl: BASE_URL,
  auth: optional(bearer("AI_GATEWAY_API_KEY")),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    // The list of 2025 had no types: it held language models only.
    const type = stated(model.type) ?? "language";
    const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : { task: type };
    const tags = model.tags ?? [];
    const isAbility = (tag: string) => Object.hasOwn(CAPABILITIES, tag);
    return [
      {
        nativeId: model.id,
        name: stated(model.name),
        description: stated(model.description),
        lab: stated(model.owned_by),
        createdAt: fromUnixSeconds(model.released),
        task: kind?.task,
        inputModalities: stated(model.modalities?.input),
        outputModalities: kind?.output ?? stated(model.modalities?.output),
        contextTokens: stated(model.context_window),
        outputTokensMax: stated(model.max_tokens),
        capabilities: yes(tags.flatMap((tag) => (isAbility(tag) ? (CAPABILITIES[tag] ?? []) : []))),
        prices: vercelPrices(model.pricing ?? {}),
        deprecatedAt: stated(model.deprecated_at),
        tags: tags.filter((tag) => !isAbility(tag)),
        call: type === "language" ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});
