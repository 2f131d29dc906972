/** What stands beside a page of models or offers: where the next one begins, and how many fit by what. */
import * as z from "zod";
import { FACETS } from "../../../catalog/parameters.ts";
import { Count, named } from "./named.ts";

const Edge = z.union([z.number(), z.string()]);

const Facet = named(
  "Facet",
  z
    .strictObject({
      values: z
        .array(z.strictObject({ value: z.string(), count: Count }))
        .describe("Of words: most first.")
        .optional(),
      has_more: z.boolean().describe("Of words: true where there are further values.").optional(),
      buckets: z
        .array(z.strictObject({ from: Edge, to: Edge.optional(), count: Count }))
        .describe("Of numbers: from each lower edge up to the next. Prices are exact decimals.")
        .optional(),
      unknown: Count.describe("How many state nothing."),
    })
    .describe("How many fit by one field, without that field's own filter."),
);

export const BESIDE = {
  next_cursor: z.string().describe("`cursor` of the next page; absent on the last one.").optional(),
  facets: z.partialRecord(z.enum(FACETS), Facet).optional(),
  facets_left_out: z.array(z.enum(FACETS)).describe("Facets that would have taken too long.").optional(),
};
