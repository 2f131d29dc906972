/** Rows shaped like the real ones, each made from its number alone: forty columns' worth, zipf words, long tails. */
import type { TableRow, TableSpec } from "../src/catalog/table/table.ts";

export const MODELS: TableSpec = {
  name: "models",
  words: {
    lab: "one",
    task: "one",
    library: "one",
    license: "one",
    gated: "one",
    served: "one",
    open_weights: "one",
    language: "many",
    input: "many",
    output: "many",
    tag: "many",
  },
  numbers: ["downloads", "likes", "created", "updated", "parameters", "context", "offers"],
  strings: ["name"],
  order: ["downloads", "offers"],
};

export const OFFERS: TableSpec = {
  name: "offers",
  words: { gateway: "one", provider: "one", status: "one", quantization: "one", capability: "many" },
  numbers: ["input_price", "output_price", "context", "output_max"],
  order: ["input_price"],
  parent: "models",
};

const CONSONANTS = [
  "b",
  "br",
  "c",
  "ch",
  "d",
  "dr",
  "f",
  "g",
  "gl",
  "h",
  "j",
  "k",
  "kr",
  "l",
  "m",
  "n",
  "p",
  "qu",
  "r",
  "s",
  "st",
  "t",
  "v",
  "z",
];
const ENDS = ["a", "e", "i", "o", "u", "an", "el", "ix", "on", "us", "ai", "er"];
const SYLLABLES = CONSONANTS.flatMap((begin) => ENDS.map((end) => begin + end));

const FAMILIES = [
  "Llama-3.3",
  "Llama-3.1",
  "Qwen3",
  "Qwen2.5",
  "Mistral",
  "gemma-2",
  "Phi-4",
  "DeepSeek-R1",
  "gpt-oss",
  "bert",
  "whisper",
  "stable-diffusion-xl",
  "flux",
  "yolo",
  "wav2vec2",
];
const SIZES = ["", "-0.6B", "-1B", "-3B", "-7B", "-8B", "-14B", "-32B", "-70B", "-235B-A22B"];
const SUFFIXES = [
  "",
  "-Instruct",
  "-base",
  "-coder",
  "-GGUF",
  "-4bit",
  "-AWQ",
  "-lora",
  "-finetuned",
  "-ft",
  "-v2",
  "-merged",
  "-Thinking",
];
const TASKS = words("task", 48, [
  "text-generation",
  "text-classification",
  "image-classification",
  "text-to-image",
  "automatic-speech-recognition",
  "feature-extraction",
]);
const LIBRARIES = words("library", 60, [
  "transformers",
  "diffusers",
  "peft",
  "gguf",
  "sentence-transformers",
  "mlx",
]);
const LICENSES = words("license", 40, ["apache-2.0", "mit", "llama3.3", "cc-by-4.0", "openrail", "gemma"]);
const LANGUAGES = words("lang", 120, ["en", "zh", "fr", "de", "ja", "es"]);
const TAGS = words("tag", 4_000, [
  "safetensors",
  "region:us",
  "endpoints_compatible",
  "gguf",
  "conversational",
  "autotrain_compatible",
  "text-generation-inference",
  "generated_from_trainer",
  "lora",
  "mlx",
  "rag",
]);
const GATEWAYS = words("gateway", 30, ["openrouter", "huggingface", "together", "groq"]);
const PROVIDERS = words("provider", 70, ["novita", "together", "fireworks", "groq"]);
const CAPABILITIES = ["tools", "structured_output", "reasoning", "vision", "streaming", "caching"];
/** So many models are served: with many models the rest of the Hub stands beside them. */
const SERVED_MAX = 12_000;
const OFFERS_MAX = 8;
const PARTS = 1_600;
const DAY_MS = 86_400_000;
const FIRST_DAY = 19_000;

export interface Row extends TableRow {
  readonly words: { readonly [column: string]: string | readonly string[] | undefined };
  readonly numbers: { readonly [column: string]: number | undefined };
  readonly texts: readonly string[];
  readonly offers: readonly (TableRow & Pick<Row, "words" | "numbers">)[];
}

/** The model of a number among so many. */
export function rowOf(number: number, models: number): Row {
  const chance = chanceOf(number);
  const lab = syllables(Math.floor(models * 0.2 * chance() ** 3) + 7);
  const coined = chance() < 0.35 ? `-${syllables(1_000 + Math.floor(chance() * models))}` : "";
  const base = chance() < 0.75 ? pick(FAMILIES, chance) : syllables(Math.floor(models * chance()));
  const name = `${base}${pick(SIZES, chance)}${pick(SUFFIXES, chance)}${coined}`;
  // Two parts that many ids share make every id its own: as many different words as real ids have.
  const id = `${lab}/${name}-${Math.floor(number / PARTS)}-${number % PARTS}`;
  const tags = new Set(Array.from({ length: 2 + Math.floor(chance() * 8) }, () => pick(TAGS, chance)));
  const popular = chance() ** 12;
  const served = chance() < Math.min(0.1, SERVED_MAX / models);
  const created = (FIRST_DAY + Math.floor(1_600 * Math.sqrt(chance()))) * DAY_MS;
  const offers = served
    ? Array.from({ length: 1 + Math.floor(chance() ** 2 * OFFERS_MAX) }, (_, at) => offerOf(id, at, chance))
    : [];
  const task = maybe(0.85, () => pick(TASKS, chance), chance);
  return {
    id,
    words: {
      lab,
      task,
      library: maybe(0.8, () => pick(LIBRARIES, chance), chance),
      license: maybe(0.5, () => pick(LICENSES, chance), chance),
      gated: chance() < 0.03 ? "manual" : "false",
      served: served ? "true" : "false",
      open_weights: maybe(0.9, () => "true", chance),
      language: chance() < 0.3 ? [...new Set([pick(LANGUAGES, chance), pick(LANGUAGES, chance)])] : [],
      input: chance() < 0.1 ? ["text", "image"] : ["text"],
      output: chance() < 0.1 ? ["image"] : ["text"],
      tag: [...tags],
    },
    numbers: {
      downloads: maybe(0.97, () => Math.floor(popular * 3e6), chance),
      likes: maybe(0.97, () => Math.floor(popular * chance() * 9_000), chance),
      created,
      updated: created + Math.floor(chance() * 300) * DAY_MS,
      parameters: maybe(0.4, () => Math.round(10 ** (6 + chance() * 6) / 1e6) * 1e6, chance),
      context: maybe(0.3, () => 2 ** (9 + Math.floor(chance() * 12)), chance),
      offers: offers.length,
    },
    strings: { name },
    texts: [lab, ...tags],
    document: Buffer.from(
      JSON.stringify({ id, object: "model", name, task, tags: [...tags], created, padding: "x".repeat(200) }),
    ),
    offers,
  };
}

function offerOf(id: string, at: number, chance: () => number): Row["offers"][number] {
  const gateway = pick(GATEWAYS, chance);
  const provider = pick(PROVIDERS, chance);
  const price = maybe(0.8, () => Math.floor(chance() ** 3 * 400) / 20, chance);
  return {
    id: `${gateway}/${provider}/${id}/${at}`,
    words: {
      gateway,
      provider,
      status: chance() < 0.95 ? "live" : "staging",
      quantization: maybe(0.4, () => pick(["fp8", "bf16", "int4"], chance), chance),
      capability: CAPABILITIES.filter(() => chance() < 0.4),
    },
    numbers: {
      input_price: price,
      output_price: price === undefined ? undefined : price * 4,
      context: maybe(0.7, () => 2 ** (12 + Math.floor(chance() * 8)), chance),
      output_max: maybe(0.5, () => 2 ** (10 + Math.floor(chance() * 6)), chance),
    },
    document: Buffer.from(JSON.stringify({ id, gateway, provider, price })),
  };
}

/** A word of a number: different numbers make different words. */
export function syllables(number: number): string {
  let [left, word] = [number, ""];
  for (; left > 0 || word === ""; left = Math.floor(left / SYLLABLES.length))
    word += SYLLABLES[left % SYLLABLES.length];
  return word;
}

/** Small numbers are picked far more often. */
export function pick<Value>(values: readonly Value[], chance: () => number): Value {
  const value = values[Math.floor(values.length * chance() ** 3)];
  if (value === undefined) throw new Error("nothing to pick from");
  return value;
}

function maybe<Value>(share: number, make: () => Value, chance: () => number): Value | undefined {
  return chance() < share ? make() : undefined;
}

function words(kind: string, count: number, known: readonly string[]): readonly string[] {
  return [
    ...known,
    ...Array.from({ length: count - known.length }, (_, at) => `${kind}-${syllables(at + 300)}`),
  ];
}

/** Numbers from 0 to 1 that depend on the seed alone. */
export function chanceOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e37_79b1) >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
