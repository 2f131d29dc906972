/** What an offer can do. A capability is stated as yes, stated as no, or unstated: unstated is not no. */
export const CAPABILITIES = [
  "tools",
  "parallel_tools",
  "structured_output",
  "json_mode",
  "reasoning",
  "vision",
  "logprobs",
  "web_search",
  "prompt_cache",
  "streaming",
  "batch",
  "fine_tuning",
] as const;
export type Capability = (typeof CAPABILITIES)[number];

const SPELLINGS: { readonly [spelling: string]: Capability } = {
  ...Object.fromEntries(CAPABILITIES.map((capability) => [capability, capability])),
  tool: "tools",
  tool_use: "tools",
  tool_calling: "tools",
  function_calling: "tools",
  "function-calling": "tools",
  parallel_tool_calls: "parallel_tools",
  structured_outputs: "structured_output",
  "structured-outputs": "structured_output",
  structured_decoding: "structured_output",
  json: "json_mode",
  json_object: "json_mode",
  "json-mode": "json_mode",
  thinking: "reasoning",
  reasoning_effort: "reasoning",
  prompt_caching: "prompt_cache",
  finetuning: "fine_tuning",
};

/** The capability that a spelling means, or nothing for a word never seen. */
export function capabilityOf(spelling: string): Capability | undefined {
  const word = spelling.toLowerCase();
  return Object.hasOwn(SPELLINGS, word) ? SPELLINGS[word] : undefined;
}
