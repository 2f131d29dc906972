/** By what changes, stories, feeds and events are asked: one set of parameters, read one way. */
import * as z from "zod";
import { modelRow } from "../../../catalog/find.ts";
import { gatewaysAsked } from "../../../catalog/query.ts";
import { CAUSES, CHANGE_KINDS, TOPICS, type Cause } from "../../../domain/change.ts";
import type { ChangeQuery } from "../../../ledger/changes.ts";
import type { Application } from "../../application.ts";
import { MOMENT_ALLOWED, rangeAsked } from "./moment.ts";
import { NoSuchModel, nearIds } from "./model.ts";
import { BadQuestion, refuseUnknown } from "./question.ts";
import { gatewaysKnown } from "./vocabulary.ts";
import { oneOf } from "./words.ts";

const CAUSES_ASKED = [...CAUSES, "all"] as const;
const cause = oneOf(CAUSES_ASKED);
const CAUSE_WORDS = `${CAUSES.join(", ")}; all for every one`;

const ABOUT = {
  subject: z.enum(["offer", "model"]).optional().describe("Only of offers, or only of models."),
  kind: oneOf(CHANGE_KINDS).describe(`Of these kinds: ${CHANGE_KINDS.join(", ")}.`),
  topic: oneOf(TOPICS).describe(`About these topics: ${TOPICS.join(", ")}.`),
  gateway: z.string().optional().describe("Of offers of this one gateway; `hug` is `huggingface`."),
  lab: z.string().optional().describe("Of the models of this lab and their offers."),
  model: z.string().optional().describe("Of this model and its offers, by any id that it has."),
};
const SINCE = z.string().optional().describe(`At or after this moment. ${MOMENT_ALLOWED}`);
const UNTIL = z.string().optional().describe(`Before this moment. ${MOMENT_ALLOWED}`);

/** For whoever looks back: every cause, unless some are named. */
export const LOOKING_BACK = {
  since: SINCE,
  until: UNTIL,
  ...ABOUT,
  cause: cause.describe(`For these causes: ${CAUSE_WORDS}. Without it every one.`),
};

/** For whoever wants to be told: what the upstreams did, unless more is asked for. */
export const BEING_TOLD = {
  since: SINCE,
  ...ABOUT,
  cause: cause.describe(`For these causes: ${CAUSE_WORDS}. Without it upstream alone.`),
};

type Filter = Omit<ChangeQuery, "order" | "by" | "imported" | "limit" | "afterId" | "beforeId" | "story">;
type Asked = z.infer<z.ZodObject<typeof LOOKING_BACK>>;

/** Throws `BadQuestion` for names that neither a revision nor a change knows, and for what is no moment. */
export async function filterOf(
  application: Pick<Application, "shelf" | "sources" | "ledger">,
  question: Asked,
  now: number,
  causesWithout: readonly Cause[] | undefined,
): Promise<Filter> {
  const shelf = application.shelf();
  const { subject, kind, topic, lab } = question;
  const gateways = question.gateway === undefined ? undefined : [question.gateway];
  const [gateway] = gatewaysAsked(gateways) ?? [];
  refuseUnknown("gateway", gatewaysAsked(gateways) ?? [], gatewaysKnown(application, shelf));
  if (lab !== undefined && shelf !== undefined) {
    const labs = shelf.catalog.models.words("lab").values;
    // A lab may be gone with all its models.
    const isKnown = labs.includes(lab) || (await application.ledger.changes({ lab, limit: 1 })).length > 0;
    if (!isKnown) refuseUnknown("lab", [lab], labs);
  }
  const model = await modelAsked(application, question.model);
  const causes = causesOf(question.cause, causesWithout);
  return {
    ...rangeAsked(question, now),
    ...(subject === undefined ? {} : { subject }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(lab === undefined ? {} : { lab }),
    ...(model === undefined ? {} : { model }),
    ...(kind === undefined ? {} : { kinds: kind }),
    ...(topic === undefined ? {} : { topics: topic }),
    ...(causes === undefined ? {} : { causes }),
  };
}

/** Its id of today, where it has one; a model may be gone, and its changes know it. */
async function modelAsked(
  { shelf, ledger }: Pick<Application, "shelf" | "ledger">,
  asked: string | undefined,
): Promise<string | undefined> {
  const out = shelf();
  if (asked === undefined || out === undefined) return asked;
  const row = modelRow(out.catalog, asked);
  if (row !== undefined) return out.catalog.models.idAt(row);
  if ((await ledger.changes({ model: asked, limit: 1 })).length > 0) return asked;
  const near = nearIds(out, asked);
  throw new BadQuestion("unknown-name", new NoSuchModel(asked, near).message, {
    parameter: "model",
    guess: near[0],
  });
}

function causesOf(
  asked: readonly (typeof CAUSES_ASKED)[number][] | undefined,
  without: readonly Cause[] | undefined,
): readonly Cause[] | undefined {
  if (asked === undefined) return without;
  const named = asked.filter((each) => each !== "all");
  return named.length < asked.length ? undefined : named;
}
