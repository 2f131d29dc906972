/** What goes in and what comes out, in the field's words; every spelling seen upstream is translated here, once. */
export const MODALITIES = ["text", "image", "audio", "video", "file", "embeddings", "scores"] as const;
export type Modality = (typeof MODALITIES)[number];

const SPELLINGS: { readonly [spelling: string]: Modality } = {
  text: "text",
  image: "image",
  images: "image",
  vision: "image",
  audio: "audio",
  speech: "audio",
  video: "video",
  file: "file",
  pdf: "file",
  document: "file",
  embedding: "embeddings",
  embeddings: "embeddings",
  transcription: "text",
  rerank: "scores",
  scores: "scores",
};

/** The modality that a spelling means, or nothing for a word never seen. */
export function modalityOf(spelling: string): Modality | undefined {
  const word = spelling.toLowerCase();
  return Object.hasOwn(SPELLINGS, word) ? SPELLINGS[word] : undefined;
}
