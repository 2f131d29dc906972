/** What the commands answer, and what the probes do. */
import * as z from "zod";
import { Count, named, RevisionNumber } from "./named.ts";
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

export const Up = named("Up", z.strictObject({ status: z.literal("up"), version: z.string() }));

export const Ready = named(
  "Ready",
  z.strictObject({ status: z.literal("ready"), revision: RevisionNumber, models: Count, offers: Count }),
);
