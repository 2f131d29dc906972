/** An operator's decisions, behind the admin key: what is hidden, pinned and the same, listed, made and taken back. */
import * as z from "zod";
import type { Decision } from "../../domain/decision.ts";
import { checkedDecision, decidedDocument } from "../deciding.ts";
import { UnknownName } from "../application.ts";
import { listOf, single } from "./answers/envelope.ts";
import { currentShelf } from "./answers/revision.ts";
import { readCommand } from "./command-body.ts";
import { Decided, OverrideList } from "./documents/command.ts";
import { Problem } from "./problem.ts";
import type { Route } from "./route.ts";

const target = z.string().describe("An offer or a model, by any id that it has.");
const DecisionCommand = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("hide"), target }).describe("Shown to nobody."),
  z
    .strictObject({ kind: z.literal("pin"), target, field: z.string(), value: z.string() })
    .describe("This value stands in this field."),
  z
    .strictObject({
      kind: z.literal("alias"),
      target: z.string().describe("An offer, a model, or an id that nobody has."),
      model: z.string().describe("The model that it is."),
    })
    .describe("An offer, every offer of a model, or an id: it is this model."),
]);

export const OVERRIDE_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/admin/overrides",
    policy: "admin",
    summary:
      "The decisions in force: what is hidden, pinned and the same, in the order in which they were made.",
    parameters: undefined,
    document: OverrideList,
    example: "/v1/admin/overrides",
    answer: async ({ application }) => {
      const decided = await application.decided();
      const documents = decided.map(decidedDocument);
      return { kind: "momentary", bytes: listOf(documents, { total: documents.length, has_more: false }) };
    },
  },
  {
    method: "POST",
    path: "/v1/admin/overrides",
    policy: "admin",
    summary:
      "Hides an offer or a model, pins a field of it, or says which model it is; answers once that is published. A decision about the same thing is replaced.",
    parameters: undefined,
    body: DecisionCommand,
    document: Decided,
    example: '{"kind":"pin","target":"openai/gpt-oss-120b","field":"license","value":"apache-2.0"}',
    answer: async ({ application }, { body }) => {
      const asked: Decision = readCommand(
        DecisionCommand,
        ["kind", "target", "field", "value", "model"],
        body,
      );
      const shelf = application.operatorShelf() ?? currentShelf(application);
      const { revision, id } = await application.decide(checkedDecision(shelf, asked));
      return { kind: "momentary", bytes: single({ revision, id }) };
    },
  },
  {
    method: "DELETE",
    path: "/v1/admin/overrides/:id",
    policy: "admin",
    summary: "Takes a decision back: what the sources say stands again.",
    parameters: undefined,
    document: Decided,
    example: "/v1/admin/overrides/3",
    answer: async ({ application }, { parts }) => {
      const number = /^\d{1,15}$/.test(parts["id"] ?? "") ? Number(parts["id"]) : Number.NaN;
      const { revision, id } = await application.withdraw(number).catch((error: unknown) => {
        throw error instanceof UnknownName
          ? new Problem("no-such-override", "/v1/admin/overrides lists those in force")
          : error;
      });
      return { kind: "momentary", bytes: single({ revision, id }) };
    },
  },
];
