/** The price sheets of genai-prices: a key carries what is counted and its unit, a price may have tiers, a sheet a period. */
import * as z from "zod";
import * as money from "../domain/price.ts";
import { Text } from "./wire.ts";

const Usd = z.number().min(0);
const Tier = z.object({ start: z.number().int().min(0), price: Usd });
const Sheet = z.record(z.string(), z.union([Usd, z.object({ base: Usd, tiers: z.array(Tier) })]).optional());
type Sheet = z.infer<typeof Sheet>;

const Constraint = z.object({ start_date: Text, start_time: Text, end_time: Text });
const Period = z.object({ constraint: Constraint.optional(), prices: Sheet });

/** One sheet, or one for each period: later periods go before earlier ones. */
export const GenaiPricing = z.union([z.array(Period), Sheet]);
export type GenaiPricing = z.infer<typeof GenaiPricing>;

type Reading = readonly [money.Meter, (amount: money.Amount) => money.Rate, money.PriceCondition?];

/** What a key counts, and in what. */
export const READ_KEYS: { readonly [key: string]: Reading } = {
  input_mtok: ["input", money.usdPerMillionTokens],
  output_mtok: ["output", money.usdPerMillionTokens],
  cache_read_mtok: ["cache_read", money.usdPerMillionTokens],
  cache_write_mtok: ["cache_write", money.usdPerMillionTokens],
  cache_write_1h_mtok: ["cache_write", money.usdPerMillionTokens, { ttl: "1h" }],
  output_reasoning_mtok: ["reasoning", money.usdPerMillionTokens],
  input_image_mtok: ["image_input", money.usdPerMillionTokens],
  output_image_mtok: ["image_output", money.usdPerMillionTokens],
  input_audio_mtok: ["audio_input", money.usdPerMillionTokens],
  output_audio_mtok: ["audio_output", money.usdPerMillionTokens],
  cache_audio_read_mtok: ["audio_cache_read", money.usdPerMillionTokens],
  input_audio_hours: ["audio_input", money.usdPerHour],
  output_video_mtok: ["video", money.usdPerMillionTokens],
  input_document_kpages: ["input", money.usdPerThousandPages],
  requests_kcount: ["request", money.usdPerThousandRequests],
  web_searches_kcount: ["search", money.usdPerThousandSearches],
};

/** Keys that count what none of our meters counts: known, and left out. */
export const UNREAD_KEYS: ReadonlySet<string> = new Set([
  "audio_hours", // both directions together; where only the input counts, `input_audio_hours` says the same
  "cache_image_read_mtok",
  "input_annotated_document_kpages",
  "input_text_messages_kcount",
  "input_video_mtok",
  "output_citation_mtok",
  "storage_searches_kcount",
]);

/** The prices in force on `day` (`2026-09-23`): the last period begun by then, and the times of day stated after it. */
export function genaiPricesOn(day: string, pricing: GenaiPricing): readonly money.Price[] {
  if (!Array.isArray(pricing)) return pricesOf(pricing);
  const base = pricing.findLastIndex(
    ({ constraint }) => !constraint?.start_time && (constraint?.start_date ?? "") <= day,
  );
  return pricing.slice(Math.max(base, 0)).flatMap(({ constraint, prices }, index) => {
    if (index === 0) return pricesOf(prices);
    if (!constraint?.start_time || !constraint.end_time) return [];
    return pricesOf(prices, {
      utc: { from: minuteOf(constraint.start_time), to: minuteOf(constraint.end_time) },
    });
  });
}

function pricesOf(sheet: Sheet, when: money.PriceCondition = {}): readonly money.Price[] {
  return Object.entries(sheet).flatMap(([key, price]) => {
    const reading = Object.hasOwn(READ_KEYS, key) ? READ_KEYS[key] : undefined;
    if (reading === undefined || price === undefined) return [];
    const [meter, usd, condition] = reading;
    const at = (amount: number, over: money.PriceCondition = {}) =>
      money.prices({ [meter]: usd(amount) }, unlessEmpty({ ...when, ...condition, ...over }));
    if (typeof price === "number") return at(price);
    return [
      ...at(price.base),
      ...price.tiers.flatMap((tier) => at(tier.price, { promptTokensOver: tier.start })),
    ];
  });
}

function unlessEmpty(when: money.PriceCondition): money.PriceCondition | undefined {
  return Object.keys(when).length === 0 ? undefined : when;
}

/** `16:30:00Z` as minutes since midnight UTC. */
function minuteOf(time: string): number {
  const [, hours, minutes] = /^(\d{2}):(\d{2}):00Z$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined) throw new Error(`no time of day in UTC: ${time}`);
  return Number(hours) * 60 + Number(minutes);
}
