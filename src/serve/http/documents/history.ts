/** What the offers of a model were, step by step. */
import * as z from "zod";
import { CAUSES } from "../../../domain/change.ts";
import { STATUSES } from "../../../domain/offer.ts";
import { BILLINGS } from "../../../domain/price.ts";
import { Count, Instant, named, RevisionNumber } from "./named.ts";
import { Price } from "./offer.ts";

const Step = named(
  "Step",
  z
    .strictObject({
      from: Instant,
      to: Instant.describe("Absent while it lasts.").optional(),
      status: z.enum(STATUSES).optional(),
      billing: z.enum(BILLINGS).optional(),
      prices: z.array(Price).optional(),
      context_tokens: Count.optional(),
      output_tokens_max: Count.optional(),
      cause: z.enum(CAUSES),
    })
    .describe("What an offer was in a stretch of time. Between two that do not meet it was not offered."),
);

const Speed = named(
  "Speed",
  z
    .strictObject({
      first_token_latency_ms: z.number().optional(),
      tokens_per_second: z.number().optional(),
      source: z.string(),
      observed_at: Instant,
    })
    .describe(
      "How fast it was when its source last measured it. It moves with every reading and is no change.",
    ),
);

export const ModelHistory = named(
  "ModelHistory",
  z.strictObject({
    object: z.literal("history"),
    model: z.string(),
    offers: z.array(
      z.strictObject({
        offer: z.string(),
        gateway: z.string().optional(),
        provider: z.string().optional(),
        steps: z.array(Step).describe("The oldest first."),
        speed: Speed.optional(),
      }),
    ),
    metrics: z
      .array(z.strictObject({ at: Instant, downloads: Count.optional(), likes: Count.optional() }))
      .describe("What the Hugging Face Hub counted: the first reading of each day."),
    revision: RevisionNumber,
  }),
);
