/** LM Studio on a machine of one's own: its own list, which knows more than the one after OpenAI's. */
import * as z from "zod";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Id, stated, Text } from "../kit/wire.ts";

/** `publisher` packed the weights, and is their lab only sometimes; `state` says what is in memory just now. */
const Model = z.object({ id: Id, type: Text, quantization: Text, max_context_length: Count });

const BASE_URL = "http://localhost:1234";
const MODALITIES = new Map([
  ["llm", { input: ["text"], output: ["text"] }],
  ["vlm", { input: ["text", "image"], output: ["text"] }],
  ["embeddings", { input: ["text"], output: ["embeddings"] }],
]);

export const lmStudio = defineSource({
  id: "lm-studio",
  title: "LM Studio",
  docs: "https://lmstudio.ai/docs/developer/rest/endpoints",
  gateway: "lm-studio",
  authority: "own",
  visibility: "account",
  mayBeEmpty: true,
  onlyByAddress: true,
  baseUrl: BASE_URL,
  auth: optional(bearer("LM_STUDIO_API_KEY", "LM_API_TOKEN")),
  views: [{ name: "models", path: "/api/v0/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const modalities = MODALITIES.get(model.type ?? "");
    return [
      {
        nativeId: model.id,
        provider: "lm-studio",
        contextTokens: stated(model.max_context_length),
        inputModalities: modalities?.input,
        outputModalities: modalities?.output,
        capabilities: { vision: model.type === "vlm" ? true : undefined },
        quantization: stated(model.quantization),
        call: modalities?.output.includes("text") ? openaiChat(`${BASE_URL}/v1`, model.id) : undefined,
      },
    ];
  },
});
