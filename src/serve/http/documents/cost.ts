/** What a usage costs at the offers of a model, and who says what of a model. */
import * as z from "zod";
import { REASONS } from "../../../cost/cost.ts";
import { METERS, UNITS } from "../../../domain/price.ts";
import { Count, Instant, named, RevisionNumber } from "./named.ts";
import { ModelWithOffers } from "./model.ts";
import { Call, Price } from "./offer.ts";

const Decimal = z.string().describe("An exact decimal in plain notation.");
const Used = z.strictObject({
  meter: z.enum(METERS),
  unit: z.enum(UNITS),
  count: Decimal,
  ttl: z.enum(["5m", "1h"]).optional(),
});

const Component = named(
  "CostComponent",
  z
    .strictObject({
      meter: z.enum(METERS).describe("What was used."),
      unit: z.enum(UNITS),
      count: Decimal,
      price: Price.describe("The price that applied, with its step, its window or its tier."),
      usd: Decimal,
    })
    .describe("One part of a cost."),
);

const OfferCost = named(
  "OfferCost",
  z.strictObject({
    object: z.literal("offer_cost"),
    offer: z.string(),
    gateway: z.string(),
    provider: z.string(),
    usd: Decimal.describe("US dollars for all of it."),
    components: z.array(Component),
    attested: z.enum(["own", "third-party"]),
    prices_source: z
      .string()
      .describe("The source of the prices, where it is not the gateway's own.")
      .optional(),
    status: z.string().optional(),
    model: z.string().optional(),
    context_tokens: Count.optional(),
    call: Call.optional(),
  }),
);

// The keys of our own table.
const Reason = z.enum(Object.keys(REASONS) as (keyof typeof REASONS)[]);
const NotPriced = named(
  "OfferWithoutCost",
  z.strictObject({
    offer: z.string(),
    gateway: z.string(),
    provider: z.string(),
    reason: Reason,
    detail: z.string(),
  }),
);

export const Cost = named(
  "Cost",
  z
    .strictObject({
      object: z.literal("cost"),
      model: z.string().describe("Where one was named.").optional(),
      usage: z.strictObject({
        dialect: z.string().describe("Whose usage object it was read as.").optional(),
        quantities: z.array(Used).describe("What was used, no token counted twice."),
        requests: Decimal.optional(),
        prompt_tokens: Decimal.describe("The length of one prompt: steps by length go by it.").optional(),
        unread: z.array(z.string()).describe("What was stated and counts for nothing here.").optional(),
      }),
      at: Instant.describe(
        "Whose time of day decides between prices; without `as_of` whose prices they are, too.",
      ),
      as_of: Instant.describe("Whose offers and prices they are, where that was asked for.").optional(),
      tier: z.enum(["batch", "flex", "priority"]).optional(),
      region: z.string().optional(),
      data: z.array(OfferCost).describe("The cheapest first."),
      total: Count.describe("How many offers have a cost."),
      not_priced: z.array(NotPriced).describe("Offers whose cost cannot be said, with the reason."),
      not_priced_total: Count,
      not_priced_by_reason: z.partialRecord(Reason, Count),
      revision: RevisionNumber,
    })
    .describe("What a usage costs at every offer of a model, or at the offers that fit a question."),
);
export type Cost = z.infer<typeof Cost>;

const Word = z.strictObject({
  value: z.unknown(),
  source: z.string(),
  offer: z.string().optional(),
  observed_at: Instant.describe("When the source was last seen to say it."),
  since: Instant.describe("Since when it has said so without a break."),
  kept: z.literal(true).describe("Not said any more: kept for some runs.").optional(),
});
const ExplainedField = Word.extend({
  value: z.unknown().optional(),
  source: z.string().optional(),
  observed_at: Instant.optional(),
  since: Instant.optional(),
  rule: z.string().describe("Whose word goes first."),
  agreeing: Count.describe("How many others say the same."),
  others: z.array(Word).describe("Every word that says something else."),
});
const ExplainedFields = z.record(z.string(), ExplainedField);

export const ExplainedModel = named(
  "ExplainedModel",
  ModelWithOffers.extend({
    explain: z
      .strictObject({ model: ExplainedFields, offers: z.record(z.string(), ExplainedFields) })
      .describe("Of each field who says so, since when, and who says something else."),
  }),
);
export type ExplainedModel = z.infer<typeof ExplainedModel>;
