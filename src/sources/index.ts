/** The registry: every upstream that we read, in the order in which they are shown. */
import type { Source } from "../kit/source.ts";
import { cerebrasAccount } from "./cerebras-account.ts";
import { cerebras } from "./cerebras.ts";
import { chutes } from "./chutes.ts";
import { deepinfra } from "./deepinfra.ts";
import { featherless } from "./featherless.ts";
import { fireworksAccount } from "./fireworks-account.ts";
import { fireworks } from "./fireworks.ts";
import { genaiPrices } from "./genai-prices.ts";
import { google } from "./google.ts";
import { groq } from "./groq.ts";
import { huggingfaceRouter } from "./huggingface-router.ts";
import { nebiusAccount } from "./nebius-account.ts";
import { nebius } from "./nebius.ts";
import { novita } from "./novita.ts";
import { openrouter } from "./openrouter.ts";
import { portkey } from "./portkey.ts";
import { together } from "./together.ts";
import { xai } from "./xai.ts";

export const SOURCES: readonly Source[] = [
  openrouter,
  huggingfaceRouter,
  portkey,
  featherless,
  deepinfra,
  chutes,
  groq,
  together,
  fireworks,
  fireworksAccount,
  google,
  xai,
  nebius,
  nebiusAccount,
  cerebras,
  cerebrasAccount,
  novita,
  genaiPrices,
];
