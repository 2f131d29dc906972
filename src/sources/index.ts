/** The registry: every upstream that we read, in the order in which they are shown. */
import type { Source } from "../kit/source.ts";
import { anthropic } from "./anthropic.ts";
import { baseten } from "./baseten.ts";
import { bedrock } from "./bedrock.ts";
import { cerebrasAccount } from "./cerebras-account.ts";
import { cerebras } from "./cerebras.ts";
import { chutes } from "./chutes.ts";
import { cloudflare } from "./cloudflare.ts";
import { cohere } from "./cohere.ts";
import { deepinfraList } from "./deepinfra-list.ts";
import { deepinfra } from "./deepinfra.ts";
import { deepseek } from "./deepseek.ts";
import { featherless } from "./featherless.ts";
import { fireworksAccount } from "./fireworks-account.ts";
import { fireworks } from "./fireworks.ts";
import { genaiPrices } from "./genai-prices.ts";
import { github } from "./github.ts";
import { google } from "./google.ts";
import { groq } from "./groq.ts";
import { huggingfaceHub } from "./huggingface-hub.ts";
import { huggingfaceRouter } from "./huggingface-router.ts";
import { huggingface } from "./huggingface.ts";
import { hyperbolic } from "./hyperbolic.ts";
import { kilo } from "./kilo.ts";
import { llamaCpp } from "./llama-cpp.ts";
import { lmStudio } from "./lm-studio.ts";
import { mistral } from "./mistral.ts";
import { modelsDev } from "./models-dev.ts";
import { moonshot } from "./moonshot.ts";
import { nebiusAccount } from "./nebius-account.ts";
import { nebius } from "./nebius.ts";
import { novita } from "./novita.ts";
import { nscale } from "./nscale.ts";
import { nvidia } from "./nvidia.ts";
import { ollama } from "./ollama.ts";
import { openaiCompatible } from "./openai-compatible.ts";
import { openai } from "./openai.ts";
import { openrouterEndpoints } from "./openrouter-endpoints.ts";
import { openrouter } from "./openrouter.ts";
import { perplexity } from "./perplexity.ts";
import { portkey } from "./portkey.ts";
import { replicate } from "./replicate.ts";
import { requesty } from "./requesty.ts";
import { sambanova } from "./sambanova.ts";
import { together } from "./together.ts";
import { venice } from "./venice.ts";
import { vercel } from "./vercel.ts";
import { vllm } from "./vllm.ts";
import { xaiLanguage } from "./xai-language.ts";
import { xai } from "./xai.ts";
import { zai } from "./zai.ts";
import { zenmux } from "./zenmux.ts";

export const SOURCES: readonly Source[] = [
  openrouter,
  openrouterEndpoints,
  huggingface,
  huggingfaceHub,
  huggingfaceRouter,
  portkey,
  featherless,
  deepinfra,
  deepinfraList,
  chutes,
  groq,
  together,
  fireworks,
  fireworksAccount,
  google,
  xai,
  xaiLanguage,
  nebius,
  nebiusAccount,
  cerebras,
  cerebrasAccount,
  novita,
  openai,
  anthropic,
  mistral,
  cohere,
  sambanova,
  vercel,
  nvidia,
  github,
  perplexity,
  deepseek,
  hyperbolic,
  nscale,
  moonshot,
  zai,
  baseten,
  venice,
  zenmux,
  requesty,
  kilo,
  cloudflare,
  replicate,
  bedrock,
  ollama,
  lmStudio,
  llamaCpp,
  vllm,
  openaiCompatible,
  modelsDev,
  genaiPrices,
];
