/** What a usage costs: the question stands in the body, because a usage object is one. */
import * as z from "zod";
import { CostQuestion, costAnswer } from "./answers/cost.ts";
import { Cost } from "./documents/cost.ts";
import { Problem } from "./problem.ts";
import type { Route } from "./route.ts";

export const COST_ROUTES: readonly Route[] = [
  {
    method: "POST",
    path: "/v1/cost",
    policy: "public",
    summary:
      "What a usage costs at every offer of a model, or with `offers` at all that fit a question, the cheapest first: exact, part by part, with the price that applied. A usage object is taken as OpenAI, Anthropic and Google return it. Offers whose cost cannot be said are listed apart with the reason.",
    parameters: undefined,
    body: CostQuestion,
    document: Cost,
    example:
      '{"model":"openai/gpt-oss-120b","usage":{"input":"10M","output":"2M","cached":"60%"},"requests":"1k"}',
    answer: async ({ application, now }, { body }) => {
      const read = CostQuestion.safeParse(body ?? {});
      if (!read.success) {
        const known = Object.keys(CostQuestion.shape);
        throw new Problem("bad-body", `${z.prettifyError(read.error)}. Known: ${known.join(", ")}`, {
          members: { known },
        });
      }
      return { kind: "momentary", bytes: await costAnswer(application, read.data, now) };
    },
  },
];
