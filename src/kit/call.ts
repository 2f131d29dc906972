/** How to call an offer, as the gateway's own reference describes it. */
import type { Call } from "../domain/offer.ts";

/** OpenAI's chat completions below `baseUrl`. */
export function openaiChat(baseUrl: string, model: string): Call {
  return { protocol: "openai-chat", base_url: baseUrl, model };
}

/** Google's `{model}:generateContent` below `baseUrl`. */
export function googleGenerate(baseUrl: string, model: string): Call {
  return { protocol: "google-generate", base_url: baseUrl, model };
}
