/** What an id means: a model, or several that it may be. */
import * as z from "zod";
import { UNDERSTOOD } from "../../../catalog/resolve.ts";
import { named, RevisionNumber } from "./named.ts";

const Meaning = z.strictObject({
  model: z.string(),
  understood: z.enum(UNDERSTOOD).describe("As what the id was understood."),
  rule: z.string().describe("The rule by which it is that model."),
  evidence: z.string(),
  offers: z.array(z.string()).describe("The offers that the id names."),
});

export const Resolution = named(
  "Resolution",
  Meaning.extend({ object: z.literal("resolution"), id: z.string(), revision: RevisionNumber }),
);
export type Resolution = z.infer<typeof Resolution>;

export const Candidates = named(
  "Candidates",
  z.strictObject({
    object: z.literal("candidates"),
    id: z.string(),
    candidates: z.array(Meaning).min(2),
    revision: RevisionNumber,
  }),
);
export type Candidates = z.infer<typeof Candidates>;
