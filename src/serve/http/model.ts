/** One model: by its canonical address, or by any id that it has, which then leads there. */
import * as z from "zod";
import { explainedModel } from "./answers/explain.ts";
import { HistoryQuestion, modelHistory } from "./answers/history.ts";
import { modelPath } from "./answers/model.ts";
import { presentModel } from "./answers/tombstone.ts";
import { ExplainedModel } from "./documents/cost.ts";
import { ModelHistory } from "./documents/history.ts";
import { ModelWithOffers } from "./documents/model.ts";
import type { Reply } from "./respond.ts";
import { asking, type Desk, type Route } from "./route.ts";

const ModelQuestion = z.strictObject({
  explain: z
    .enum(["0", "1"])
    .default("0")
    .describe("`1`: of each field who says so, since when, and who says something else."),
});

export const MODEL_ROUTES: readonly Route[] = [
  asking({
    path: "/v1/models/:lab/:name",
    summary:
      "One model with its offers. A slash inside the name is written `%2F`; an id that the model had before leads (308) to the one it has.",
    parameters: ModelQuestion,
    document: z.union([ModelWithOffers, ExplainedModel]),
    isMoved: true,
    example: "/v1/models/openai/gpt-oss-120b",
    answer: (desk, { explain }, { parts }) => answer(desk, `${parts["lab"]}/${parts["name"]}`, explain),
  }),
  asking({
    path: "/v1/models/:id",
    summary:
      "The same by a whole id as one part of the path, its slashes written `%2F`: what OpenAI's clients send.",
    parameters: ModelQuestion,
    document: z.union([ModelWithOffers, ExplainedModel]),
    isMoved: true,
    example: "/v1/models/openai%2Fgpt-oss-120b",
    answer: (desk, { explain }, { parts }) => answer(desk, String(parts["id"]), explain),
  }),
  asking({
    path: "/v1/models/:lab/:name/history",
    summary:
      "What each offer of a model cost and could, step by step since it was first seen, those that are gone too; its downloads and likes day by day.",
    parameters: HistoryQuestion,
    document: ModelHistory,
    isMoved: true,
    example: "/v1/models/openai/gpt-oss-120b/history?since=90d",
    answer: (desk, question, { parts, url }) =>
      history(desk, `${parts["lab"]}/${parts["name"]}`, question, url),
  }),
];

async function history(
  { application, now }: Desk,
  id: string,
  question: HistoryQuestion,
  url: string,
): Promise<Reply> {
  const found = await modelHistory(application, id, question, now);
  if (found.id === id) return { kind: "live", bytes: found.bytes };
  const asked = url.indexOf("?");
  return { kind: "moved", location: `${modelPath(found.id)}/history${asked < 0 ? "" : url.slice(asked)}` };
}

async function answer({ application, now }: Desk, id: string, explain: "0" | "1"): Promise<Reply> {
  const model = await presentModel(application, id, now);
  if (model.id !== id)
    return { kind: "moved", location: modelPath(model.id) + (explain === "1" ? "?explain=1" : "") };
  if (explain === "0") return { kind: "revision", answer: model };
  return { kind: "live", bytes: (await explainedModel(application, id)).bytes };
}
