/** A model in OpenAI's words, and the list of all. */
import * as z from "zod";
import { Count, named } from "./named.ts";

export const OpenAiModel = named(
  "OpenAiModel",
  z.strictObject({
    id: z.string(),
    object: z.literal("model"),
    created: Count.describe("Seconds since 1970."),
    owned_by: z.string(),
  }),
);

export const OpenAiList = named(
  "OpenAiList",
  z.strictObject({ object: z.literal("list"), data: z.array(OpenAiModel) }),
);
