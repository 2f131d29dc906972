/** Hyperbolic: Fireworks' flags and no prices; the context is absent for what does not chat. `created` is the time of the request. */
import * as z from "zod";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Flag, Id, stated } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  context_length: Count,
  supports_chat: Flag,
  supports_image_input: Flag,
  supports_tools: Flag,
});

const BASE_URL = "https://api.hyperbolic.xyz/v1";

export const hyperbolic = defineSource({
  id: "hyperbolic",
  title: "Hyperbolic",
  docs: "https://docs.hyperbolic.xyz/docs/rest-api",
  gateway: "hyperbolic",
  authority: "own",
  baseUrl: BASE_URL,
  auth: bearer("HYPERBOLIC_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const chats = model.supports_chat === true;
    // An image model takes an image, too: outside of chat the flags say nothing of vision or tools.
    const sees = chats ? stated(model.supports_image_input) : undefined;
    return [
      {
        nativeId: model.id,
        provider: "hyperbolic",
        contextTokens: stated(model.context_length),
        inputModalities: chats ? (sees === true ? ["text", "image"] : ["text"]) : undefined,
        outputModalities: chats ? ["text"] : undefined,
        capabilities: { vision: sees, tools: chats ? stated(model.supports_tools) : undefined },
        call: chats ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});
