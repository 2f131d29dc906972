/** A model, in short as lists show it, and whole with its offers. */
import * as z from "zod";
import { BILLINGS } from "../../../domain/price.ts";
import { BESIDE } from "./facets.ts";
import { Count, Instant, named, page, RevisionNumber, Total } from "./named.ts";
import { Capabilities, Modalities, Offer, PinnedFields } from "./offer.ts";

const HubMetrics = named(
  "HubMetrics",
  z
    .strictObject({
      gated: z.union([z.boolean(), z.string()]).optional(),
      private: z.boolean().optional(),
      pipeline_tag: z.string().optional(),
      library_name: z.string().optional(),
      downloads: Count.describe("In 30 days.").optional(),
      likes: Count.optional(),
    })
    .describe("What the Hugging Face Hub says of the model's page."),
);

export const Model = named(
  "Model",
  z
    .strictObject({
      id: z.string().describe("`lab/name`; `~gateway/native id` where no rule says which model it is."),
      object: z.literal("model"),
      created: Count.describe(
        "Seconds since 1970; where nobody states it, when it was first seen. Absent of a model that only the Hub lists, without a date.",
      ).optional(),
      owned_by: z.string().describe("The lab."),
      name: z.string(),
      description: z.string().optional(),
      task: z.string().optional(),
      input_modalities: Modalities.optional(),
      output_modalities: Modalities.optional(),
      context_tokens: Count.describe(
        "What the model itself takes: as its lab says, else the most that a gateway says. What is served is each offer's own.",
      ).optional(),
      output_tokens_max: Count.optional(),
      capabilities: Capabilities.optional(),
      license: z.string().optional(),
      open_weights: z.boolean().optional(),
      parameters: z.number().optional(),
      knowledge_cutoff: z.string().optional(),
      hugging_face_id: z.string().optional(),
      variant_of: z
        .string()
        .describe("The model of which this one is a dated, quantised, tuned or previewed edition.")
        .optional(),
      aliases: z
        .array(z.string())
        .describe("Further ids that lead to it: other spellings, and every id that it once had.")
        .optional(),
      tags: z.array(z.string()).optional(),
      offers_count: Count,
      gateways: z.array(z.string()),
      billings: z
        .array(z.enum(BILLINGS))
        .describe("The ways in which its offers are paid for, as far as they state it.")
        .optional(),
      cheapest: z
        .strictObject({
          offer: z.string(),
          input_per_million: z.string(),
          output_per_million: z.string().optional(),
        })
        .describe("The cheapest stated token prices that hold without a condition, in US dollars.")
        .optional(),
      pinned: PinnedFields.optional(),
      updated_at: Instant.optional(),
      huggingface_metrics: HubMetrics.optional(),
    })
    .describe("The thing itself: the offers that are the same model. What is unknown is absent."),
);
export type Model = z.infer<typeof Model>;

export const ModelList = named(
  "ModelList",
  page(Model.partial(), { total: Total, revision: RevisionNumber, ...BESIDE }),
);
export type ModelList = z.infer<typeof ModelList>;

export const ModelWithOffers = named("ModelWithOffers", Model.extend({ offers: z.array(Offer) }));
export type ModelWithOffers = z.infer<typeof ModelWithOffers>;
