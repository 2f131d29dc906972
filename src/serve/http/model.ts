/** One model: by its canonical address, or by any id that it has, which then leads there. */
import * as z from "zod";
import { modelPath, oneModel } from "./answers/model.ts";
import { ModelWithOffers } from "./documents/model.ts";
import type { Reply } from "./respond.ts";
import { asking, type Desk, type Route } from "./route.ts";

const ModelQuestion = z.strictObject({});

export const MODEL_ROUTES: readonly Route[] = [
  asking({
    path: "/v1/models/:lab/:name",
    summary:
      "One model with its offers. A slash inside the name is written `%2F`; an id that the model had before leads (308) to the one it has.",
    parameters: ModelQuestion,
    document: ModelWithOffers,
    isMoved: true,
    example: "/v1/models/openai/gpt-oss-120b",
    answer: (desk, _question, { parts }) => answer(desk, `${parts["lab"]}/${parts["name"]}`),
  }),
  asking({
    path: "/v1/models/:id",
    summary:
      "The same by a whole id as one part of the path, its slashes written `%2F`: what OpenAI's clients send.",
    parameters: ModelQuestion,
    document: ModelWithOffers,
    isMoved: true,
    example: "/v1/models/openai%2Fgpt-oss-120b",
    answer: (desk, _question, { parts }) => answer(desk, String(parts["id"])),
  }),
];

function answer({ application }: Desk, id: string): Reply {
  const model = oneModel(application, id);
  return model.id === id
    ? { kind: "revision", answer: model }
    : { kind: "moved", location: modelPath(model.id) };
}
