/** OpenRouter's price sheet: dollars per token as text, conditions in `overrides`, and what its zeros mean. */
import * as z from "zod";
import {
  conditionKey,
  prices,
  unlessAllZero,
  usdPerCharacter,
  usdPerImage,
  usdPerRequest,
  usdPerSearch,
  usdPerToken,
  type Amount as WireAmount,
  type Price,
  type PriceCondition,
} from "../domain/price.ts";
import { Amount, Count, used } from "./wire.ts";

const Meters = z.object({
  prompt: Amount,
  completion: Amount,
  input_cache_read: Amount,
  input_cache_write: Amount,
  input_cache_write_1h: Amount,
  image: Amount,
  image_token: Amount,
  image_output: Amount,
  audio: Amount,
  audio_output: Amount,
  input_audio_cache: Amount,
  internal_reasoning: Amount,
  request: Amount,
  web_search: Amount,
});
type Meters = z.infer<typeof Meters>;

/** A time of day as an integer: 1630 is 16:30 UTC. */
const Clock = z.number().int().min(0).max(2400).nullish();
const Override = Meters.extend({ min_prompt_tokens: Count, utc_start: Clock, utc_end: Clock });

export const OpenRouterPricing = Meters.extend({ overrides: z.array(Override).nullish() });
export type OpenRouterPricing = z.infer<typeof OpenRouterPricing>;

/** What a row's prices depend on beside the sheet itself. */
export interface PricedRow {
  readonly outputs: readonly string[];
  /** The upstream says that a use costs nothing. */
  readonly free: boolean;
}

/** The prices of one row; an override states only what it states, the rest is the base's. */
export function openRouterPrices(pricing: OpenRouterPricing, row: PricedRow): readonly Price[] {
  const meters = meterReader(pricing, row);
  const overrides = (pricing.overrides ?? []).map((override) => meters(override, conditionOf(override)));
  const all = lastOfEach([meters(pricing, undefined), ...overrides].flat());
  return row.free ? all : unlessAllZero(all);
}

/** True where the router chooses a model, and so a price, for each request. */
export function isDynamic(pricing: OpenRouterPricing): boolean {
  return usdPerToken(pricing.prompt) === "dynamic";
}

function meterReader(base: Meters, { outputs, free }: PricedRow) {
  // A zero beside media means "priced in a unit that this list does not show"; beside text it is a price.
  const amount = free || outputs.length === 0 || outputs.includes("text") ? (wire: WireAmount) => wire : used;
  // The reference says "per input image". Since 2026 the rows with a price for `audio` tokens state image tokens there.
  const usdPerImageInput = used(base.audio) === undefined ? usdPerImage : usdPerToken;
  const usdPerInput = inputUnit(base, outputs);
  return (sheet: Meters, when: PriceCondition | undefined): readonly Price[] => [
    ...prices(
      {
        input: usdPerInput(amount(sheet.prompt)),
        output: usdPerToken(amount(sheet.completion)),
        cache_read: usdPerToken(used(sheet.input_cache_read)),
        cache_write: usdPerToken(used(sheet.input_cache_write)),
        reasoning: usdPerToken(used(sheet.internal_reasoning)),
        image_input: usdPerImageInput(used(sheet.image)),
        // Both names state one price wherever both are there.
        image_output: usdPerToken(used(sheet.image_output) ?? used(sheet.image_token)),
        audio_input: usdPerToken(used(sheet.audio)),
        audio_output: usdPerToken(used(sheet.audio_output)),
        audio_cache_read: usdPerToken(used(sheet.input_audio_cache)),
        request: usdPerRequest(used(sheet.request)),
        search: usdPerSearch(used(sheet.web_search)),
      },
      when,
    ),
    ...prices({ cache_write: usdPerToken(used(sheet.input_cache_write_1h)) }, { ...when, ttl: "1h" }),
  ];
}

/** Speech without a price for output counts characters; transcription counts seconds, minutes or hours, and does not say which. */
function inputUnit(
  base: Meters,
  outputs: readonly string[],
): (wire: WireAmount) => ReturnType<typeof usdPerToken> {
  if (used(base.completion) !== undefined) return usdPerToken;
  if (outputs.includes("speech")) return usdPerCharacter;
  return outputs.includes("transcription") ? () => undefined : usdPerToken;
}

function conditionOf({
  min_prompt_tokens: over,
  utc_start: from,
  utc_end: to,
}: z.infer<typeof Override>): PriceCondition {
  return {
    ...(typeof over === "number" ? { promptTokensOver: over } : {}),
    ...(typeof from === "number" && typeof to === "number"
      ? { utc: { from: minuteOf(from), to: minuteOf(to) } }
      : {}),
  };
}

function minuteOf(clock: number): number {
  return Math.trunc(clock / 100) * 60 + (clock % 100);
}

/** "Later wins": of two prices of one meter under one condition the last is kept. */
function lastOfEach(list: readonly Price[]): readonly Price[] {
  return [...new Map(list.map((price) => [`${price.meter}|${conditionKey(price.when)}`, price])).values()];
}
