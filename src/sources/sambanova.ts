/** SambaNova: few models with dollars per token as text; transcription is priced by the hour beside zeros. */
import * as z from "zod";
import { prices, unlessAllZero, usdPerHour, usdPerToken } from "../domain/price.ts";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Count, Id, stated, used } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  context_length: Count,
  max_completion_tokens: Count,
  pricing: z.object({ prompt: Amount, completion: Amount, duration_per_hour: Amount }).nullish(),
});

const BASE_URL = "https://api.sambanova.ai/v1";

export const sambanova = defineSource({
  id: "sambanova",
  title: "SambaNova",
  docs: "https://docs.sambanova.ai/docs/en/api-reference/endpoints/model-list",
  gateway: "sambanova",
  authority: "own",
  priceUnit: "US dollars per token, as text; per hour of audio for transcription",
  baseUrl: BASE_URL,
  auth: bearer("SAMBANOVA_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: ({ id, pricing, ...model }) => {
    const hour = stated(used(pricing?.duration_per_hour));
    // An embedding has no price for output, and a transcription none for tokens at all.
    const chats = stated(used(pricing?.completion)) !== undefined;
    return [
      {
        nativeId: id,
        provider: "sambanova",
        inputModalities: hour === undefined ? undefined : ["audio"],
        outputModalities: chats || hour !== undefined ? ["text"] : undefined,
        contextTokens: stated(model.context_length),
        outputTokensMax: stated(model.max_completion_tokens),
        prices:
          hour === undefined
            ? unlessAllZero(
                prices({ input: usdPerToken(pricing?.prompt), output: usdPerToken(pricing?.completion) }),
              )
            : prices({ audio_input: usdPerHour(hour) }),
        call: chats ? openaiChat(BASE_URL, id) : undefined,
      },
    ];
  },
});
