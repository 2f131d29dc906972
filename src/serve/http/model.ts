/** One model: by its canonical address, or by any id that it has, which then leads there. */
import * as z from "zod";
import { explainedModel } from "./answers/explain.ts";
import { HistoryQuestion, modelHistory } from "./answers/history.ts";
import { modelPath, oneModel } from "./answers/model.ts";
import { BadQuestion } from "./answers/question.ts";
import { applicationThen, THEN } from "./answers/then.ts";
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
  ...THEN,
});
type ModelQuestion = z.infer<typeof ModelQuestion>;

export const MODEL_ROUTES: readonly Route[] = [
  asking({
    path: "/v1/models/:lab/:name",
    summary:
      "One model with its offers. A slash inside the name is written `%2F`; an id that the model had before leads (308) to the one it has.",
    parameters: ModelQuestion,
    document: z.union([ModelWithOffers, ExplainedModel]),
    isMoved: true,
    example: "/v1/models/openai/gpt-oss-120b",
    answer: (desk, question, { parts, url }) =>
      answer(desk, `${parts["lab"]}/${parts["name"]}`, question, url),
  }),
  asking({
    path: "/v1/models/:id",
    summary:
      "The same by a whole id as one part of the path, its slashes written `%2F`: what OpenAI's clients send.",
    parameters: ModelQuestion,
    document: z.union([ModelWithOffers, ExplainedModel]),
    isMoved: true,
    example: "/v1/models/openai%2Fgpt-oss-120b",
    answer: (desk, question, { parts, url }) => answer(desk, String(parts["id"]), question, url),
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
  return { kind: "moved", location: `${modelPath(found.id)}/history${askedIn(url)}` };
}

/** What the address asks, with its question mark. */
function askedIn(url: string): string {
  const asked = url.indexOf("?");
  return asked < 0 ? "" : url.slice(asked);
}

async function answer(
  { application: today, now }: Desk,
  id: string,
  { explain, ...then }: ModelQuestion,
  url: string,
): Promise<Reply> {
  if (explain === "1" && then.as_of !== undefined)
    throw new BadQuestion("bad-value", "who says so is told of the present alone", { parameter: "explain" });
  const application = await applicationThen(today, then, now);
  const model = application === today ? await presentModel(application, id, now) : oneModel(application, id);
  if (model.id !== id) return { kind: "moved", location: modelPath(model.id) + askedIn(url) };
  if (explain === "0") return { kind: "revision", answer: model };
  return { kind: "live", bytes: (await explainedModel(application, id)).bytes };
}
