/** How to call an offer, as the gateway's own reference describes it. */
import type { Call } from "../domain/offer.ts";

/** OpenAI's chat completions below `baseUrl`. */
export function openaiChat(baseUrl: string, model: string): Call {
  return { protocol: "openai-chat", base_url: baseUrl, model };
}

/** OpenAI's responses below `baseUrl`. */
export function openaiResponses(baseUrl: string, model: string): Call {
  return { protocol: "openai-responses", base_url: baseUrl, model };
}

/** Hugging Face's router: a Hub model as one provider serves it. */
export function huggingFaceChat(model: string, provider: string): Call {
  return openaiChat("https://router.huggingface.co/v1", `${model}:${provider}`);
}

/** Anthropic's messages below `baseUrl`. */
export function anthropicMessages(baseUrl: string, model: string): Call {
  return { protocol: "anthropic-messages", base_url: baseUrl, model };
}

/** Google's `{model}:generateContent` below `baseUrl`. */
export function googleGenerate(baseUrl: string, model: string): Call {
  return { protocol: "google-generate", base_url: baseUrl, model };
}

/** Bedrock's `/model/{modelId}/converse` in one region. */
export function bedrockConverse(region: string, model: string): Call {
  return {
    protocol: "bedrock-converse",
    base_url: `https://bedrock-runtime.${region}.amazonaws.com`,
    model,
  };
}
