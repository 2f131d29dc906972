/** Anthropic: its own models by cursor; limits and capabilities are stated since March 2026. */
import * as z from "zod";
import { header } from "../kit/auth.ts";
import { anthropicMessages } from "../kit/call.ts";
import { cursor } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Flag, fromIso, Id, stated, Text } from "../kit/wire.ts";

const Support = z.object({ supported: Flag }).nullish();

const Model = z.object({
  id: Id,
  display_name: Text,
  created_at: Text,
  max_input_tokens: Count,
  max_tokens: Count,
  capabilities: z
    .object({
      batch: Support,
      structured_outputs: Support,
      thinking: Support,
      image_input: Support,
      pdf_input: Support,
    })
    .nullish(),
});
type Model = z.infer<typeof Model>;

const BASE_URL = "https://api.anthropic.com/v1";

export const anthropic = defineSource({
  id: "anthropic",
  title: "Anthropic",
  docs: "https://docs.anthropic.com/en/api/models-list",
  gateway: "anthropic",
  authority: "own",
  baseUrl: BASE_URL,
  auth: header("x-api-key", "ANTHROPIC_API_KEY"),
  headers: { "anthropic-version": "2023-06-01" },
  views: [{ name: "models", path: "/models" }],
  paging: cursor({ parameter: "after_id", at: "last_id", more: "has_more", query: { limit: "1000" } }),
  items: "data",
  item: Model,
  listings: (model) => [
    {
      nativeId: model.id,
      provider: "anthropic",
      name: stated(model.display_name),
      lab: "anthropic",
      createdAt: fromIso(model.created_at),
      contextTokens: stated(model.max_input_tokens),
      outputTokensMax: stated(model.max_tokens),
      ...abilitiesOf(model.capabilities),
      call: anthropicMessages(BASE_URL, model.id),
    },
  ],
});

function abilitiesOf(stating: Model["capabilities"]) {
  // Every model answers a message with text.
  if (stating === null || stating === undefined) return { outputModalities: ["text"] };
  const { batch, structured_outputs, thinking, image_input: image, pdf_input: pdf } = stating;
  return {
    inputModalities: [
      "text",
      ...(image?.supported === true ? ["image"] : []),
      ...(pdf?.supported === true ? ["file"] : []),
    ],
    outputModalities: ["text"],
    capabilities: {
      batch: stated(batch?.supported),
      structured_output: stated(structured_outputs?.supported),
      reasoning: stated(thinking?.supported),
      vision: stated(image?.supported),
    },
  };
}
