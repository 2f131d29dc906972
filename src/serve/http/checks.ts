/** Live questions about Hugging Face, for whoever asks: a token of the caller's own is used for him alone, and never the server's. */
import * as z from "zod";
import { MODELS_DEFAULT, MODELS_MAX, type AvailableModels } from "../../check/available.ts";
import { modeNamed } from "../../check/verdict.ts";
import { WorldError } from "../../domain/errors.ts";
import { availableList, modelCheck, providerList, tokenCheck } from "./answers/checks.ts";
import { AvailableList, ModelCheck, ProviderList, TokenCheck } from "./documents/check.ts";
import { Problem } from "./problem.ts";
import { asking, type Route } from "./route.ts";
import { SIGN_IN_ROUTES } from "./sign-in.ts";

export const ProviderQuestion = z.strictObject({});

export const AvailableParameters = z.strictObject({
  task: z.string().optional().describe("What they are to be called for: `conversational`, `text-to-image` …"),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MODELS_MAX)
    .default(MODELS_DEFAULT)
    .describe(`How many to answer, 1 to ${MODELS_MAX}; without it ${MODELS_DEFAULT}.`),
});

export const CheckQuestion = z.strictObject({
  model: z.string().describe("The model, `lab/name` as the Hub spells it."),
  provider: z
    .string()
    .default("auto")
    .describe("One of Hugging Face's providers, by any usual spelling (`fireworks`, `hf`); `auto` is any."),
  task: z.string().optional().describe("What it is to be called for: `conversational`, `text-to-image` …"),
  mode: z
    .string()
    .default("strict")
    .describe(
      "`strict`: only what is certain passes; `lenient`: what may work passes too (staging, a failed health check, an outage).",
    ),
});
export type CheckQuestion = z.infer<typeof CheckQuestion>;

const TokenStatement = z.strictObject({ scope: z.string().max(4_096).optional() });

export const CHECK_ROUTES: readonly Route[] = [
  asking({
    path: "/v1/providers",
    summary:
      "The providers behind Hugging Face, with how many models each has live and in staging, and for which tasks. `from` says where that is known from, `as_of` since when.",
    parameters: ProviderQuestion,
    document: ProviderList,
    example: "/v1/providers",
    answer: async ({ application }) => ({
      kind: "live",
      bytes: providerList(await application.checks.discoverProviders()),
    }),
  }),
  asking({
    path: "/v1/providers/:provider/models",
    policy: "caller",
    summary:
      "The models that this provider of Hugging Face's serves now, those with most downloads first; `auto` is any provider. From the catalog where the Hub's list was read; with a token of your own the Hub is asked, and shows what you may see.",
    parameters: AvailableParameters,
    document: AvailableList,
    example: "/v1/providers/groq/models?task=conversational&limit=10",
    answer: async ({ application }, question, { parts, bearer: token }) => {
      const asked = application.checks.getModelsForProvider(String(parts["provider"]), {
        ...question,
        token,
      });
      return { kind: "momentary", bytes: availableList(await answered(asked)) };
    },
  }),
  asking({
    path: "/v1/check",
    policy: "caller",
    summary:
      "Whether this model can be called at this provider through Hugging Face: `live`, `staging`, `error`, `not_served`, `unknown_model`, `gated` or `unreachable`, with those that do serve it. No call is made to the model. A token of your own shows your private models.",
    parameters: CheckQuestion,
    document: ModelCheck,
    example: "/v1/check?model=openai/gpt-oss-120b&provider=groq",
    answer: async ({ application }, { model, provider, task, mode }, { bearer: token }) => {
      const check = await application.checks.validateModelProvider(model, provider, {
        task,
        token,
        mode: modeNamed(mode),
      });
      return { kind: "momentary", bytes: modelCheck(check) };
    },
  }),
  {
    method: "POST",
    path: "/v1/check/token",
    policy: "caller",
    summary:
      "Whether the Hugging Face token in `Authorization` is `valid`, `invalid` or `unknown` (an outage is no verdict), whose it is, and whether it may call Inference Providers. The body may state the scope that an OAuth token was granted.",
    parameters: undefined,
    body: TokenStatement,
    document: TokenCheck,
    example: '{"scope":"openid profile inference-api"}',
    answer: async ({ application }, { bearer: token, body }) => {
      if (token === undefined) {
        throw new Problem(
          "token-required",
          "send it as Authorization: Bearer <token>; nowhere else is it looked for",
          {
            headers: { "www-authenticate": 'Bearer realm="Hugging Face"' },
          },
        );
      }
      const statement = TokenStatement.safeParse(body ?? {});
      // What was sent is not repeated: it may be the token, in the wrong place.
      if (!statement.success)
        throw new Problem("bad-body", 'the body may be {"scope": "…"} and holds nothing else');
      const { scope } = statement.data;
      return {
        kind: "momentary",
        bytes: tokenCheck(await application.checks.validateToken(token, { scope })),
      };
    },
  },
  ...SIGN_IN_ROUTES,
];

/** An outage is no empty list, and no mistake of ours. */
async function answered(asked: Promise<AvailableModels>): Promise<AvailableModels> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof WorldError)) throw error;
    throw error.code === "unauthorized"
      ? new Problem(
          "token-refused",
          "it is wrong, revoked or expired; without it you see what everybody sees",
        )
      : new Problem("no-answer", error.message);
  }
}
