/** Every route, in the order of the documentation. */
import { ModelQuery, OfferQuery } from "../../catalog/query.ts";
import { ADMIN_ROUTES } from "./admin.ts";
import { CompareQuestion, comparison } from "./answers/compare.ts";
import { FindingQuestion, findingList } from "./answers/findings.ts";
import { gatewayList, GatewayQuestion, labList, taskList } from "./answers/gateways.ts";
import { everyModelAsked, modelList } from "./answers/models.ts";
import { everyOfferAsked, offerList } from "./answers/offers.ts";
import { progressNow, ProgressQuestion } from "./answers/progress.ts";
import { resolution, ResolveQuestion } from "./answers/resolution.ts";
import { RunQuestion, runList } from "./answers/runs.ts";
import { sourceList, SourceQuestion } from "./answers/sources.ts";
import { applicationThen, orOfThen } from "./answers/then.ts";
import { CHANGE_ROUTES } from "./changes.ts";
import { CHECK_ROUTES } from "./checks.ts";
import { COST_ROUTES } from "./cost.ts";
import { descriptionRoutes } from "./description.ts";
import { FindingList } from "./documents/change.ts";
import { Comparison } from "./documents/compare.ts";
import { GatewayList, LabList, TaskList } from "./documents/gateway.ts";
import { ModelList } from "./documents/model.ts";
import { OfferList } from "./documents/offer.ts";
import { Candidates, Resolution } from "./documents/resolution.ts";
import { Progress, RunList, SourceList } from "./documents/run.ts";
import { HEALTH_ROUTES } from "./health.ts";
import { linesOf } from "./lines.ts";
import { METRICS_ROUTES } from "./metrics.ts";
import { MODEL_ROUTES } from "./model.ts";
import { OPENAI_ROUTES } from "./openai.ts";
import { asking, type Route } from "./route.ts";

const DESCRIBED: readonly Route[] = [
  asking({
    path: "/v1/models",
    summary: "The models that somebody offers, page by page, with their number.",
    parameters: orOfThen(ModelQuery),
    document: ModelList,
    example: "/v1/models?capability=tools&max_input_price=1&sort=input_price&facets=gateway,lab&limit=10",
    isStreamed: true,
    answer: async ({ application: today, now }, { as_of, known_at, ...question }, { wantsLines, url }) => {
      const application = await applicationThen(today, { as_of, known_at, hub: question.hub }, now);
      if (!wantsLines) return { kind: "revision", answer: modelList(application, question) };
      const { shelf, documents } = everyModelAsked(application, question);
      return linesOf(shelf, documents, url);
    },
  }),
  ...MODEL_ROUTES,
  ...OPENAI_ROUTES,
  asking({
    path: "/v1/offers",
    summary: "The offers: one model as one provider serves it through one gateway, with its prices.",
    parameters: orOfThen(OfferQuery),
    document: OfferList,
    example: "/v1/offers?model=openai/gpt-oss-120b",
    isStreamed: true,
    answer: async ({ application: today, now }, { as_of, known_at, ...question }, { wantsLines, url }) => {
      const application = await applicationThen(today, { as_of, known_at }, now);
      if (!wantsLines) return { kind: "revision", answer: offerList(application, question) };
      const { shelf, documents } = everyOfferAsked(application, question);
      return linesOf(shelf, documents, url);
    },
  }),
  asking({
    path: "/v1/resolve",
    summary:
      "Which model an id means, whoever spells it so, by which rule and with what evidence: a model's id or alias, an offer's, a gateway's own, what a caller sends, or the bare name. 300 with the candidates where it may be several.",
    parameters: ResolveQuestion,
    document: Resolution,
    choices: Candidates,
    example: "/v1/resolve?id=openai/gpt-oss-120b:novita",
    answer: ({ application }, question) => {
      const resolved = resolution(application, question);
      return { kind: "revision", answer: resolved, ...(resolved.isAmbiguous ? { status: 300 } : {}) };
    },
  }),
  asking({
    path: "/v1/gateways",
    summary: "The gateways, with how many models and offers each has.",
    parameters: GatewayQuestion,
    document: GatewayList,
    example: "/v1/gateways",
    answer: ({ application }) => ({ kind: "revision", answer: gatewayList(application) }),
  }),
  asking({
    path: "/v1/labs",
    summary: "The labs that made the models, with how many models that somebody offers and offers each has.",
    parameters: GatewayQuestion,
    document: LabList,
    example: "/v1/labs",
    answer: ({ application }) => ({ kind: "revision", answer: labList(application) }),
  }),
  asking({
    path: "/v1/tasks",
    summary:
      "The tasks that models are for, in the words of Hugging Face, with how many models and offers each has.",
    parameters: GatewayQuestion,
    document: TaskList,
    example: "/v1/tasks",
    answer: ({ application }) => ({ kind: "revision", answer: taskList(application) }),
  }),
  asking({
    path: "/v1/sources",
    summary:
      "The upstream lists that are read: what each is, how its last run went, what that proves, and how old it is.",
    parameters: SourceQuestion,
    document: SourceList,
    example: "/v1/sources",
    answer: async ({ application, now, staleAfterMs }) => ({
      kind: "live",
      bytes: await sourceList(application, { now, staleAfterMs }, application.inProgress()),
    }),
  }),
  asking({
    path: "/v1/progress",
    summary: "What is being read now, and which revision is out: small, and true at this moment.",
    parameters: ProgressQuestion,
    document: Progress,
    example: "/v1/progress",
    answer: ({ application, now, staleAfterMs }) => ({
      kind: "momentary",
      bytes: progressNow(application, { now, staleAfterMs }),
    }),
  }),
  ...CHANGE_ROUTES,
  asking({
    path: "/v1/runs",
    summary: "The last runs, the newest first.",
    parameters: RunQuestion,
    document: RunList,
    example: "/v1/runs?source=groq&limit=5",
    answer: async ({ application }, question) => ({
      kind: "live",
      bytes: await runList(application, question),
    }),
  }),
  asking({
    path: "/v1/findings",
    summary: "What upstreams said that deserves a look: rejected items, unknown words, what is held.",
    parameters: FindingQuestion,
    document: FindingList,
    example: "/v1/findings?kind=held-removal",
    answer: async ({ application }, question) => ({
      kind: "live",
      bytes: await findingList(application, question),
    }),
  }),
  asking({
    path: "/v1/compare",
    summary:
      "Models side by side, field by field: what differs first, then what not all of them state, then what they share.",
    parameters: orOfThen(CompareQuestion),
    document: Comparison,
    example: "/v1/compare?models=openai/gpt-oss-120b,openai/gpt-oss-20b",
    answer: async ({ application, now }, question) => ({
      kind: "revision",
      answer: comparison(await applicationThen(application, question, now), question),
    }),
  }),
  ...COST_ROUTES,
  ...CHECK_ROUTES,
  ...HEALTH_ROUTES,
  ...METRICS_ROUTES,
  ...ADMIN_ROUTES,
];

export const ROUTES: readonly Route[] = [...DESCRIBED, ...descriptionRoutes(DESCRIBED)];
