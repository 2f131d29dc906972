/** Google Gemini: methods instead of modalities, no prices; ids keep their `models/`. */
import * as z from "zod";
import { header } from "../kit/auth.ts";
import { googleGenerate } from "../kit/call.ts";
import { pageToken } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Flag, Id, stated, Text, WordList } from "../kit/wire.ts";

const Model = z.object({
  name: Id,
  displayName: Text,
  description: Text,
  inputTokenLimit: Count,
  outputTokenLimit: Count,
  supportedGenerationMethods: WordList,
  thinking: Flag,
});

const BASE_URL = "https://generativelanguage.googleapis.com/v1beta";

/** What a method makes certain. `generateContent` makes nothing certain: image and speech models answer to it too. */
const KINDS: { readonly [method: string]: { readonly task: string; readonly output: readonly string[] } } = {
  embedContent: { task: "feature-extraction", output: ["embeddings"] },
  predict: { task: "text-to-image", output: ["image"] },
  predictLongRunning: { task: "text-to-video", output: ["video"] },
};

export const google = defineSource({
  id: "google",
  title: "Google Gemini",
  docs: "https://ai.google.dev/api/models#method:-models.list",
  gateway: "google",
  authority: "own",
  baseUrl: BASE_URL,
  auth: header("x-goog-api-key", "GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: pageToken({ parameter: "pageToken", at: "nextPageToken", query: { pageSize: "1000" } }),
  items: "models",
  itemId: "name",
  item: Model,
  listings: (model) => {
    const methods = model.supportedGenerationMethods ?? [];
    const method = methods.find((name) => Object.hasOwn(KINDS, name));
    const kind = method === undefined ? undefined : KINDS[method];
    const yes = (name: string) => methods.includes(name) || undefined;
    return [
      {
        nativeId: model.name,
        provider: "google",
        name: stated(model.displayName),
        description: stated(model.description),
        task: kind?.task,
        outputModalities: kind?.output,
        contextTokens: stated(model.inputTokenLimit),
        outputTokensMax: stated(model.outputTokenLimit),
        capabilities: {
          reasoning: stated(model.thinking),
          batch: yes("batchGenerateContent"),
          prompt_cache: yes("createCachedContent"),
        },
        call: methods.includes("generateContent") ? googleGenerate(BASE_URL, model.name) : undefined,
      },
    ];
  },
});
