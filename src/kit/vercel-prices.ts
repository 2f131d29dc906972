/** Vercel's price sheet: dollars per token as text, with ladders by prompt length; searches by the thousand, images one by one. */
import * as z from "zod";
import {
  prices,
  unlessAllZero,
  usdPerImage,
  usdPerThousandSearches,
  usdPerToken,
  type Price,
} from "../domain/price.ts";
import { Amount, Count, used } from "./wire.ts";

const Tiers = z.array(z.object({ cost: Amount, min: Count })).nullish();

export const VercelPricing = z.object({
  input: Amount,
  input_tiers: Tiers,
  output: Amount,
  output_tiers: Tiers,
  input_cache_read: Amount,
  input_cache_read_tiers: Tiers,
  input_cache_write: Amount,
  input_cache_write_tiers: Tiers,
  web_search: Amount,
  image: Amount,
});
export type VercelPricing = z.infer<typeof VercelPricing>;

/** The meters that may have a ladder. */
const METERS = {
  input: "input",
  output: "output",
  input_cache_read: "cache_read",
  input_cache_write: "cache_write",
} as const;
const NAMES = ["input", "output", "input_cache_read", "input_cache_write"] as const;

export function vercelPrices(pricing: VercelPricing): readonly Price[] {
  return unlessAllZero([
    ...NAMES.flatMap((name) => ladder(name, pricing)),
    ...prices({
      image: usdPerImage(used(pricing.image)),
      // The reference says "per web search request"; the amounts are the vendors' prices for a thousand.
      search: usdPerThousandSearches(used(pricing.web_search)),
    }),
  ]);
}

/** The first step is the base price once more, or the only one that states it. A step holds from `min` on, that one included. */
function ladder(name: (typeof NAMES)[number], pricing: VercelPricing): readonly Price[] {
  const steps = pricing[`${name}_tiers`] ?? [];
  const isCache = name.startsWith("input_cache");
  const base = pricing[name] ?? steps.find(({ min }) => !isAbove(min))?.cost;
  return [
    ...prices({ [METERS[name]]: usdPerToken(isCache ? used(base) : base) }),
    ...steps.flatMap(({ cost, min }) =>
      isAbove(min) ? prices({ [METERS[name]]: usdPerToken(cost) }, { promptTokensOver: min - 1 }) : [],
    ),
  ];
}

function isAbove(min: number | null | undefined): min is number {
  return typeof min === "number" && min > 0;
}
