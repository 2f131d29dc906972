/** Fireworks: the inference list, short and without prices; other accounts' models and image models are in it. */
import * as z from "zod";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Flag, fromUnixSeconds, Id, stated, UnixSeconds } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  created: UnixSeconds,
  supports_chat: Flag,
  supports_image_input: Flag,
  supports_tools: Flag,
  context_length: Count,
});

const BASE_URL = "https://api.fireworks.ai/inference/v1";

export const fireworks = defineSource({
  id: "fireworks",
  title: "Fireworks AI",
  docs: "https://docs.fireworks.ai/api-reference/introduction",
  gateway: "fireworks",
  authority: "own",
  baseUrl: BASE_URL,
  auth: bearer("FIREWORKS_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const chats = model.supports_chat === true;
    const sees = model.supports_image_input === true;
    return [
      {
        nativeId: model.id,
        provider: "fireworks",
        createdAt: fromUnixSeconds(model.created),
        contextTokens: stated(model.context_length),
        inputModalities: chats ? (sees ? ["text", "image"] : ["text"]) : undefined,
        outputModalities: chats ? ["text"] : undefined,
        capabilities: { tools: stated(model.supports_tools), vision: stated(model.supports_image_input) },
        call: chats ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});
