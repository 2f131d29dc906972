/** Models side by side. */
import * as z from "zod";
import { AGREEMENTS } from "../answers/compare.ts";
import { named, RevisionNumber } from "./named.ts";

export const Comparison = named(
  "Comparison",
  z
    .strictObject({
      object: z.literal("comparison"),
      models: z
        .array(
          z.strictObject({
            id: z.string(),
            asked: z.string().describe("As it was asked for."),
            name: z.string().optional(),
          }),
        )
        .describe("In the order in which they were asked for."),
      fields: z
        .array(
          z.strictObject({
            field: z.string().describe("A path in the model's document."),
            agreement: z
              .enum(AGREEMENTS)
              .describe("`partly-unknown`: who states it says the same, and not all state it."),
            values: z
              .record(z.string(), z.unknown())
              .describe("By the model's id; one that does not state it is not there."),
          }),
        )
        .describe("What differs first; a field that none of them states is left out."),
      revision: RevisionNumber,
    })
    .describe("Models side by side."),
);
export type Comparison = z.infer<typeof Comparison>;
