/** How gateways name models: facts about each of them, as data. */

/** Gateways whose native ids are `lab/name`, so that the id itself says which model it is. */
export const LAB_NAME_GATEWAYS: ReadonlySet<string> = new Set([
  "baseten",
  "chutes",
  "deepinfra",
  "featherless",
  "github",
  "groq",
  "huggingface",
  "hyperbolic",
  "kilo",
  "nebius",
  "novita",
  "nscale",
  "nvidia",
  "openrouter",
  "together",
  "vercel",
  "zenmux",
]);

/** Gateways that serve their own lab's models under the bare name, and what stands before it. */
export const OWN_LABS: ReadonlyMap<string, { readonly lab: string; readonly prefix: string }> = new Map([
  ["anthropic", { lab: "anthropic", prefix: "" }],
  ["cohere", { lab: "cohere", prefix: "" }],
  ["deepseek", { lab: "deepseek-ai", prefix: "" }],
  ["google", { lab: "google", prefix: "models/" }],
  ["moonshotai", { lab: "moonshotai", prefix: "" }],
  ["openai", { lab: "openai", prefix: "" }],
  ["xai", { lab: "x-ai", prefix: "" }],
  ["zai", { lab: "zai-org", prefix: "" }],
]);
