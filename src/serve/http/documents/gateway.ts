/** A gateway, a lab, a task, each with its counts. */
import * as z from "zod";
import { Count, named, page, RevisionNumber, Total } from "./named.ts";

export const Gateway = named(
  "Gateway",
  z.strictObject({
    id: z.string(),
    object: z.literal("gateway"),
    models: Count,
    offers: Count,
    sources: z.array(z.string()).describe("The sources that read it."),
  }),
);
export type Gateway = z.infer<typeof Gateway>;

/** A lab, or a task. */
const Counted = {
  id: z.string(),
  models: Count.describe("Models that somebody offers."),
  offers: Count,
};
const Lab = named("Lab", z.strictObject({ ...Counted, object: z.literal("lab") }));
const Task = named("Task", z.strictObject({ ...Counted, object: z.literal("task") }));

export const LabList = named("LabList", page(Lab, { total: Total, revision: RevisionNumber }));
export const TaskList = named("TaskList", page(Task, { total: Total, revision: RevisionNumber }));
export const GatewayList = named("GatewayList", page(Gateway, { total: Total, revision: RevisionNumber }));
