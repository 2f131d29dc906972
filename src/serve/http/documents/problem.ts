/** What went wrong, as every route tells it. */
import * as z from "zod";
import { named } from "./named.ts";

export const ProblemDocument = named(
  "Problem",
  z
    .looseObject({
      type: z.string().describe("`urn:modeldex:problem:` and the word that a program can act on."),
      title: z.string(),
      status: z.number().int(),
      detail: z.string().describe("What to do."),
      parameter: z.string().optional(),
      known: z.array(z.string()).optional(),
      guess: z.string().optional(),
      suggestions: z.array(z.string()).optional(),
    })
    .describe("RFC 9457 problem details."),
);
export type ProblemDocument = z.infer<typeof ProblemDocument>;
