/** What a model is for: the Hugging Face vocabulary of tasks, and the words that other upstreams use for the same. */
import { PIPELINE_TYPES_SET } from "@huggingface/tasks";

const SPELLINGS: { readonly [spelling: string]: string } = {
  chat: "text-generation",
  language: "text-generation",
  llm: "text-generation",
  completion: "text-generation",
  text2text: "text-generation",
  code: "text-generation",
  image2text: "image-text-to-text",
  embedding: "feature-extraction",
  embeddings: "feature-extraction",
  rerank: "text-ranking",
  reranker: "text-ranking",
  moderation: "text-classification",
  transcribe: "automatic-speech-recognition",
  transcription: "automatic-speech-recognition",
  speech: "text-to-speech",
  tts: "text-to-speech",
  conversational: "text-generation",
};

/** Tasks by what goes in and comes out: the rule for lists that state modalities and no task. */
const BY_OUTPUT: { readonly [output: string]: string } = {
  embeddings: "feature-extraction",
  scores: "text-ranking",
  image: "text-to-image",
  video: "text-to-video",
  audio: "text-to-speech",
};

/** Every task that the Hub knows. */
export const TASKS: readonly string[] = [...PIPELINE_TYPES_SET];

/** The task that a spelling means, or nothing for a word never seen. */
export function taskOf(spelling: string): string | undefined {
  const word = spelling.toLowerCase();
  if (Object.hasOwn(SPELLINGS, word)) return SPELLINGS[word];
  return (PIPELINE_TYPES_SET as ReadonlySet<string>).has(word) ? word : undefined;
}

/** The task that modalities make certain, or nothing where several would fit. */
export function taskOfModalities(input: readonly string[], output: readonly string[]): string | undefined {
  const [only, ...others] = output;
  if (only === undefined || others.length > 0) return undefined;
  if (only === "text") {
    if (input.includes("audio") && !input.includes("text")) return "automatic-speech-recognition";
    return input.includes("image") || input.includes("video") ? "image-text-to-text" : "text-generation";
  }
  return input.includes("text") ? BY_OUTPUT[only] : undefined;
}
