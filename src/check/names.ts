/** What callers write, made into what the Hub calls it; what could lead anywhere else is refused before a request is made. */
import { looksLikeToken } from "../domain/text.ts";

/** A name that cannot be asked about. The message says what would do, and never repeats what was written: it may be a token. */
export class BadName extends Error {
  readonly what: "model" | "provider" | "task" | "mode";

  constructor(what: BadName["what"], message: string) {
    super(message);
    this.name = "BadName";
    this.what = what;
  }
}

/** Any provider will do. */
export const ANY_PROVIDER = "auto";

/** Spellings in use, in lower case, and the id that the Hub knows. */
export const PROVIDER_SPELLINGS: { readonly [spelling: string]: string } = {
  all: ANY_PROVIDER,
  any: ANY_PROVIDER,
  deepinfra_ai: "deepinfra",
  fal: "fal-ai",
  "fal.ai": "fal-ai",
  featherless: "featherless-ai",
  fireworks: "fireworks-ai",
  "fireworks.ai": "fireworks-ai",
  coherelabs: "cohere",
  "cohere-labs": "cohere",
  hf: "hf-inference",
  huggingface: "hf-inference",
  "hugging-face": "hf-inference",
  "hf-inference-api": "hf-inference",
  "novita-ai": "novita",
  ovh: "ovhcloud",
  "public-ai": "publicai",
  togethercomputer: "together",
  "together-ai": "together",
  "together.ai": "together",
  wavespeedai: "wavespeed",
  "wavespeed-ai": "wavespeed",
  zai: "zai-org",
  "z-ai": "zai-org",
  "z.ai": "zai-org",
};

const WORD = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** One part of a Hub id: letters, digits, `_`, `-` and `.`, the last two not at an end. */
const ID_PART = /^\w(?:[\w.-]{0,94}\w)?$/;

/** The Hub's id of a model: `lab/name`, or the bare name of an old one. Throws `BadName`. */
export function modelNamed(written: string): string {
  const id = written.trim();
  if (looksLikeToken(id))
    throw new BadName("model", "that looks like a token, not like a model; it was not used");
  const parts = id.split("/");
  const isId =
    parts.length <= 2 && parts.every((part) => ID_PART.test(part) && !part.includes("..")) && isNoSuffix(id);
  if (!isId) throw new BadName("model", "a model is lab/name as the Hub spells it, like openai/gpt-oss-120b");
  return id;
}

/** The Hub's id of a provider, whatever its usual spelling. Throws `BadName`. */
export function providerNamed(written: string): string {
  if (looksLikeToken(written)) throw new BadName("provider", "that looks like a token, not like a provider");
  const word = written.trim().toLowerCase();
  const id = Object.hasOwn(PROVIDER_SPELLINGS, word) ? (PROVIDER_SPELLINGS[word] ?? word) : word;
  if (!WORD.test(id)) throw new BadName("provider", "a provider is a word like groq, fireworks-ai or auto");
  return id;
}

/** A task as the Hub spells it. Throws `BadName`. */
export function taskNamed(written: string): string {
  const word = written.trim().toLowerCase();
  if (!WORD.test(word) || looksLikeToken(written))
    throw new BadName("task", "a task is a word like conversational, text-generation or text-to-image");
  return word;
}

/** True for what the Hub itself may call a provider: more is believed of it than of a caller, but not everything. */
export function isProviderId(word: string): boolean {
  return WORD.test(word);
}

/** The Hub gives no repository such a name. */
function isNoSuffix(id: string): boolean {
  return !/\.(git|ipynb)$/i.test(id);
}
