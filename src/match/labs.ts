/**
 * Who makes models. A lab's id is its organisation on the Hugging Face Hub where it has one; every other spelling that a
 * gateway uses leads to it. A lab that is not here goes by the word that stands before its models' names.
 */
export interface Lab {
  readonly id: string;
  readonly name: string;
  /** How gateways spell it, in small letters. */
  readonly spellings?: readonly string[];
  /** What its organisation on the Hub was called before, in small letters. */
  readonly formerly?: readonly string[];
  /** Beginnings of names that nobody else gives to a model of his own: they say the lab where no lab is stated. */
  readonly families?: readonly string[];
  /** Words with which it repeats its own name in its models' names; they tell no two models apart. */
  readonly ownWords?: readonly string[];
  /** Its words for the same model served faster. */
  readonly flavours?: readonly string[];
}

export const LABS: readonly Lab[] = [
  {
    id: "ai21labs",
    name: "AI21 Labs",
    spellings: ["ai21", "ai21-labs"],
    families: ["jamba"],
    ownWords: ["ai21"],
  },
  { id: "allenai", name: "Ai2", families: ["olmo", "olmocr", "molmo"] },
  { id: "amazon", name: "Amazon", spellings: ["aws"], families: ["titan"], ownWords: ["amazon"] },
  { id: "anthropic", name: "Anthropic", families: ["claude"], flavours: ["fast"] },
  { id: "arcee-ai", name: "Arcee AI", spellings: ["arcee"], families: ["trinity", "virtuoso"] },
  { id: "BAAI", name: "BAAI", families: ["bge"] },
  { id: "baidu", name: "Baidu", families: ["ernie"] },
  { id: "black-forest-labs", name: "Black Forest Labs", spellings: ["bfl"], families: ["flux"] },
  { id: "ByteDance", name: "ByteDance", families: ["seedance"] },
  { id: "ByteDance-Seed", name: "ByteDance Seed", families: ["seed", "seedream", "doubao"] },
  {
    id: "CohereLabs",
    name: "Cohere",
    spellings: ["cohere"],
    formerly: ["cohereforai"],
    families: ["command", "c4ai", "embed-english", "embed-multilingual", "embed-v4", "rerank-v3"],
    ownWords: ["cohere", "c4ai"],
  },
  { id: "deepcogito", name: "Deep Cogito", families: ["cogito"] },
  {
    id: "deepseek-ai",
    name: "DeepSeek",
    spellings: ["deepseek"],
    families: ["deepseek"],
    ownWords: ["deepseek"],
  },
  { id: "google", name: "Google", families: ["gemini", "gemma", "imagen", "veo", "lyria"] },
  { id: "ibm-granite", name: "IBM Granite", spellings: ["ibm"], families: ["granite"] },
  { id: "inclusionAI", name: "inclusionAI", families: ["ling", "ring"] },
  { id: "Kwaipilot", name: "Kwaipilot", spellings: ["kuaishou"], families: ["kat-coder"] },
  { id: "meituan-longcat", name: "Meituan LongCat", spellings: ["meituan"], families: ["longcat"] },
  {
    id: "meta-llama",
    name: "Meta",
    spellings: ["meta"],
    families: ["llama", "meta-llama"],
    ownWords: ["meta"],
  },
  { id: "microsoft", name: "Microsoft", families: ["phi", "wizardlm", "mai"] },
  {
    id: "MiniMaxAI",
    name: "MiniMax",
    spellings: ["minimax"],
    families: ["minimax"],
    ownWords: ["minimax"],
    flavours: ["highspeed", "lightning"],
  },
  {
    id: "mistralai",
    name: "Mistral AI",
    spellings: ["mistral", "mistral-ai"],
    families: [
      "mistral",
      "open-mistral",
      "mixtral",
      "open-mixtral",
      "codestral",
      "devstral",
      "magistral",
      "ministral",
      "pixtral",
      "voxtral",
    ],
  },
  {
    id: "moonshotai",
    name: "Moonshot AI",
    spellings: ["moonshot", "moonshot-ai"],
    families: ["kimi", "moonshot"],
    flavours: ["highspeed", "turbo"],
  },
  { id: "NousResearch", name: "Nous Research", spellings: ["nous"], families: ["hermes", "deephermes"] },
  { id: "nvidia", name: "NVIDIA", families: ["nemotron", "nvidia"], ownWords: ["nvidia"] },
  {
    id: "openai",
    name: "OpenAI",
    families: [
      "gpt",
      "chatgpt",
      "o1",
      "o3",
      "o4",
      "text-embedding",
      "text-davinci",
      "whisper",
      "sora",
      "codex-mini",
    ],
  },
  {
    id: "perplexity-ai",
    name: "Perplexity",
    spellings: ["perplexity"],
    families: ["sonar", "pplx", "r1-1776"],
  },
  { id: "Qwen", name: "Qwen", spellings: ["qwen-ai"], families: ["qwen", "qwq", "qvq"] },
  { id: "RekaAI", name: "Reka AI", families: ["reka"] },
  { id: "Sao10K", name: "Sao10K" },
  {
    id: "stabilityai",
    name: "Stability AI",
    spellings: ["stability"],
    families: ["stable-diffusion", "sdxl"],
  },
  { id: "stepfun-ai", name: "StepFun", spellings: ["stepfun"], families: ["step"] },
  { id: "tencent", name: "Tencent", families: ["hunyuan", "hy3"] },
  { id: "thinkingmachines", name: "Thinking Machines", families: ["inkling"] },
  { id: "upstage", name: "Upstage", families: ["solar"] },
  { id: "voyageai", name: "Voyage AI", families: ["voyage"] },
  { id: "Wan-AI", name: "Wan", families: ["wan"] },
  { id: "Writer", name: "Writer", families: ["palmyra"], ownWords: ["writer"] },
  {
    id: "xai-org",
    name: "xAI",
    spellings: ["x-ai", "xai"],
    families: ["grok"],
  },
  { id: "XiaomiMiMo", name: "Xiaomi MiMo", spellings: ["xiaomi"], families: ["mimo"] },
  {
    id: "zai-org",
    name: "Z.ai",
    spellings: ["z-ai", "zai", "zhipuai"],
    formerly: ["thudm"],
    families: ["glm", "chatglm", "zai-glm"],
    ownWords: ["zai"],
  },
];

/** Companies with several labs: which one it is, the family of the name says. */
const COMPANIES: ReadonlySet<string> = new Set(["alibaba", "bytedance"]);

const BY_SPELLING = indexed(({ id, spellings = [], formerly = [] }) => [id, ...spellings, ...formerly]);
const BY_ORGANISATION = indexed(({ id, formerly = [] }) => [id, ...formerly]);

/** The longest first. */
const FAMILIES: readonly (readonly [string, Lab])[] = LABS.flatMap((lab) =>
  (lab.families ?? []).map((family) => [family, lab] as const),
).toSorted(([a], [b]) => b.length - a.length || (a < b ? -1 : 1));

/** The lab that a gateway's word means, for a model of this name; nothing where we know no such lab. */
export function labSpelled(word: string, name: string): Lab | undefined {
  const spelling = word.toLowerCase();
  return (COMPANIES.has(spelling) ? labOfFamily(name) : undefined) ?? BY_SPELLING.get(spelling);
}

/** The lab with this organisation on the Hub, today or formerly. */
export function labOfOrganisation(organisation: string): Lab | undefined {
  return BY_ORGANISATION.get(organisation.toLowerCase());
}

/** The lab whose family the name begins with, as a whole word: `o1-mini`, not `olmo`. */
export function labOfFamily(name: string): Lab | undefined {
  const folded = name.toLowerCase();
  return FAMILIES.find(
    ([family]) => folded.startsWith(family) && !/^[a-z]/.test(folded.slice(family.length)),
  )?.[1];
}

function indexed(wordsOf: (lab: Lab) => readonly string[]): ReadonlyMap<string, Lab> {
  return new Map(LABS.flatMap((lab) => wordsOf(lab).map((word) => [word.toLowerCase(), lab] as const)));
}
