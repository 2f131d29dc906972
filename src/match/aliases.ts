/** Ids that mean something else than they say: what moves, what was renamed, what a gateway abbreviates. Each with where it is said. */

/** An id that stands for one model today and for another tomorrow: never a link. */
interface MovingAlias {
  readonly gateway: string;
  readonly nativeId: string;
  readonly source: string;
  /** What it stood for, the oldest first; days are UTC. */
  readonly stoodFor: readonly { readonly model: string; readonly since: string }[];
}

const DEEPSEEK_NEWS = "https://api-docs.deepseek.com/updates";

export const MOVING_ALIASES: readonly MovingAlias[] = [
  {
    gateway: "deepseek",
    nativeId: "deepseek-chat",
    source: DEEPSEEK_NEWS,
    stoodFor: [
      { model: "deepseek-ai/DeepSeek-V3", since: "2024-12-26" },
      { model: "deepseek-ai/DeepSeek-V3-0324", since: "2025-03-24" },
      { model: "deepseek-ai/DeepSeek-V3.1", since: "2025-08-21" },
      { model: "deepseek-ai/DeepSeek-V3.1-Terminus", since: "2025-09-22" },
      { model: "deepseek-ai/DeepSeek-V3.2-Exp", since: "2025-09-29" },
      { model: "deepseek-ai/DeepSeek-V3.2", since: "2025-12-01" },
    ],
  },
  {
    gateway: "deepseek",
    nativeId: "deepseek-reasoner",
    source: DEEPSEEK_NEWS,
    stoodFor: [
      { model: "deepseek-ai/DeepSeek-R1", since: "2025-01-20" },
      { model: "deepseek-ai/DeepSeek-R1-0528", since: "2025-05-28" },
      { model: "deepseek-ai/DeepSeek-V3.1", since: "2025-08-21" },
      { model: "deepseek-ai/DeepSeek-V3.1-Terminus", since: "2025-09-22" },
      { model: "deepseek-ai/DeepSeek-V3.2-Exp", since: "2025-09-29" },
      { model: "deepseek-ai/DeepSeek-V3.2", since: "2025-12-01" },
    ],
  },
];

/** Hub repositories under their former and their present name; the Hub redirects from the one to the other. */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ["meta-llama/meta-llama-3.1-8b", "meta-llama/Llama-3.1-8B"],
  ["meta-llama/meta-llama-3.1-8b-instruct", "meta-llama/Llama-3.1-8B-Instruct"],
  ["meta-llama/meta-llama-3.1-70b", "meta-llama/Llama-3.1-70B"],
  ["meta-llama/meta-llama-3.1-70b-instruct", "meta-llama/Llama-3.1-70B-Instruct"],
  ["meta-llama/meta-llama-3.1-405b", "meta-llama/Llama-3.1-405B"],
  ["meta-llama/meta-llama-3.1-405b-instruct", "meta-llama/Llama-3.1-405B-Instruct"],
  ["meta-llama/meta-llama-3.1-405b-instruct-fp8", "meta-llama/Llama-3.1-405B-Instruct-FP8"],
]);

/** Ids that leave out what their gateway's own documentation says of them. */
interface DocumentedId {
  readonly model: string;
  readonly source: string;
}

const CEREBRAS_MODELS = "https://inference-docs.cerebras.ai/models/overview";
const GROQ_MODELS = "https://console.groq.com/docs/models";
const GROQ_PAST = "https://console.groq.com/docs/deprecations";
const FIREWORKS_MODELS = "https://fireworks.ai/models";
const BEDROCK_META = "https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-meta.html";

/** By gateway and id, as `linkOffers` reads it: decorations taken away, in small letters. */
export const DOCUMENTED_IDS: ReadonlyMap<string, DocumentedId> = new Map(
  Object.entries({
    "cerebras/llama3.1-8b": { model: "meta-llama/Llama-3.1-8B-Instruct", source: CEREBRAS_MODELS },
    "cerebras/llama-3.3-70b": { model: "meta-llama/Llama-3.3-70B-Instruct", source: CEREBRAS_MODELS },
    "cerebras/qwen-3-coder-480b": { model: "Qwen/Qwen3-Coder-480B-A35B-Instruct", source: CEREBRAS_MODELS },
    "groq/llama-3.1-8b-instant": { model: "meta-llama/Llama-3.1-8B-Instruct", source: GROQ_MODELS },
    "groq/llama-3.3-70b-versatile": { model: "meta-llama/Llama-3.3-70B-Instruct", source: GROQ_MODELS },
    "groq/llama-3.1-70b-versatile": { model: "meta-llama/Llama-3.1-70B-Instruct", source: GROQ_PAST },
    "groq/llama3-8b-8192": { model: "meta-llama/Meta-Llama-3-8B-Instruct", source: GROQ_PAST },
    "groq/llama3-70b-8192": { model: "meta-llama/Meta-Llama-3-70B-Instruct", source: GROQ_PAST },
    "groq/mixtral-8x7b-32768": { model: "mistralai/Mixtral-8x7B-Instruct-v0.1", source: GROQ_PAST },
    "fireworks/llama4-maverick-instruct-basic": {
      model: "meta-llama/Llama-4-Maverick-17B-128E-Instruct",
      source: FIREWORKS_MODELS,
    },
    "fireworks/llama4-scout-instruct-basic": {
      model: "meta-llama/Llama-4-Scout-17B-16E-Instruct",
      source: FIREWORKS_MODELS,
    },
    "bedrock/meta.llama3-2-11b-instruct": {
      model: "meta-llama/Llama-3.2-11B-Vision-Instruct",
      source: BEDROCK_META,
    },
    "bedrock/meta.llama3-2-90b-instruct": {
      model: "meta-llama/Llama-3.2-90B-Vision-Instruct",
      source: BEDROCK_META,
    },
    "bedrock/meta.llama4-maverick-17b-instruct": {
      model: "meta-llama/Llama-4-Maverick-17B-128E-Instruct",
      source: BEDROCK_META,
    },
    "bedrock/meta.llama4-scout-17b-instruct": {
      model: "meta-llama/Llama-4-Scout-17B-16E-Instruct",
      source: BEDROCK_META,
    },
  }),
);
