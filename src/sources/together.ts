/** Together: a bare array; `type` decides task, modalities and the unit of the price. */
import * as z from "zod";
import {
  prices,
  unlessAllZero,
  usdPerMillionCharacters,
  usdPerMillionTokens,
  type Price,
} from "../domain/price.ts";
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { singlePage } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Amount, Count, fromUnixSeconds, Id, stated, Text, UnixSeconds, used } from "../kit/wire.ts";

const Pricing = z.object({ input: Amount, output: Amount, cached_input: Amount });

const Model = z.object({
  id: Id,
  created: UnixSeconds,
  type: Text,
  display_name: Text,
  organization: Text,
  license: Text,
  context_length: Count,
  config: z.object({ max_output_length: Count }).nullish(),
  pricing: Pricing.nullish(),
});

const BASE_URL = "https://api.together.xyz/v1";

/** What a type says for certain: the chat models that see are not told from the others. */
const KINDS: {
  readonly [type: string]: {
    readonly task?: string;
    readonly input?: readonly string[];
    readonly output: readonly string[];
  };
} = {
  chat: { output: ["text"] },
  language: { output: ["text"] },
  code: { output: ["text"] },
  moderation: { output: ["text"] },
  image: { task: "text-to-image", output: ["image"] },
  video: { task: "text-to-video", output: ["video"] },
  audio: { task: "text-to-speech", input: ["text"], output: ["audio"] },
  transcribe: { input: ["audio"], output: ["text"] },
  embedding: { output: ["embeddings"] },
  rerank: { output: ["scores"] },
};

export const together = defineSource({
  id: "together",
  title: "Together AI",
  docs: "https://docs.together.ai/reference/models-1",
  gateway: "together",
  authority: "own",
  priceUnit: "US dollars per million tokens, as numbers; per million characters for speech",
  baseUrl: BASE_URL,
  auth: bearer("TOGETHER_API_KEY", "TOGETHERAI_API_KEY", "TOGETHER_AI_API_KEY"),
  views: [{ name: "models", path: "/models" }],
  paging: singlePage,
  items: "",
  item: Model,
  listings: (model) => {
    const type = model.type ?? "";
    const kind = Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
    return [
      {
        nativeId: model.id,
        provider: "together",
        name: stated(model.display_name),
        lab: stated(model.organization),
        createdAt: fromUnixSeconds(model.created),
        task: kind?.task ?? type,
        inputModalities: kind?.input,
        outputModalities: kind?.output,
        contextTokens: stated(model.context_length),
        outputTokensMax: stated(model.config?.max_output_length),
        prices: pricesOf(type, model.pricing ?? {}),
        billing: stated(used(model.pricing?.input)) === undefined ? undefined : "metered",
        // `link` is no id: it names another model often enough (a hosted one's open sibling, the version before).
        license: stated(model.license),
        call: type === "chat" ? openaiChat(BASE_URL, model.id) : undefined,
      },
    ];
  },
});

/** Zeros are "not priced here", on media always and on chat too. Speech counts characters where it has no price for output; transcription's unit is not stated. */
function pricesOf(
  type: string,
  { input, output, cached_input: cached }: z.infer<typeof Pricing>,
): readonly Price[] {
  if (type === "transcribe") return [];
  if (type === "audio")
    return used(output) === undefined ? prices({ input: usdPerMillionCharacters(used(input)) }) : [];
  const usd = usdPerMillionTokens;
  return unlessAllZero(prices({ input: usd(input), output: usd(output), cache_read: usd(used(cached)) }));
}
