/** ZenMux's price tiers: an amount with its unit and its currency in words, and the lengths of prompt for which it holds. */
import * as z from "zod";
import * as money from "../domain/price.ts";
import { Amount, Text } from "./wire.ts";

/** In thousands of tokens, as far as `unit` says so. */
const Bound = z.number().min(0).max(1_000_000).nullish();
const Range = z.object({ gte: Bound, gt: Bound, lt: Bound, unit: Text }).nullish();

const Tier = z.object({
  value: Amount,
  unit: Text,
  currency: Text,
  conditions: z.object({ prompt_tokens: Range, completion_tokens: Range }).nullish(),
});
type Tier = z.infer<typeof Tier>;

export const Tiers = z.array(Tier).nullish();
type Tiers = z.infer<typeof Tiers>;

/** What one count is of. */
const PER_COUNT: { readonly [meter in money.Meter]?: (amount: money.Amount) => money.Rate } = {
  request: money.usdPerRequest,
  search: money.usdPerSearch,
};

/**
 * The prices of one meter. A tier holds from where it begins until the next one does. A price for short answers alone
 * cannot be said here and is left out; of two for the same prompts (implicit and explicit caching) the dearer one stands.
 */
export function tieredPrices(
  meter: money.Meter,
  tiers: Tiers,
  when: money.PriceCondition = {},
): readonly money.Price[] {
  const stated = (tiers ?? []).flatMap((tier) => priceOf(meter, tier, when));
  const dearestLast = stated.toSorted((a, b) => Number(a.usd) - Number(b.usd));
  return [...new Map(dearestLast.map((price) => [money.conditionKey(price.when), price])).values()];
}

/** What a tier is priced in where that is not dollars for a unit that we know: told, because its price is not read. */
export function unreadUnits(meter: money.Meter, tiers: Tiers): readonly string[] {
  return (tiers ?? []).flatMap((tier) =>
    rateOf(meter, tier) === undefined ? [`priced-in-${tier.currency}-${tier.unit}`] : [],
  );
}

function priceOf(meter: money.Meter, tier: Tier, when: money.PriceCondition): readonly money.Price[] {
  const rate = rateOf(meter, tier);
  const isForShortAnswers = typeof tier.conditions?.completion_tokens?.lt === "number";
  const isUnused = Number(tier.value) === 0 && meter !== "input" && meter !== "output";
  if (rate === undefined || isForShortAnswers || isUnused) return [];
  const over = overOf(tier);
  const condition = { ...when, ...(over === 0 ? {} : { promptTokensOver: over }) };
  return money.prices(
    { [meter]: rate(tier.value) },
    Object.keys(condition).length === 0 ? undefined : condition,
  );
}

function rateOf(meter: money.Meter, { currency, unit, conditions }: Tier) {
  const { prompt_tokens: prompt, completion_tokens: completion } = conditions ?? {};
  if (currency !== "USD" || [prompt, completion].some((range) => range && range.unit !== "kTokens"))
    return undefined;
  if (unit === "perMTokens") return money.usdPerMillionTokens;
  if (unit === "perSecond") return money.usdPerSecond;
  return unit === "perCount" ? PER_COUNT[meter] : undefined;
}

/** From 32 thousand tokens on is over 31,999; more than 32 thousand is over 32,000. */
function overOf({ conditions }: Tier): number {
  const { gt, gte } = conditions?.prompt_tokens ?? {};
  if (typeof gt === "number") return Math.round(gt * 1_000);
  return Math.max(0, Math.round((gte ?? 0) * 1_000) - 1);
}
