/** The offers that their gateways say will go, or call deprecated: the soonest first, those without a date last. */
import * as z from "zod";
import type { Shelf } from "../../../catalog/catalog.ts";
import { readDocument } from "../../../catalog/documents.ts";
import { modelRow } from "../../../catalog/find.ts";
import { gatewaysAsked } from "../../../catalog/query.ts";
import { readDate } from "../../../domain/instant.ts";
import type { Application } from "../../application.ts";
import { listOf } from "./envelope.ts";
import { readSpan, SPAN_ALLOWED } from "./moment.ts";
import { BadQuestion, quoted, refuseUnknown } from "./question.ts";
import { currentShelf } from "./revision.ts";
import { gatewaysKnown } from "./vocabulary.ts";
import { limit } from "./words.ts";

export const DeprecationQuestion = z.strictObject({
  within: z
    .string()
    .optional()
    .describe(
      `Those that go within so long from now, or should be gone already; those without a date too. ${SPAN_ALLOWED}`,
    ),
  gateway: z.string().optional().describe("Of this one gateway; `hug` is `huggingface`."),
  lab: z.string().optional().describe("Of the models of this lab."),
  model: z.string().optional().describe("Of this model, by any id that it has."),
  limit,
  offset: z.coerce.number().int().min(0).default(0).describe("How many to leave out at the beginning."),
});
export type DeprecationQuestion = z.infer<typeof DeprecationQuestion>;

/** An offer that goes. */
export interface Deprecation {
  readonly id: string;
  readonly object: "deprecation";
  readonly gateway: string;
  readonly provider: string;
  readonly native_id: string;
  readonly model: string;
  readonly status?: string;
  readonly deprecated_at?: string;
  readonly ends_at?: string;
  readonly successor?: string;
}

/** Throws `BadQuestion`, and `NotReady` before the first revision. */
export function deprecationList(
  application: Pick<Application, "shelf" | "sources">,
  question: DeprecationQuestion,
  now: number,
): Buffer {
  const shelf = currentShelf(application);
  const gateways = question.gateway === undefined ? undefined : gatewaysAsked([question.gateway]);
  refuseUnknown("gateway", gateways ?? [], gatewaysKnown(application, shelf));
  const { lab, model } = question;
  if (lab !== undefined) refuseUnknown("lab", [lab], shelf.catalog.models.words("lab").values);
  const row = model === undefined ? undefined : modelRow(shelf.catalog, model);
  if (model !== undefined && row === undefined)
    throw new BadQuestion("unknown-name", `no model has the id ${quoted(model)}; /v1/models?q= finds ids`, {
      parameter: "model",
    });
  const canonical = row === undefined ? undefined : shelf.catalog.models.idAt(row);
  const until = question.within === undefined ? Infinity : now + spanOf(question.within);
  const found = deprecationsIn(shelf).filter(
    (one) =>
      (gateways?.includes(one.gateway) ?? true) &&
      (lab === undefined || one.model.startsWith(`${lab}/`)) &&
      (canonical === undefined || one.model === canonical) &&
      goesBefore(one, until),
  );
  const end = question.offset + question.limit;
  const page = found.slice(question.offset, end);
  return listOf(page, {
    total: found.length,
    has_more: end < found.length,
    revision: shelf.catalog.revision,
  });
}

/** Throws `BadQuestion`. */
export function spanOf(within: string): number {
  const ms = readSpan(within);
  if (ms !== undefined) return ms;
  throw new BadQuestion("bad-value", `within cannot be ${quoted(within)}. ${SPAN_ALLOWED}`, {
    parameter: "within",
  });
}

/** One without a date may go at any time. */
export function goesBefore(one: Deprecation, until: number): boolean {
  return (dateOf(one) ?? -Infinity) <= until;
}

const found = new WeakMap<Shelf, readonly Deprecation[]>();

/** Looked for once in every shelf. */
export function deprecationsIn(shelf: Shelf): readonly Deprecation[] {
  const known = found.get(shelf);
  if (known !== undefined) return known;
  const { offers } = shelf.catalog;
  const going: Deprecation[] = [];
  for (let row = 0; row < offers.length; row += 1) {
    const bytes = offers.documentAt(row);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (MARKS.some((mark) => text.includes(mark))) going.push(deprecationOf(bytes));
  }
  const sorted = going.toSorted(
    (a, b) => (dateOf(a) ?? Infinity) - (dateOf(b) ?? Infinity) || (a.id < b.id ? -1 : 1),
  );
  found.set(shelf, sorted);
  return sorted;
}

/** Within a text of the document a quotation mark is escaped: these stand nowhere but where they are fields. */
const MARKS = ['"ends_at":', '"deprecated_at":', '"status":"deprecated"'].map((mark) => Buffer.from(mark));

function deprecationOf(bytes: Uint8Array): Deprecation {
  // The fields of our own document of an offer.
  const offer = readDocument(bytes) as unknown as Deprecation;
  const { id, gateway, provider, native_id, model, status, deprecated_at, ends_at, successor } = offer;
  return {
    id,
    object: "deprecation",
    gateway,
    provider,
    native_id,
    model,
    ...(status === undefined ? {} : { status }),
    ...(deprecated_at === undefined ? {} : { deprecated_at }),
    ...(ends_at === undefined ? {} : { ends_at }),
    ...(successor === undefined ? {} : { successor }),
  };
}

function dateOf({ ends_at, deprecated_at }: Deprecation): number | undefined {
  const stated = ends_at ?? deprecated_at;
  return stated === undefined ? undefined : readDate(stated);
}
