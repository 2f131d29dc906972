/** Ready calls by protocol and language, and the name under which people already have a gateway's key. */
import { ANTHROPIC_MESSAGES } from "./anthropic.ts";
import { BEDROCK_CONVERSE } from "./bedrock.ts";
import type { Snippets } from "./call.ts";
import { GOOGLE_GENERATE } from "./google.ts";
import { OPENAI_CHAT, OPENAI_RESPONSES } from "./openai.ts";

const PROTOCOLS: ReadonlyMap<string, Snippets> = new Map([
  ["openai-chat", OPENAI_CHAT],
  ["openai-responses", OPENAI_RESPONSES],
  ["anthropic-messages", ANTHROPIC_MESSAGES],
  ["google-generate", GOOGLE_GENERATE],
  ["bedrock-converse", BEDROCK_CONVERSE],
]);

export function snippetsOf(protocol: string): Snippets | undefined {
  return PROTOCOLS.get(protocol);
}

/** Where the name is not the gateway's own with `_API_KEY` behind it. */
const KEY_NAMES: ReadonlyMap<string, string> = new Map([
  ["bedrock", "AWS_BEARER_TOKEN_BEDROCK"],
  ["cloudflare", "CLOUDFLARE_API_TOKEN"],
  ["github", "GITHUB_TOKEN"],
  ["google", "GEMINI_API_KEY"],
  ["huggingface", "HF_TOKEN"],
  ["llama-cpp", "LLAMA_API_KEY"],
  ["moonshotai", "MOONSHOT_API_KEY"],
  ["replicate", "REPLICATE_API_TOKEN"],
  ["vercel", "AI_GATEWAY_API_KEY"],
]);

export function keyName(gateway: string): string {
  return KEY_NAMES.get(gateway) ?? `${gateway.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_")}_API_KEY`;
}
