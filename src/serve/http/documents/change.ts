/** A change, and a finding. */
import * as z from "zod";
import { CAUSES, CHANGE_KINDS, TOPICS } from "../../../domain/change.ts";
import { FINDING_KINDS } from "../../../domain/finding.ts";
import { Count, Instant, named, page, RevisionNumber } from "./named.ts";

export const Change = named(
  "Change",
  z.strictObject({
    id: Count,
    object: z.literal("change"),
    at: Instant,
    revision: RevisionNumber,
    subject: z.enum(["offer", "model"]),
    subject_id: z.string(),
    kind: z.enum(CHANGE_KINDS),
    topics: z.array(z.enum(TOPICS)),
    cause: z.enum(CAUSES),
    gateway: z.string().optional(),
    model: z.string().optional(),
    fields: z.array(
      z.strictObject({ field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
    ),
  }),
);
export type Change = z.infer<typeof Change>;

export const ChangeList = named(
  "ChangeList",
  page(Change, {
    next_after: Count.describe("`after` of the next page.").optional(),
    revision: RevisionNumber.optional(),
  }),
);

export const Finding = named(
  "Finding",
  z.strictObject({
    object: z.literal("finding"),
    source: z.string(),
    kind: z.enum(FINDING_KINDS),
    subject: z.string(),
    pointer: z.string().describe("Where in the upstream's answer, as a JSON pointer.").optional(),
    message: z.string(),
    first_seen: Instant,
    last_seen: Instant,
    runs: Count,
  }),
);
export type Finding = z.infer<typeof Finding>;

export const FindingList = named("FindingList", page(Finding, {}));
