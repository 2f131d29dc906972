/** A base URL for clients of OpenAI's API that do not page: `/openai/v1` lists every model at once. */
import * as z from "zod";
import { modelPath, oneModel } from "./answers/model.ts";
import { openAiList, OpenAiQuestion } from "./answers/openai.ts";
import { OpenAiList, OpenAiModel } from "./documents/openai.ts";
import { asking, type Route } from "./route.ts";

const NoQuestion = z.strictObject({});

export const OPENAI_ROUTES: readonly Route[] = [
  asking({
    path: "/openai/v1/models",
    summary:
      "Every model that somebody offers in one list, in OpenAI's four fields: for clients that take a base URL and do not page. `/v1/models` pages, and says more.",
    parameters: OpenAiQuestion,
    document: OpenAiList,
    example: "/openai/v1/models?gateway=groq",
    answer: ({ application }, question) => ({ kind: "revision", answer: openAiList(application, question) }),
  }),
  asking({
    path: "/openai/v1/models/:id",
    summary: "Leads (308) to the model, its slashes written `%2F`.",
    parameters: NoQuestion,
    document: OpenAiModel,
    isMoved: true,
    example: "/openai/v1/models/openai%2Fgpt-oss-120b",
    answer: ({ application }, _question, { parts }) => ({
      kind: "moved",
      location: modelPath(oneModel(application, String(parts["id"])).id),
    }),
  }),
];
