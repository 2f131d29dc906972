/** OpenAI: models of every kind in one list that tells none of them apart; their names do. Fine-tuned models are their account's. */
import { bearer } from "../kit/auth.ts";
import { openaiChat } from "../kit/call.ts";
import { definePlainList } from "../kit/openai-list.ts";
import { fromUnixSeconds } from "../kit/wire.ts";

const BASE_URL = "https://api.openai.com/v1";

/** The words by which OpenAI names what is no chat model; the first that fits. */
const KINDS: readonly (readonly [word: RegExp, task: string | undefined])[] = [
  [/embedding/, "feature-extraction"],
  [/moderation/, "text-classification"],
  [/whisper|transcribe/, "automatic-speech-recognition"],
  [/\btts\b/, "text-to-speech"],
  [/^sora\b/, "text-to-video"],
  [/\bimage\b|^dall-e/, "text-to-image"],
  [/\b(?:realtime|audio|live)\b/, undefined],
];
/** Families that answer to chat completions, and their members that answer to other endpoints only. */
const CHATS = /^(?:ft:)?(?:gpt-\d|o\d|chatgpt|chat-)/;
const CHATS_NOT = /\b(?:pro|codex|deep-research|instruct)\b/;

export const openai = definePlainList({
  id: "openai",
  title: "OpenAI",
  docs: "https://platform.openai.com/docs/api-reference/models/list",
  gateway: "openai",
  baseUrl: BASE_URL,
  auth: bearer("OPENAI_API_KEY"),
  facts: ({ id, created }) => {
    const kind = KINDS.find(([word]) => word.test(id));
    const chats = kind === undefined && CHATS.test(id);
    return {
      createdAt: fromUnixSeconds(created),
      // `owned_by` is the owner's account, "system" for most.
      task: chats ? "text-generation" : kind?.[1],
      outputModalities: chats ? ["text"] : undefined,
      visibility: id.startsWith("ft:") ? "account" : undefined,
      call: chats && !CHATS_NOT.test(id) ? openaiChat(BASE_URL, id) : undefined,
    };
  },
});
