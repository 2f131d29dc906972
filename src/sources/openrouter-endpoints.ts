/** OpenRouter's endpoints: who serves a model behind it, one request for each model; asked for by name only, some in each run. */
import * as z from "zod";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { openRouterPrices, OpenRouterPricing } from "../kit/openrouter-prices.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Id, stated, Text, WordList } from "../kit/wire.ts";

const Endpoint = z.object({
  of: Id,
  outputs: WordList,
  tag: Id,
  name: Text,
  context_length: Count,
  max_completion_tokens: Count,
  quantization: Text,
  pricing: OpenRouterPricing.nullish(),
  supported_parameters: WordList,
  uptime_last_30m: z.number().nullish(),
});

/** A page: the model, with its endpoints. */
const Page = z.object({
  id: Id,
  architecture: z.object({ output_modalities: WordList }).nullish(),
  endpoints: z.array(z.looseObject({})),
});

const BASE_URL = "https://openrouter.ai/api/v1";
const UNKNOWN = "unknown";

export const openrouterEndpoints = defineSource({
  id: "openrouter-endpoints",
  title: "OpenRouter, endpoint by endpoint",
  docs: "https://openrouter.ai/docs/api-reference/list-endpoints-for-a-model",
  gateway: "openrouter",
  authority: "own",
  priceUnit: "US dollars per token, as text",
  optIn: true,
  baseUrl: BASE_URL,
  auth: optional(bearer("OPENROUTER_API_KEY")),
  pace: { intervalMs: 250 },
  views: [{ name: "endpoints", path: "/models/:model/endpoints" }],
  each: { source: "openrouter", perRun: 120 },
  paging: singlePage,
  items: "data",
  entries: (value) => {
    const page = Page.safeParse(value);
    if (!page.success) return undefined;
    const { id, architecture, endpoints } = page.data;
    return endpoints.map((endpoint) => ({ ...endpoint, of: id, outputs: architecture?.output_modalities }));
  },
  itemId: "tag",
  item: Endpoint,
  listings: (endpoint) => {
    const outputs = endpoint.outputs ?? [];
    const quantization = endpoint.quantization === UNKNOWN ? undefined : stated(endpoint.quantization);
    const [, place] = endpoint.tag.split("/");
    return [
      {
        nativeId: endpoint.of,
        // A provider may serve a model at several places and precisions: each is an offer of its own.
        provider: endpoint.tag.replaceAll("/", ":"),
        name: stated(endpoint.name),
        contextTokens: stated(endpoint.context_length),
        outputTokensMax: stated(endpoint.max_completion_tokens),
        outputModalities: outputs,
        quantization,
        regions: place === undefined || place === quantization ? undefined : [place],
        prices: openRouterPrices(endpoint.pricing ?? {}, { outputs, free: endpoint.of.endsWith(":free") }),
        capabilities: { tools: endpoint.supported_parameters?.includes("tools") },
        call: outputs.includes("text") ? openaiChat(BASE_URL, endpoint.of) : undefined,
        volatile: { uptime: stated(endpoint.uptime_last_30m) },
      },
    ];
  },
});
