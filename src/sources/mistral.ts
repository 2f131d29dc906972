/** Mistral: every alias is a row of its own, and `name` is the model behind it. `created` is the time of the request. */
import * as z from "zod";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Flag, fromIso, Id, stated, Text, WordList } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  name: Text,
  description: Text,
  owned_by: Text,
  type: Text,
  max_context_length: Count,
  aliases: WordList,
  deprecation: Text,
  deprecation_replacement_model: Text,
  capabilities: z
    .object({
      completion_chat: Flag,
      function_calling: Flag,
      fine_tuning: Flag,
      vision: Flag,
      audio: Flag,
      reasoning: Flag,
    })
    .nullish(),
});
type Model = z.infer<typeof Model>;

const BASE_URL = "https://api.mistral.ai/v1";
/** The lab under its Hugging Face name; a fine-tuned model is its workspace's, a third party's model its lab's. */
const LAB = "mistralai";

export const mistral = defineSource({
  id: "mistral",
  title: "Mistral AI",
  docs: "https://docs.mistral.ai/api/endpoint/models",
  gateway: "mistral",
  authority: "own",
  baseUrl: BASE_URL,
  auth: bearer("MISTRAL_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const able = model.capabilities ?? {};
    const chats = able.completion_chat === true;
    const isTuned = model.type === "fine-tuned";
    const name = stated(model.name);
    return [
      {
        nativeId: model.id,
        provider: "mistral",
        name,
        description: stated(model.description),
        lab: isTuned ? undefined : stated(model.owned_by),
        canonicalId: model.owned_by === LAB && name !== undefined ? `${LAB}/${name}` : undefined,
        aliases: stated(model.aliases),
        contextTokens: stated(model.max_context_length),
        inputModalities: chats ? inputsOf(able) : undefined,
        outputModalities: chats ? ["text"] : undefined,
        capabilities: {
          tools: stated(able.function_calling),
          fine_tuning: stated(able.fine_tuning),
          vision: stated(able.vision),
          reasoning: stated(able.reasoning),
        },
        deprecatedAt: fromIso(model.deprecation),
        successor: stated(model.deprecation_replacement_model),
        visibility: isTuned ? "account" : undefined,
        call: chats ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});

function inputsOf({ vision, audio }: NonNullable<Model["capabilities"]>): readonly string[] {
  return ["text", ...(vision === true ? ["image"] : []), ...(audio === true ? ["audio"] : [])];
}
