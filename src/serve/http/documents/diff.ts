/** What is otherwise at one time than at another. */
import * as z from "zod";
import { CHANGE_KINDS, TOPICS } from "../../../domain/change.ts";
import { Instant, named, Total } from "./named.ts";

const Difference = z.strictObject({
  object: z.literal("difference"),
  subject: z.enum(["offer", "model"]),
  subject_id: z.string(),
  kind: z.enum(CHANGE_KINDS),
  topics: z.array(z.enum(TOPICS)),
  gateway: z.string().optional(),
  model: z.string().optional(),
  fields: z.array(
    z.strictObject({ field: z.string(), before: z.unknown().optional(), after: z.unknown().optional() }),
  ),
});

export const Diff = named(
  "Diff",
  z
    .strictObject({
      object: z.literal("diff"),
      from: Instant,
      to: Instant,
      data: z.array(Difference),
      total: Total,
      has_more: z.boolean().describe("True where a page follows."),
      next_cursor: z.string().describe("`cursor` of the next page.").optional(),
    })
    .describe(
      "What is otherwise at `to` than at `from`: offers first, then models. Why, and what was in between, the changes say.",
    ),
);
