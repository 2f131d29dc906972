/** What is otherwise at one moment, or in one revision, than at another: as it was true, by today's rules. */
import { createHash } from "node:crypto";
import * as z from "zod";
import type { Shelf } from "../../../catalog/catalog.ts";
import { modelRow } from "../../../catalog/find.ts";
import { gatewaysAsked } from "../../../catalog/query.ts";
import { CHANGE_KINDS, TOPICS } from "../../../domain/change.ts";
import type { Difference, DifferenceQuery } from "../../../domain/difference.ts";
import type { Moment } from "../../../ledger/span.ts";
import type { Application } from "../../application.ts";
import { instant, single } from "./envelope.ts";
import { MOMENT_ALLOWED, momentOf } from "./moment.ts";
import { NoSuchModel, nearIds } from "./model.ts";
import { BadQuestion, quoted, refuseUnknown } from "./question.ts";
import { currentShelf } from "./revision.ts";
import { gatewaysKnown } from "./vocabulary.ts";
import { limit, oneOf } from "./words.ts";

const STATE_ALLOWED = `The number of a revision, as it was known when it came out; or a moment, as it is known now. ${MOMENT_ALLOWED}`;

export const DiffQuestion = z.strictObject({
  from: z.string().describe(STATE_ALLOWED),
  to: z.string().default("0m").describe(`The same, for the end; without it now. ${STATE_ALLOWED}`),
  subject: z.enum(["offer", "model"]).optional().describe("Only of offers, or only of models."),
  kind: oneOf(CHANGE_KINDS).describe("Of these kinds: added, changed, removed."),
  topic: oneOf(TOPICS).describe(`About these topics: ${TOPICS.join(", ")}.`),
  gateway: z.string().optional().describe("Of offers of these gateways; `hug` is `huggingface`."),
  lab: z.string().optional().describe("Of the models of this lab and their offers."),
  model: z.string().optional().describe("Of this model and its offers, by any id that it has."),
  limit,
  cursor: z
    .string()
    .max(200)
    .optional()
    .describe(
      "Where a page begins: `next_cursor` of the page before, which compares the same two states whatever the clock says.",
    ),
});
export type DiffQuestion = z.infer<typeof DiffQuestion>;

const REVISION = /^\d{1,9}$/;
/** Four instants, which nine digits of base 36 keep within what a date can be, a place, and the mark of the question. */
const CURSOR =
  /^([\da-z]{1,9})\.([\da-z]{1,9})\.([\da-z]{1,9})\.([\da-z]{1,9})\.([\da-z]{1,9})\.([\da-f]{8})$/;
const MARK_LENGTH = 8;

/** Two states, and the place in what is otherwise between them. */
interface Between {
  readonly from: Moment;
  readonly to: Moment;
  readonly place: number;
}

/** Throws `BadQuestion` for what is neither a revision nor a moment, and for a time before anything was read; `TooManyThen`. */
export async function diffOf(application: Application, question: DiffQuestion, now: number): Promise<Buffer> {
  const { subject, kind, topic, lab, model } = question;
  const current = currentShelf(application);
  const gateways = gatewaysAsked(question.gateway?.split(","));
  refuseUnknown("gateway", gateways ?? [], gatewaysKnown(application, current));
  const between = await betweenOf(application, question, now);
  const [before, after] = [
    await stateAt(application, "from", between.from),
    await stateAt(application, "to", between.to),
  ];
  const shelves = [before, after];
  if (lab !== undefined) refuseUnknown("lab", [lab], labsOf(shelves));
  const query: DifferenceQuery = {
    ...(subject === undefined ? {} : { subject }),
    ...(gateways === undefined ? {} : { gateways }),
    ...(lab === undefined ? {} : { lab }),
    ...(model === undefined ? {} : { models: modelsOf(shelves, model) }),
    ...(kind === undefined ? {} : { kinds: kind }),
    ...(topic === undefined ? {} : { topics: topic }),
    from: between.place,
    limit: question.limit,
  };
  const { page, total } = await application.provenance.differences(before.catalog, after.catalog, query);
  const next = between.place + page.length;
  return single({
    object: "diff",
    from: instant(between.from.asOf),
    to: instant(between.to.asOf),
    data: page.map(differenceDocument),
    total,
    has_more: next < total,
    next_cursor: next < total ? cursorOf({ ...between, place: next }, question) : undefined,
  });
}

function labsOf(shelves: readonly Shelf[]): readonly string[] {
  return [...new Set(shelves.flatMap(({ catalog }) => catalog.models.words("lab").values))].toSorted();
}

/** Its id may be another at the one time than at the other. */
function modelsOf(shelves: readonly Shelf[], asked: string): readonly string[] {
  const ids = shelves.flatMap(({ catalog }) => {
    const row = modelRow(catalog, asked);
    return row === undefined ? [] : [catalog.models.idAt(row)];
  });
  if (ids.length > 0) return ids;
  throw new NoSuchModel(
    asked,
    shelves.flatMap((shelf) => nearIds(shelf, asked)),
  );
}

function differenceDocument({ subject, subjectId, kind, topics, gateway, model, fields }: Difference) {
  return { object: "difference", subject, subject_id: subjectId, kind, topics, gateway, model, fields };
}

async function betweenOf(application: Application, question: DiffQuestion, now: number): Promise<Between> {
  const { from, to, cursor } = question;
  if (cursor !== undefined) return readCursor(cursor, question);
  return {
    from: await momentAsked(application, "from", from, now),
    to: await momentAsked(application, "to", to, now),
    place: 0,
  };
}

/** A revision says what was known when it came out; a moment is told as it is known now. */
async function momentAsked(
  application: Application,
  parameter: string,
  asked: string,
  now: number,
): Promise<Moment> {
  if (!REVISION.test(asked)) {
    const asOf = momentOf(parameter, asked, now);
    if (asOf > now) throw new BadQuestion("bad-value", `${parameter} lies in the future`, { parameter });
    return { asOf, knownAt: now };
  }
  const at = await application.ledger.knownAt(Number(asked));
  if (at === undefined) throw new BadQuestion("unknown-name", `there is no revision ${asked}`, { parameter });
  return { asOf: at, knownAt: at };
}

async function stateAt(application: Application, parameter: string, moment: Moment): Promise<Shelf> {
  const shelf = await application.shelfAt(moment);
  if (shelf !== undefined) return shelf;
  throw new BadQuestion("bad-value", `nothing had been read by ${instant(moment.asOf)}`, { parameter });
}

function cursorOf({ from, to, place }: Between, question: DiffQuestion): string {
  const numbers = [from.asOf, from.knownAt, to.asOf, to.knownAt, place];
  return [...numbers.map((number) => number.toString(36)), markOf(question)].join(".");
}

function readCursor(text: string, question: DiffQuestion): Between {
  const [, ...parts] = CURSOR.exec(text) ?? [];
  if (parts.length === 0)
    throw new BadQuestion("bad-value", `${quoted(text)} is no cursor of a diff`, { parameter: "cursor" });
  if (parts.at(-1) !== markOf(question))
    throw new BadQuestion("bad-value", "the cursor belongs to another question: begin without it", {
      parameter: "cursor",
    });
  const [fromAsOf = 0, fromKnownAt = 0, toAsOf = 0, toKnownAt = 0, place = 0] = parts.map((part) =>
    Number.parseInt(part, 36),
  );
  return {
    from: { asOf: fromAsOf, knownAt: fromKnownAt },
    to: { asOf: toAsOf, knownAt: toKnownAt },
    place,
  };
}

/** Of everything that decides what is on the pages. */
function markOf({ limit: _limit, cursor: _cursor, ...asked }: DiffQuestion): string {
  return createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, MARK_LENGTH);
}
