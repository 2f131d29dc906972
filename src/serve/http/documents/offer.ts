/** An offer and its prices, as every list shows them. */
import * as z from "zod";
import { CAPABILITIES } from "../../../domain/capability.ts";
import { MODALITIES } from "../../../domain/modality.ts";
import { STATUSES } from "../../../domain/offer.ts";
import { BILLINGS, METERS, UNITS } from "../../../domain/price.ts";
import { BESIDE } from "./facets.ts";
import { Count, Instant, named, page, RevisionNumber, Total } from "./named.ts";

const Decimal = z.string().describe("An exact decimal in plain notation.");

export const Modalities = z.array(z.enum(MODALITIES));
export const Capabilities = z
  .partialRecord(z.enum(CAPABILITIES), z.boolean())
  .describe(
    "What is stated: true where it can, false where somebody states that it cannot, absent where nobody says.",
  );

export const PinnedFields = z.array(z.string()).describe("Fields in which an operator's word stands.");

export const Price = named(
  "Price",
  z
    .strictObject({
      meter: z.enum(METERS).describe("What is counted."),
      unit: z.enum(UNITS).describe("In what it is counted."),
      usd: Decimal.describe("US dollars for one unit."),
      per_million: Decimal.describe("The same for a million tokens.").optional(),
      when: z
        .strictObject({
          promptTokensOver: Count.describe("For prompts of more tokens than this.").optional(),
          utc: z
            .strictObject({ from: Count, to: Count })
            .describe("Minutes since midnight UTC, half-open; `from` above `to` wraps midnight.")
            .optional(),
          tier: z.enum(["batch", "flex", "priority"]).optional(),
          ttl: z.enum(["5m", "1h"]).describe("How long a written cache entry lives.").optional(),
          region: z.string().optional(),
        })
        .describe("The conditions under which it holds, all of them together.")
        .optional(),
    })
    .describe("What a use of an offer costs."),
);

export const Call = z
  .strictObject({ protocol: z.string(), base_url: z.string(), model: z.string() })
  .describe("How to call it.");

export const Offer = named(
  "Offer",
  z
    .strictObject({
      id: z.string().describe("`gateway/provider/native id`."),
      object: z.literal("offer"),
      gateway: z.string().describe("The API that a caller calls and pays."),
      provider: z.string().describe("Who runs the weights; `unstated` where the source does not say."),
      native_id: z.string().describe("The id exactly as the gateway spells it."),
      model: z.string().describe("The model that it is."),
      link: z
        .strictObject({
          rule: z.string(),
          evidence: z.string(),
          candidates: z
            .array(z.string())
            .describe("Models that it may be, where the evidence does not say which.")
            .optional(),
          points_to: z.string().describe("What a moving alias stands for now.").optional(),
        })
        .describe("Why it is that model."),
      name: z.string().optional(),
      status: z.enum(STATUSES).optional(),
      billing: z.enum(BILLINGS).describe("How a caller pays. Unknown is never free.").optional(),
      attested: z.enum(["own", "third-party"]).describe("Whether the gateway's own list says so."),
      prices: z.array(Price).optional(),
      prices_source: z.string().describe("The source of the prices, where it is another one.").optional(),
      context_tokens: Count.optional(),
      output_tokens_max: Count.optional(),
      task: z.string().optional(),
      input_modalities: Modalities.optional(),
      output_modalities: Modalities.optional(),
      capabilities: Capabilities.optional(),
      variant: z.string().describe("A way of serving that the id carries: `free`, `batch`.").optional(),
      quantization: z.string().optional(),
      regions: z.array(z.string()).optional(),
      provider_native_id: z.string().optional(),
      aliases: z.array(z.string()).optional(),
      deprecated_at: Instant.optional(),
      ends_at: Instant.optional(),
      successor: z.string().optional(),
      tags: z.array(z.string()).optional(),
      call: Call.optional(),
      visibility: z.enum(["public", "account"]).optional(),
      held: z
        .array(z.enum(["removal", "price"]))
        .describe("What waits for a confirmation.")
        .optional(),
      pinned: PinnedFields.optional(),
      source: z.string().describe("The source with the last word."),
      first_seen: Instant,
      last_seen: Instant.optional(),
    })
    .describe("One model as one provider serves it through one gateway. What is unknown is absent."),
);
export type Offer = z.infer<typeof Offer>;

export const OfferList = named(
  "OfferList",
  page(Offer.partial(), { total: Total, revision: RevisionNumber, ...BESIDE }),
);
export type OfferList = z.infer<typeof OfferList>;
