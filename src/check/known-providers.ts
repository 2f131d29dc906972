/** The providers as they were known when this was written: their names, and what is left to say when nobody answers. */

export const KNOWN_AT = Date.UTC(2026, 7, 20);

/** By id. A provider that is not here is told of all the same, under its id. */
export const PROVIDER_NAMES: { readonly [id: string]: string } = {
  baseten: "Baseten",
  cerebras: "Cerebras",
  cohere: "Cohere",
  deepinfra: "DeepInfra",
  "fal-ai": "Fal AI",
  "featherless-ai": "Featherless AI",
  "fireworks-ai": "Fireworks",
  groq: "Groq",
  "hf-inference": "HF Inference",
  novita: "Novita",
  nscale: "Nscale",
  ovhcloud: "OVHcloud AI Endpoints",
  publicai: "Public AI",
  replicate: "Replicate",
  scaleway: "Scaleway",
  together: "Together",
  wavespeed: "WaveSpeedAI",
  "zai-org": "Z.ai",
};
