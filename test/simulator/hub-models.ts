/** Models of a simulated Hub: made by number, the same ones every time. */

export interface HubModel {
  readonly _id: string;
  readonly id: string;
  readonly author: string;
  readonly createdAt: string;
  readonly lastModified: string;
  readonly gated: false | "auto" | "manual";
  readonly private: boolean;
  readonly tags: readonly string[];
  /** Absent where the Hub knows none: the key is then not there at all. */
  readonly pipeline_tag?: string;
  readonly library_name?: string;
  readonly inferenceProviderMapping: readonly MappingEntry[];
  /** These move while others read. */
  likes: number;
  downloads: number;
  trendingScore: number;
}

export interface MappingEntry {
  readonly _id: string;
  readonly provider: string;
  readonly providerId: string;
  readonly status: "live" | "staging" | "error";
  readonly task: string;
  readonly type: "single-model" | "tag-filter";
  readonly isModelAuthor: boolean;
  readonly adapter?: "lora";
  readonly adapterWeightsPath?: string;
  readonly performance?: object;
}

export interface Making {
  readonly providers?: readonly string[];
  /** Of every so many models, one has no task. */
  readonly untaskedEvery?: number;
  /** Of every so many models, one is an adapter of another. */
  readonly adapterEvery?: number;
}

/** No task has a thousand of 1,377 models. */
const TASKS = [
  "text-generation",
  "text-classification",
  "token-classification",
  "feature-extraction",
  "fill-mask",
  "sentence-similarity",
  "summarization",
  "translation",
  "image-classification",
  "text-to-image",
  "automatic-speech-recognition",
];
const LIBRARIES = ["transformers", "diffusers", "sentence-transformers"];
const STATUSES = ["live", "live", "live", "live", "live", "live", "staging", "error"] as const;
/** Older models all carry the instant at which the field was introduced. */
const SENTINEL = "2022-03-02T23:29:04.000Z";
const FIRST_BIRTH_MS = Date.UTC(2022, 3, 1);
const HOUR_MS = 3_600_000;

export function hubModels(count: number, making: Making = {}): HubModel[] {
  return Array.from({ length: count }, (_, index) => hubModel(index, making));
}

/** Moves the counters of downloads by at most this share up or down; the same way in every run. */
export function movingDownloads(share: number): (models: readonly HubModel[]) => void {
  let turn = 0;
  return (models) => {
    for (const [index, model] of models.entries()) {
      turn = (turn * 1_103_515_245 + 12_345 + index) % 2 ** 31;
      model.downloads = Math.round(model.downloads * (1 - share + (turn / 2 ** 31) * 2 * share));
    }
  };
}

function hubModel(
  index: number,
  { providers = ["hf-inference"], untaskedEvery, adapterEvery }: Making,
): HubModel {
  const author = `lab-${index % 97}`;
  const isUntasked = isTurn(index, untaskedEvery);
  const task = at(TASKS, index * 7);
  const library = at(LIBRARIES, index);
  const isAdapter = isTurn(index, adapterEvery);
  const own = isAdapter
    ? ["fal-ai"]
    : providers.filter((_, place) => place === 0 || (index + place) % 3 === 0);
  return {
    _id: (0x621f_fdc1_0000 + index).toString(16).padStart(24, "0"),
    id: `${author}/model-${index}`,
    author,
    createdAt: index % 10 === 0 ? SENTINEL : new Date(FIRST_BIRTH_MS + index * HOUR_MS).toISOString(),
    lastModified: new Date(FIRST_BIRTH_MS + ((index * 31) % 20_011) * HOUR_MS).toISOString(),
    gated: index % 20 === 0 ? "auto" : false,
    private: false,
    tags: [library, "license:apache-2.0", "region:us"],
    ...(isUntasked ? {} : { pipeline_tag: task }),
    ...(index % 6 === 0 ? {} : { library_name: library }),
    likes: (index * 7_919) % 100_003,
    downloads: (index * 104_729) % 1_000_003,
    trendingScore: (index % 50) / 2,
    inferenceProviderMapping: own.map((provider, place) => entryOf(index, place, provider, task, isAdapter)),
  };
}

function entryOf(
  index: number,
  place: number,
  provider: string,
  task: string,
  isAdapter: boolean,
): MappingEntry {
  return {
    _id: (0x6851_5ae3_0000 + index * 16 + place).toString(16).padStart(24, "0"),
    provider,
    providerId: `${provider}/model-${index}`,
    status: at(STATUSES, index),
    task: task === "text-generation" ? "conversational" : task,
    type: isAdapter ? "tag-filter" : "single-model",
    isModelAuthor: false,
    ...(isAdapter ? { adapter: "lora", adapterWeightsPath: "lora.safetensors" } : {}),
    performance: { requestLatencyMs: 100 + (index % 900) },
  };
}

function isTurn(index: number, every: number | undefined): boolean {
  return every !== undefined && index % every === every - 1;
}

function at<Item>(list: readonly Item[], index: number): Item {
  const item = list[index % list.length];
  if (item === undefined) throw new Error("the list is empty");
  return item;
}
