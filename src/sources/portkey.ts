/** Portkey: one workspace's catalog. `@prefix/` is a name that the workspace chose for an integration; no prices. */
import * as z from "zod";
import { header } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Id, stated, Text } from "../kit/wire.ts";

const Model = z.object({ id: Id, slug: Text, canonical_slug: Text });

const BASE_URL = "https://api.portkey.ai/v1";

/** Portkey's own names of providers. An integration that carries one of them exactly is that provider's; any other is unstated. */
const PROVIDERS: { readonly [integration: string]: string } = {
  anthropic: "anthropic",
  "azure-openai": "azure",
  bedrock: "bedrock",
  cerebras: "cerebras",
  cohere: "cohere",
  deepinfra: "deepinfra",
  deepseek: "deepseek",
  "fireworks-ai": "fireworks",
  google: "google",
  groq: "groq",
  "mistral-ai": "mistral",
  nebius: "nebius",
  novita: "novita",
  "novita-ai": "novita",
  openai: "openai",
  "perplexity-ai": "perplexity",
  sambanova: "sambanova",
  "together-ai": "together",
  "x-ai": "xai",
  xai: "xai",
};

export const portkey = defineSource({
  id: "portkey",
  title: "Portkey",
  docs: "https://portkey.ai/docs/api-reference/inference-api/models/models",
  gateway: "portkey",
  authority: "own",
  visibility: "account",
  baseUrl: BASE_URL,
  auth: header("x-portkey-api-key", "PORTKEY_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  // `limit` and `offset` have been answered with 200 and no rows; without them the whole workspace is listed.
  paging: singlePage,
  items: "data",
  total: "total",
  item: Model,
  listings: (model) => {
    const integration = /^@([^/]+)\//.exec(model.id)?.[1] ?? "";
    return [
      {
        nativeId: model.id,
        provider: Object.hasOwn(PROVIDERS, integration) ? PROVIDERS[integration] : undefined,
        providerNativeId: stated(model.slug),
        canonicalId: stated(model.canonical_slug) ?? stated(model.slug),
        call: openaiChat(BASE_URL, model.id),
      },
    ];
  },
});
