/** ZenMux: a router whose prices are lists of tiers, each with its currency and its unit in words. */
import * as z from "zod";
import * as money from "../domain/price.ts";
import { bearer, optional } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Count, Flag, fromUnixSeconds, Id, stated, Text, UnixSeconds, WordList } from "../kit/wire.ts";
import { Tiers, tieredPrices, unreadUnits } from "../kit/zenmux-tiers.ts";

const Model = z.object({
  id: Id,
  display_name: Text,
  created: UnixSeconds,
  owned_by: Text,
  context_length: Count,
  input_modalities: WordList,
  output_modalities: WordList,
  capabilities: z.object({ reasoning: Flag }).nullish(),
  pricings: z
    .object({
      prompt: Tiers,
      completion: Tiers,
      input_cache_read: Tiers,
      input_cache_write: Tiers,
      input_cache_write_5_min: Tiers,
      input_cache_write_1_h: Tiers,
      internal_reasoning: Tiers,
      audio_input: Tiers,
      audio_cache_read: Tiers,
      request: Tiers,
      web_search: Tiers,
    })
    .nullish(),
});
type Model = z.infer<typeof Model>;

const BASE_URL = "https://zenmux.ai/api/v1";

export const zenmux = defineSource({
  id: "zenmux",
  title: "ZenMux",
  docs: "https://docs.zenmux.ai/api/openai/openai-list-models.html",
  gateway: "zenmux",
  authority: "own",
  priceUnit: "US dollars, as numbers; each price states its unit (`perMTokens` per million tokens)",
  baseUrl: BASE_URL,
  auth: optional(bearer("ZENMUX_API_KEY")),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "data",
  item: Model,
  listings: (model) => {
    const outputs = model.output_modalities ?? [];
    const isFree = model.display_name?.endsWith("(Free)") === true;
    const sheet = sheetOf(model, outputs);
    const prices = sheet.flatMap(([meter, tiers, when]) => tieredPrices(meter, tiers, when));
    const unread = sheet.flatMap(([meter, tiers]) => unreadUnits(meter, tiers));
    return [
      {
        nativeId: model.id,
        name: stated(model.display_name),
        lab: stated(model.owned_by),
        createdAt: fromUnixSeconds(model.created),
        contextTokens: stated(model.context_length),
        inputModalities: stated(model.input_modalities),
        outputModalities: outputs,
        capabilities: {
          reasoning: stated(model.capabilities?.reasoning),
          vision: outputs.includes("text") ? model.input_modalities?.includes("image") : undefined,
        },
        prices: isFree ? prices : money.unlessAllZero(prices),
        billing: isFree && money.allZero(prices) ? "free" : unread.length > 0 ? "metered" : undefined,
        tags: unread,
        call: outputs.includes("text") ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});

/** Which tiers price what. Embeddings have a completion of 0, which is no price. */
function sheetOf({ pricings }: Model, outputs: readonly string[]) {
  const { prompt, completion, ...rest } = pricings ?? {};
  const writes = outputs.includes("text") || outputs.includes("image");
  return [
    ["input", prompt],
    ["output", writes ? completion : undefined],
    ["cache_read", rest.input_cache_read],
    ["cache_write", rest.input_cache_write],
    ["cache_write", rest.input_cache_write_5_min, { ttl: "5m" }],
    ["cache_write", rest.input_cache_write_1_h, { ttl: "1h" }],
    ["reasoning", rest.internal_reasoning],
    ["audio_input", rest.audio_input],
    ["audio_cache_read", rest.audio_cache_read],
    ["request", rest.request],
    ["search", rest.web_search],
  ] as const satisfies readonly (readonly [money.Meter, z.infer<typeof Tiers>, money.PriceCondition?])[];
}
