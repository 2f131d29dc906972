/** What the commands answer, and what the probes do. */
import * as z from "zod";
import { Count, Instant, named, page, RevisionNumber, Total } from "./named.ts";
import { RunReport } from "./run.ts";

export const Synced = named(
  "Synced",
  z.strictObject({
    revision: RevisionNumber,
    runs: z.array(RunReport.extend({ run: Count.describe("The run's number.").optional() })),
  }),
);
export type Synced = z.infer<typeof Synced>;

export const Accepted = named(
  "Accepted",
  z.strictObject({ revision: RevisionNumber, run: Count, removed: Count, prices: Count }),
);
export type Accepted = z.infer<typeof Accepted>;

const Beside = { object: z.literal("override"), id: Count, target: z.string(), created_at: Instant };

export const Override = named(
  "Override",
  z
    .discriminatedUnion("kind", [
      z.strictObject({ ...Beside, kind: z.literal("hide") }),
      z.strictObject({ ...Beside, kind: z.literal("pin"), field: z.string(), value: z.string() }),
      z.strictObject({ ...Beside, kind: z.literal("alias"), model: z.string() }),
    ])
    .describe("An operator's decision: it stands over whatever the sources say, and no sync touches it."),
);
export type Override = z.infer<typeof Override>;

export const OverrideList = named("OverrideList", page(Override, { total: Total }));

export const Decided = named("Decided", z.strictObject({ revision: RevisionNumber, id: Count }));
export type Decided = z.infer<typeof Decided>;

export const Up = named("Up", z.strictObject({ status: z.literal("up"), version: z.string() }));

export const Ready = named(
  "Ready",
  z.strictObject({ status: z.literal("ready"), revision: RevisionNumber, models: Count, offers: Count }),
);
