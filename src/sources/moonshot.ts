/** Moonshot AI: the Kimi models, from their lab. Context and what goes in are stated since 2026; a date that can be trusted is not. */
import * as z from "zod";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Flag, Id, stated } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  context_length: Count,
  supports_image_in: Flag,
  supports_video_in: Flag,
  supports_reasoning: Flag,
});

const BASE_URL = "https://api.moonshot.ai/v1";

export const moonshot = defineSource({
  id: "moonshot",
  title: "Moonshot AI",
  docs: "https://platform.moonshot.ai/docs/api/misc#list-models",
  // The name that price lists give this gateway.
  gateway: "moonshotai",
  authority: "own",
  baseUrl: BASE_URL,
  auth: bearer("MOONSHOT_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => [
    {
      nativeId: model.id,
      provider: "moonshotai",
      contextTokens: stated(model.context_length),
      inputModalities: inputsOf(model),
      outputModalities: ["text"],
      capabilities: { vision: stated(model.supports_image_in), reasoning: stated(model.supports_reasoning) },
      call: openaiChat(BASE_URL, model.id),
    },
  ],
});

function inputsOf({ supports_image_in: image, supports_video_in: video }: z.infer<typeof Model>) {
  if (typeof image !== "boolean") return undefined;
  return ["text", ...(image ? ["image"] : []), ...(video === true ? ["video"] : [])];
}
