/** Cohere: each model names the endpoints that it answers to; no prices, no dates. A context of 0 is "not stated". */
import * as z from "zod";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { pageToken } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Flag, Id, stated, WordList, yes } from "../kit/wire.ts";

const Model = z.object({
  name: Id,
  endpoints: WordList,
  features: WordList,
  context_length: Count,
  supports_vision: Flag,
  finetuned: Flag,
  is_deprecated: Flag,
});
type Model = z.infer<typeof Model>;

/** What an endpoint makes certain, the first that a model answers to. */
const KINDS: readonly (readonly [endpoint: string, input: string, output: string])[] = [
  ["chat", "text", "text"],
  ["generate", "text", "text"],
  ["rerank", "text", "scores"],
  ["embed", "text", "embeddings"],
  ["embed_image", "image", "embeddings"],
];
/** Features that refine another one, or speak of moderation. */
const NO_CAPABILITIES: ReadonlySet<string> = new Set(["strict_tools", "safety_modes"]);

export const cohere = defineSource({
  id: "cohere",
  title: "Cohere",
  docs: "https://docs.cohere.com/reference/list-models",
  gateway: "cohere",
  authority: "own",
  baseUrl: "https://api.cohere.com/v1",
  auth: bearer("COHERE_API_KEY", "CO_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: pageToken({ parameter: "page_token", at: "next_page_token", query: { page_size: "1000" } }),
  items: "models",
  itemId: "name",
  item: Model,
  listings: (model) => {
    const endpoints = model.endpoints ?? [];
    const [endpoint, input, output] = KINDS.find(([name]) => endpoints.includes(name)) ?? [];
    const sees = output === "text" && model.supports_vision === true;
    return [
      {
        nativeId: model.name,
        provider: "cohere",
        contextTokens: stated(model.context_length),
        inputModalities: input === undefined ? undefined : sees ? [input, "image"] : [input],
        outputModalities: output === undefined ? undefined : [output],
        capabilities: capabilitiesOf(model),
        status: model.is_deprecated === true ? "deprecated" : undefined,
        visibility: model.finetuned === true ? "account" : undefined,
        // Cohere's own address for OpenAI's clients.
        call:
          endpoint === "chat" ? openaiChat("https://api.cohere.ai/compatibility/v1", model.name) : undefined,
      },
    ];
  },
});

function capabilitiesOf({ features }: Model) {
  const known = (features ?? []).filter((feature) => !NO_CAPABILITIES.has(feature));
  return yes(known.map((feature) => (feature === "json_schema" ? "structured_output" : feature)));
}
