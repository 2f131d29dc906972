/**
 * Usage objects as vendors return them, each read by its own rule: what is counted inside what differs from one to the
 * other. `docs/prices.md` names the page that each rule comes from.
 */
import { add, compareDecimals, subtract, type Decimal } from "../domain/decimal.ts";
import { isFields, sheetOf, type Fields, type Sheet } from "./sheet.ts";
import { BadUsage, TIERS, type Quantity, type Usage } from "./usage.ts";

export const DIALECTS = ["openai-chat", "openai-responses", "anthropic", "google", "seconds"] as const;
export type Dialect = (typeof DIALECTS)[number];

/** The dialect that a usage object speaks, by the keys that only one has; nothing where it is no usage of a vendor. */
export function dialectOf(stated: object): Dialect | undefined {
  const usage = unwrapped(snakeCased(stated)).usage;
  const has = (...keys: readonly string[]) => keys.some((key) => key in usage);
  if (has("prompt_token_count", "candidates_token_count", "total_token_count")) return "google";
  if (has("prompt_tokens", "completion_tokens")) return "openai-chat";
  if (has("cache_read_input_tokens", "cache_creation_input_tokens", "cache_creation", "server_tool_use"))
    return "anthropic";
  if (has("input_tokens", "output_tokens")) return "openai-responses";
  return has("seconds") ? "seconds" : undefined;
}

/** One request's usage, from the usage object or from the whole answer that it stands in. Throws `BadUsage`. */
export function vendorUsage(stated: object): Usage & { readonly dialect: Dialect } {
  const dialect = dialectOf(stated);
  if (dialect === undefined) throw new BadUsage(UNKNOWN);
  const { usage, serviceTier } = unwrapped(snakeCased(stated));
  const sheet = sheetOf(usage);
  const read = READERS[dialect](sheet);
  const word = serviceTier ?? sheet.word("service_tier");
  const tier = TIERS.find((one) => one === word);
  return {
    dialect,
    quantities: united(read.quantities),
    requests: ONE,
    ...(read.prompt === undefined ? {} : { promptTokens: read.prompt }),
    ...(tier === undefined ? {} : { tier }),
    ...(sheet.unread().length === 0 ? {} : { unread: sheet.unread() }),
  };
}

const UNKNOWN =
  'this is no usage that is known: OpenAI\'s (chat or responses), Anthropic\'s and Google\'s are, and amounts like {"input": 1000, "output": 200}';
const ONE: Decimal = { digits: 1n, scale: 0 };
const ZERO: Decimal = { digits: 0n, scale: 0 };

interface Read {
  readonly quantities: readonly Quantity[];
  readonly prompt?: Decimal;
}

const READERS: { readonly [dialect in Dialect]: (usage: Sheet) => Read } = {
  "openai-chat": chat,
  "openai-responses": responses,
  anthropic,
  google,
  seconds: (usage) => ({
    quantities: [{ meter: "audio_input", unit: "second", count: usage.count("seconds") }],
  }),
};

/** What is cached and what is audio lies inside the prompt; reasoning inside the completion, unless the total counts it apart. */
function chat(usage: Sheet): Read {
  const prompt = usage.count("prompt_tokens");
  const completion = usage.count("completion_tokens");
  const cached = usage.first(
    "prompt_tokens_details.cached_tokens",
    "prompt_cache_hit_tokens",
    "cached_tokens",
  );
  const written = usage.count("prompt_tokens_details.cache_write_tokens");
  const audio = usage.count("prompt_tokens_details.audio_tokens");
  const reasoning = usage.count("completion_tokens_details.reasoning_tokens");
  const spoken = usage.count("completion_tokens_details.audio_tokens");
  usage.know(
    "total_tokens",
    "prompt_cache_miss_tokens",
    "prompt_tokens_details.text_tokens",
    "prompt_tokens_details.image_tokens",
    "prompt_tokens_details.video_tokens",
    "completion_tokens_details.text_tokens",
    "completion_tokens_details.accepted_prediction_tokens",
    "completion_tokens_details.rejected_prediction_tokens",
  );
  const apart = add(add(prompt, completion), reasoning);
  const isBeside = reasoning.digits !== 0n && compareDecimals(usage.count("total_tokens"), apart) === 0;
  return {
    prompt,
    quantities: [
      ...inputParts({ prompt, cached, written, audio }),
      token("output", minus("completion", completion, isBeside ? ZERO : reasoning, spoken)),
      token("reasoning", reasoning),
      token("audio_output", spoken),
      { meter: "search", unit: "search", count: usage.count("num_search_queries") },
    ],
  };
}

/** What is cached lies inside the input, reasoning inside the output. Pictures that are made are told by their input. */
function responses(usage: Sheet): Read {
  const prompt = usage.count("input_tokens");
  const output = usage.count("output_tokens");
  const details = usage.has("input_tokens_details") ? "input_tokens_details" : "input_token_details";
  const cached = usage.count(`${details}.cached_tokens`);
  const audio = usage.count(`${details}.audio_tokens`);
  const reasoning = usage.count("output_tokens_details.reasoning_tokens");
  const written = usage.count("output_tokens_details.text_tokens");
  const draws = usage.has(`${details}.image_tokens`);
  usage.know("total_tokens", `${details}.image_tokens`, `${details}.text_tokens`, "type");
  usage.know("output_tokens_details.image_tokens");
  const rest = minus("output", output, reasoning, draws ? written : ZERO);
  return {
    prompt,
    quantities: [
      ...inputParts({ prompt, cached, written: ZERO, audio }),
      token(draws ? "image_output" : "output", rest),
      token("output", draws ? written : ZERO),
      token("reasoning", reasoning),
    ],
  };
}

/** What is read from a cache and written into it stands beside the input; reasoning is output and is not told apart. */
function anthropic(usage: Sheet): Read {
  const input = usage.count("input_tokens");
  const read = usage.count("cache_read_input_tokens");
  const hour = usage.count("cache_creation.ephemeral_1h_input_tokens");
  const minutes = usage.count("cache_creation.ephemeral_5m_input_tokens");
  const written = usage.has("cache_creation_input_tokens")
    ? usage.count("cache_creation_input_tokens")
    : add(hour, minutes);
  usage.know("service_tier", "inference_geo");
  return {
    prompt: add(add(input, read), written),
    quantities: [
      token("input", input),
      token("cache_read", read),
      token("cache_write", minus("cache_creation_input_tokens", written, hour)),
      { ...token("cache_write", hour), ttl: "1h" },
      token("output", usage.count("output_tokens")),
      { meter: "search", unit: "search", count: usage.count("server_tool_use.web_search_requests") },
    ],
  };
}

/** What is cached lies inside the prompt; thoughts and the prompts of tools stand beside. */
function google(usage: Sheet): Read {
  const prompt = usage.count("prompt_token_count");
  const tools = usage.count("tool_use_prompt_token_count");
  const cached = usage.count("cached_content_token_count");
  const audio = usage.modality("prompt_tokens_details", "AUDIO");
  const cachedAudio = usage.modality("cache_tokens_details", "AUDIO");
  const candidates = usage.first("candidates_token_count", "response_token_count");
  const drawn = usage.modality("candidates_tokens_details", "IMAGE");
  const spoken = usage.modality("candidates_tokens_details", "AUDIO");
  usage.know("total_token_count", "tool_use_prompt_tokens_details", "traffic_type");
  return {
    prompt: add(prompt, tools),
    quantities: [
      ...inputParts({ prompt, cached, written: ZERO, audio, cachedAudio }),
      token("input", tools),
      token("output", minus("candidates", candidates, drawn, spoken)),
      token("reasoning", usage.count("thoughts_token_count")),
      token("image_output", drawn),
      token("audio_output", spoken),
    ],
  };
}

/** A prompt in parts that do not overlap. Where the parts are more than the whole, some of what is cached is audio. */
function inputParts({
  prompt,
  cached,
  written,
  audio,
  cachedAudio = ZERO,
}: {
  readonly prompt: Decimal;
  readonly cached: Decimal;
  readonly written: Decimal;
  readonly audio: Decimal;
  readonly cachedAudio?: Decimal;
}): readonly Quantity[] {
  const overlap = subtract(add(add(cached, written), audio), prompt);
  const both = compareDecimals(overlap, cachedAudio) > 0 ? overlap : cachedAudio;
  const heard = minus("prompt (its cached and audio tokens)", audio, both);
  return [
    token("input", minus("prompt", prompt, cached, written, heard)),
    token("cache_read", minus("cached", cached, both)),
    token("cache_write", written),
    token("audio_cache_read", both),
    token("audio_input", heard),
  ];
}

/** One quantity for each meter, and none of nothing. */
function united(quantities: readonly Quantity[]): readonly Quantity[] {
  const kinds = Map.groupBy(quantities, ({ meter, unit, ttl }) => `${meter} ${unit} ${ttl}`);
  return [...kinds.values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const count = others.reduce((sum, other) => add(sum, other.count), first.count);
    return count.digits === 0n ? [] : [{ ...first, count }];
  });
}

function token(meter: Quantity["meter"], count: Decimal): Quantity {
  return { meter, unit: "token", count };
}

function minus(what: string, whole: Decimal, ...parts: readonly Decimal[]): Decimal {
  const rest = parts.reduce(subtract, whole);
  if (rest.digits < 0n) throw new BadUsage(`the parts of the ${what} are more than all of it`);
  return rest;
}

/** `promptTokenCount` and `prompt_token_count` are one key: the same vendor's clients write both. */
function snakeCased(value: object): Fields {
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      isFields(inner) ? snakeCased(inner) : inner,
    ]),
  );
}

/** The usage inside a whole answer, with the tier that the answer states. */
function unwrapped(answer: Fields): { readonly usage: Fields; readonly serviceTier?: unknown } {
  const inner = answer["usage"] ?? answer["usage_metadata"];
  return isFields(inner) ? { usage: inner, serviceTier: answer["service_tier"] } : { usage: answer };
}
