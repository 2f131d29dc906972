/** GitHub Models: a bare array with limits, modalities and publishers; no prices, no dates, and not who runs the weights. */
import * as z from "zod";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Id, stated, Text, WordList, yes } from "../kit/wire.ts";

const Model = z.object({
  id: Id,
  name: Text,
  publisher: Text,
  summary: Text,
  capabilities: WordList,
  limits: z.object({ max_input_tokens: Count, max_output_tokens: Count }).nullish(),
  supported_input_modalities: WordList,
  supported_output_modalities: WordList,
  tags: WordList,
});

/** Other APIs of the same host that take a model; they say nothing of the model itself. */
const NO_CAPABILITIES: ReadonlySet<string> = new Set(["agents", "assistants"]);

export const github = defineSource({
  id: "github",
  title: "GitHub Models",
  docs: "https://docs.github.com/en/rest/models/catalog",
  gateway: "github",
  authority: "own",
  baseUrl: "https://models.github.ai/catalog",
  auth: bearer("GITHUB_TOKEN"),
  headers: { "x-github-api-version": "2022-11-28" },
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "",
  item: Model,
  listings: (model) => {
    const outputs = model.supported_output_modalities ?? [];
    const abilities = (model.capabilities ?? []).filter((word) => !NO_CAPABILITIES.has(word));
    return [
      {
        nativeId: model.id,
        name: stated(model.name),
        description: stated(model.summary),
        lab: stated(model.publisher),
        inputModalities: stated(model.supported_input_modalities),
        outputModalities: outputs,
        contextTokens: stated(model.limits?.max_input_tokens),
        outputTokensMax: stated(model.limits?.max_output_tokens),
        capabilities: yes(abilities.map((word) => (word === "tool-calling" ? "tools" : word))),
        tags: stated(model.tags),
        call: outputs.includes("text")
          ? openaiChat("https://models.github.ai/inference", model.id)
          : undefined,
      },
    ];
  },
});
