/** Numbers over time. */
import * as z from "zod";
import { BILLINGS } from "../../../domain/price.ts";
import { INTERVALS } from "../../../domain/stats.ts";
import { Count, Instant, named, RevisionNumber } from "./named.ts";

const Usd = z.string().describe("US dollars for a million tokens: the price of one of them.");

const PriceLevel = named(
  "PriceLevel",
  z
    .strictObject({
      offers: Count.describe("How many offers state such a price, above 0."),
      p25: Usd,
      median: Usd,
      p75: Usd,
    })
    .describe(
      "Of metered offers, the quartiles of the plain prices that they state; absent where none does.",
    ),
);

const StatsPoint = named(
  "StatsPoint",
  z
    .strictObject({
      from: Instant,
      to: Instant.describe("`as_of` this instant answers the lists that are counted here."),
      models: Count.describe("Different models at `to`, each once."),
      offers: Count.describe("Offers at `to`."),
      appeared: Count.describe("Offers that came after `from` until `to`, by the upstream's word."),
      vanished: Count.describe("Offers that went."),
      adjusted: z
        .int()
        .describe(
          "By how many offers the number moved for any other reason: a list that was read for the first time, a change of our rules, a correction.",
        ),
      cheaper: Count.describe("How often a token price of an offer fell."),
      dearer: Count.describe("How often one rose."),
      billing: z.strictObject(
        // The keys of our own list.
        Object.fromEntries(BILLINGS.map((word) => [word, Count])) as Record<
          (typeof BILLINGS)[number],
          typeof Count
        >,
      ),
      input_per_million: PriceLevel.optional(),
      output_per_million: PriceLevel.optional(),
      readings: Count.describe("How often the lists were read; at 0 everything is as it was known before."),
    })
    .describe("What there was at one time, and what moved since the point before."),
);

export const StatsDocument = named(
  "Stats",
  z
    .strictObject({
      object: z.literal("stats"),
      interval: z.enum(INTERVALS),
      since: Instant,
      now: z
        .strictObject({ models: Count, offers: Count, gateways: Count, providers: Count, labs: Count })
        .describe("All that is served now, whatever was asked for."),
      points: z.array(StatsPoint).describe("Of everything that was asked for, together."),
      gateways: z.array(
        z.strictObject({
          id: z.string(),
          object: z.literal("gateway_stats"),
          points: z
            .array(StatsPoint)
            .describe(
              "The oldest first; none where the gateway is not known to have listed anything by then.",
            ),
        }),
      ),
      revision: RevisionNumber,
    })
    .describe("How much there was over time, by gateway."),
);
export type StatsDocument = z.infer<typeof StatsDocument>;
