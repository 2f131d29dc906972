/** How gateways name models: facts about each of them, as data, each with where it is said. */

/** What a gateway adds to a name that says how it serves the model, not which one it is. */
export interface Decoration {
  readonly pattern: RegExp;
  readonly becomes: string;
  /** Where it is said that this means nothing about the model. */
  readonly source: string;
}

export interface GatewayNames {
  /**
   * What its ids are: `hub` ids of the Hugging Face Hub, letter by letter; `lab-name`; `lab.name`; or `name` alone.
   * Without a word an id with a slash is read as `lab/name` where we know the lab.
   */
  readonly ids?: "hub" | "lab-name" | "lab.name" | "name";
  /** The lab whose own gateway it is: what has no other lab's name is its own. */
  readonly lab?: string;
  /** Taken away before anything is read, in this order. */
  readonly decorations?: readonly Decoration[];
  /** Words before a slash that say who serves, not who made. */
  readonly hosts?: readonly string[];
  /** It passes other gateways' ids on: the offer's provider is the gateway whose id it is. */
  readonly passesOn?: true;
  /** Its ids are this gateway's. */
  readonly idsOf?: string;
  /** It spells Hub names in full: a name without `instruct` is not the instruct model. */
  readonly spellsOut?: true;
  /** Its lists name the model behind each id; elsewhere several models may share a canonical id. */
  readonly statesCanonicalIds?: true;
  /** Its words for another way of serving the same model: a variant, with its own quality. */
  readonly flavours?: readonly string[];
}

const BEDROCK_IDS = "https://docs.aws.amazon.com/bedrock/latest/userguide/models-supported.html";

/** Of gateways that are not here nothing is assumed. */
export const GATEWAY_NAMES: { readonly [gateway: string]: GatewayNames } = {
  anthropic: { ids: "name", lab: "anthropic" },
  baseten: { ids: "lab-name", spellsOut: true },
  bedrock: {
    ids: "lab.name",
    decorations: [
      {
        pattern: /^(?:global|regional|us|eu|apac|jp|au)\./,
        becomes: "",
        source: "https://docs.aws.amazon.com/bedrock/latest/userguide/cross-region-inference.html",
      },
      // The context of provisioned throughput.
      {
        pattern: /(:\d+):(?:\d+k?|mm)$/,
        becomes: "$1",
        source: "https://docs.aws.amazon.com/bedrock/latest/userguide/prov-throughput.html",
      },
      { pattern: /-v0:(\d)$/, becomes: "-v0.$1", source: BEDROCK_IDS },
      { pattern: /:0$/, becomes: "", source: BEDROCK_IDS },
      // The edition of the interface, where it is not the lab's own version: these three number their models so.
      { pattern: /^(?!amazon\.|cohere\.|nvidia\.)(.+?)-(?:v\d|1)$/, becomes: "$1", source: BEDROCK_IDS },
    ],
  },
  cerebras: { ids: "name" },
  chutes: {
    ids: "lab-name",
    spellsOut: true,
    decorations: [
      {
        pattern: /-TEE$/,
        becomes: "",
        source: "https://chutes.ai/docs: served in a trusted execution environment",
      },
    ],
  },
  cloudflare: {
    ids: "lab-name",
    decorations: [
      {
        pattern: /^@(?:cf|hf)\//,
        becomes: "",
        source: "https://developers.cloudflare.com/workers-ai/models/",
      },
    ],
  },
  cohere: { ids: "name", lab: "CohereLabs" },
  deepinfra: { ids: "lab-name", spellsOut: true, flavours: ["turbo", "batch"] },
  deepseek: { ids: "name", lab: "deepseek-ai" },
  doubleword: { ids: "lab-name", spellsOut: true },
  featherless: { ids: "hub" },
  fireworks: {
    ids: "name",
    flavours: ["basic", "fast"],
    decorations: [
      {
        pattern: /^accounts\/fireworks\/(?:models|routers)\//,
        becomes: "",
        source: "https://docs.fireworks.ai/api-reference/list-models",
      },
      {
        pattern: /(\d)p(\d)/g,
        becomes: "$1.$2",
        source: "https://docs.fireworks.ai: a point is written as p",
      },
    ],
  },
  github: { ids: "lab-name" },
  google: {
    ids: "name",
    lab: "google",
    decorations: [
      { pattern: /^models\//, becomes: "", source: "https://ai.google.dev/api/models" },
      {
        pattern: /-maas$/,
        becomes: "",
        source: "https://cloud.google.com/vertex-ai/generative-ai/docs/maas/use-open-models",
      },
    ],
  },
  groq: { ids: "lab-name" },
  huggingface: { ids: "hub" },
  hyperbolic: { ids: "lab-name", spellsOut: true },
  kilo: { ids: "lab-name", hosts: ["stealth"], idsOf: "openrouter" },
  minimax: { ids: "name", lab: "MiniMaxAI" },
  mistral: { ids: "name", lab: "mistralai", statesCanonicalIds: true },
  modal: { ids: "lab-name", spellsOut: true },
  moonshotai: { ids: "name", lab: "moonshotai" },
  nebius: {
    ids: "lab-name",
    spellsOut: true,
    decorations: [
      {
        pattern: /-fast$/,
        becomes: "",
        source: "https://docs.tokenfactory.nebius.com: a flavor of the same model",
      },
    ],
  },
  novita: { ids: "lab-name" },
  nscale: { ids: "lab-name", spellsOut: true },
  nvidia: { ids: "lab-name" },
  openai: { ids: "name", lab: "openai" },
  openrouter: { ids: "lab-name" },
  perplexity: { ids: "lab-name", lab: "perplexity-ai", hosts: ["perplexity"] },
  portkey: { passesOn: true },
  requesty: { passesOn: true },
  together: { ids: "lab-name", spellsOut: true, flavours: ["turbo", "lite", "reference", "tput"] },
  vercel: { ids: "lab-name" },
  voyageai: { ids: "name", lab: "voyageai" },
  xai: { ids: "name", lab: "xai-org" },
  zai: { ids: "name", lab: "zai-org" },
  zenmux: {
    ids: "lab-name",
    decorations: [
      { pattern: /-free$/, becomes: "", source: "https://zenmux.ai/models: the same model, without charge" },
    ],
  },
  zhipuai: { ids: "name", lab: "zai-org" },
};

/** The lab whose own gateway this is. */
export function ownLabOf(gateway: string): string | undefined {
  return namesOf(gateway).lab;
}

export function namesOf(gateway: string): GatewayNames {
  return Object.hasOwn(GATEWAY_NAMES, gateway) ? (GATEWAY_NAMES[gateway] ?? {}) : {};
}
