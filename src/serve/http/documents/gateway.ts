/** A gateway with its counts. */
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

export const GatewayList = named("GatewayList", page(Gateway, { total: Total, revision: RevisionNumber }));
