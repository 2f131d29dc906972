/** A change, and a finding. */
import * as z from "zod";
import { CAUSES, CHANGE_KINDS, TOPICS } from "../../../domain/change.ts";
import { FINDING_KINDS } from "../../../domain/finding.ts";
import { Count, Instant, named, page, RevisionNumber } from "./named.ts";

const FIELD = { field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() };
const ABOUT = {
  revision: RevisionNumber,
  subject: z.enum(["offer", "model"]),
  subject_id: z.string(),
  kind: z.enum(CHANGE_KINDS),
  topics: z.array(z.enum(TOPICS)),
  cause: z.enum(CAUSES),
  gateway: z.string().optional(),
  model: z.string().optional(),
};

export const Change = named(
  "Change",
  z.strictObject({
    id: Count,
    object: z.literal("change"),
    at: Instant,
    ...ABOUT,
    fields: z.array(z.strictObject(FIELD)),
    story: Count.describe(
      "The number of the story that it goes on with; absent where it begins one, whose number is its own.",
    ).optional(),
    imported: z
      .literal(true)
      .describe(
        "An import told it of the past: history, which no feed, event or webhook announces. Its `revision` is the one that was out then.",
      )
      .optional(),
  }),
);
export type Change = z.infer<typeof Change>;

const TAIL = {
  next_cursor: z.string().describe("`cursor` of the next page.").optional(),
  revision: RevisionNumber.optional(),
};

export const ChangeList = named("ChangeList", page(Change, TAIL));

const Story = named(
  "Story",
  z
    .strictObject({
      id: Count,
      object: z.literal("story"),
      first_at: Instant,
      last_at: Instant,
      count: Count.describe("How many changes it is."),
      ...ABOUT,
      fields: z.array(
        z.strictObject({
          ...FIELD,
          count: Count.describe("How often it changed."),
          min: z.number().describe("Of a number: the lowest on the way.").optional(),
          max: z.number().optional(),
          range: z
            .array(
              z.strictObject({
                meter: z.string(),
                unit: z.string(),
                when: z.unknown().optional(),
                min: z.string(),
                max: z.string(),
              }),
            )
            .describe("Of prices: the bounds of each on the way, in US dollars for one unit.")
            .optional(),
        }),
      ),
    })
    .describe(
      "The changes of one thing about one matter for one cause, each within seven days of the one before: `fields` lead from the first value to the last. `kind` is what the last one did.",
    ),
);

export const StoryList = named("StoryList", page(Story, TAIL));

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
