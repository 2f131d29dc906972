/** Catalogs and questions by chance: small vocabularies, so that much of it meets. */
import * as fc from "fast-check";
import type { ModelEntry } from "../../src/catalog/build.ts";
import { FACETS, SORTS } from "../../src/catalog/parameters.ts";

const LABS = ["openai", "Qwen", "qwen", "meta-llama", "unknown"];
const GATEWAYS = ["groq", "huggingface", "openrouter"];
const PROVIDERS = ["groq", "novita", "unstated"];
const TASKS = ["text-generation", "text-to-image"];
const MODALITIES = ["text", "image", "audio"];
const LICENSES = ["mit", "apache-2.0"];
const ORIGINALS = ["lab/one", "lab/two"];
const TAGS = ["gguf", "mlx", "tuned"];
const CAPABILITIES = ["tools", "reasoning", "vision"];
const STATUSES = ["live", "staging"];
const QUANTIZATIONS = ["fp8", "bf16"];
/** Two that differ by less than a float can tell, and two that are equal. */
const PRICES = ["0", "0.1", "0.10000000000000000000001", "0.3", "1", "1.5", "30"];
const NAMES = ["GPT OSS", "gpt oss", "Llama 3.3 70B", "Élan", "ﬁne", "qwen3-coder"];
const IDS = ["gpt-oss-120b", "llama-3.3-70b", "qwen3-coder", "a", "e\u0301lan", "Ünï/code", "x.y_z"];
const COUNTS = [0, 1, 5, 6, 100, 101, 4_096, 131_072];
const DATES = ["2026-01-01T00:00:00Z", "2026-08-05T00:00:00Z", "2026-08-05T00:00:00.001Z"];

const maybe = <Value>(values: readonly Value[]) => fc.option(fc.constantFrom(...values), { nil: undefined });
const some = (values: readonly string[]) => fc.option(fc.subarray([...values]), { nil: undefined });

const price = (meter: string) =>
  fc.record({
    meter: fc.constant(meter),
    unit: fc.constantFrom("token", "token", "request"),
    per_million: fc.constantFrom(...PRICES),
    when: maybe([{ tier: "batch" }]),
  });

const offer = fc.record({
  gateway: fc.constantFrom(...GATEWAYS),
  provider: fc.constantFrom(...PROVIDERS),
  native_id: fc.constantFrom(...IDS),
  status: maybe(STATUSES),
  billing: maybe(["metered", "metered", "free", "unknown", "subscription"]),
  quantization: maybe(QUANTIZATIONS),
  visibility: maybe(["account"]),
  link: maybe([{ points_to: ORIGINALS[0] }, { points_to: ORIGINALS[1] }, {}]),
  context_tokens: maybe(COUNTS),
  output_tokens_max: maybe(COUNTS),
  prices: fc.option(
    fc.tuple(price("input"), price("output"), price("input")).map((prices) => [...prices]),
    { nil: undefined },
  ),
  capabilities: fc.option(
    fc.dictionary(fc.constantFrom(...CAPABILITIES), fc.boolean(), { noNullPrototype: true }),
    { nil: undefined },
  ),
});

const model = fc.record({
  lab: fc.constantFrom(...LABS),
  name: maybe(NAMES),
  tail: fc.constantFrom(...IDS),
  aliases: fc.subarray(["old/one", "old/two"]),
  counters: fc.record({ downloads: maybe(COUNTS), likes: maybe(COUNTS) }),
  hub: fc.option(
    fc.record({
      gated: maybe([true, false, "auto"]),
      private: maybe([true, false]),
      library_name: maybe(["transformers", "diffusers"]),
    }),
    { nil: undefined },
  ),
  document: fc.record({
    variant_of: maybe(ORIGINALS),
    task: maybe(TASKS),
    input_modalities: some(MODALITIES),
    output_modalities: some(MODALITIES),
    license: maybe(LICENSES),
    tags: some(TAGS),
    open_weights: maybe([true, false]),
    parameters: maybe([7_000_000_000, 120_000_000_000]),
    created: maybe([0, 1_767_225_600, 1_785_888_000]),
    updated_at: maybe(DATES),
  }),
  offers: fc.uniqueArray(offer, {
    maxLength: 3,
    selector: ({ gateway, provider, native_id: id }) => `${gateway}/${provider}/${id}`,
  }),
});

/** Of every shape that publishing makes, and of some that it does not. */
export const catalogs: fc.Arbitrary<readonly ModelEntry[]> = fc
  .uniqueArray(model, { maxLength: 14, selector: ({ lab, tail }) => `${lab}/${tail}` })
  .map((models) => {
    const offered = new Set<string>();
    const named = new Set<string>();
    return models.map(({ lab, name, tail, aliases, counters, hub, document, offers }): ModelEntry => {
      const id = `${lab}/${tail}`;
      // An alias that two claim is nobody's, which another test shows.
      const own = aliases.filter((alias) => !named.has(alias));
      for (const alias of own) named.add(alias);
      const its = offers
        .map((facts) => ({ id: `${facts.gateway}/${facts.provider}/${facts.native_id}`, facts }))
        .filter((each) => !offered.has(each.id));
      for (const each of its) offered.add(each.id);
      return {
        id,
        aliases: own,
        counters: stated(counters),
        document: stated({
          id,
          owned_by: lab,
          name,
          ...document,
          offers_count: its.length,
          huggingface_metrics: hub === undefined ? undefined : stated(hub),
        }),
        offers: its.map((each) => ({
          id: each.id,
          document: stated({ id: each.id, model: id, ...each.facts }),
        })),
      };
    });
  });

function stated<Fields extends object>(
  fields: Fields,
): { readonly [name in keyof Fields]: NonNullable<Fields[name]> } {
  // What is left has no undefined field.
  return JSON.parse(JSON.stringify(fields)) as { readonly [name in keyof Fields]: NonNullable<Fields[name]> };
}

const wordsOf = (values: readonly string[]) =>
  fc
    .array(
      fc
        .tuple(fc.constantFrom("", "", "-"), fc.constantFrom(...values, "unknown"))
        .map(([sign, word]) => sign + word),
      { minLength: 1, maxLength: 3 },
    )
    .map((words) => words.join(","));
const count = fc.constantFrom(...COUNTS.map(String));
const usd = fc.constantFrom(...PRICES, "0.2", "0.100");
const date = fc.constantFrom("2026-01-01", "2026-08-05", "2026-08-05T00:00:00.001Z");

/** What may stand for each parameter that an answer depends on. */
const VALUES: { readonly [parameter: string]: fc.Arbitrary<string> } = {
  q: fc.constantFrom(
    "gpt",
    "oss gpt",
    "70b",
    "qwen3-coder",
    "a",
    "GPT OSS",
    "E\u0301LAN",
    "fine",
    "old",
    "%",
    " ",
  ),
  gateway: wordsOf([...GATEWAYS, "hug", "all"]),
  provider: wordsOf(PROVIDERS),
  lab: wordsOf([...LABS, "QWEN"]),
  task: wordsOf(TASKS),
  input: wordsOf(MODALITIES),
  output: wordsOf(MODALITIES),
  capability: wordsOf(CAPABILITIES),
  license: wordsOf([...LICENSES, "MIT"]),
  variant_of: wordsOf([...ORIGINALS, "NOBODY/one"]),
  points_to: wordsOf([...ORIGINALS, "NOBODY/one"]),
  library: wordsOf(["transformers", "diffusers"]),
  tag: wordsOf([...TAGS, "nobody-has-it"]),
  open_weights: wordsOf(["true", "false"]),
  gated: wordsOf(["true", "false", "auto"]),
  private: wordsOf(["true", "false"]),
  status: wordsOf(STATUSES),
  billing: wordsOf(["metered", "free"]),
  quantization: wordsOf(QUANTIZATIONS),
  visibility: wordsOf(["public", "account"]),
  created_after: date,
  created_before: date,
  updated_after: date,
  updated_before: date,
  quality: fc.constantFrom("high", "unknown", "high,unknown"),
  hub: fc.constantFrom("exclude", "include", "include", "only"),
  model: fc.constantFrom("openai/a", "old/one", "nobody/else"),
  sort: fc.constantFrom(...SORTS),
  order: fc.constantFrom("asc", "desc"),
  facets: fc.subarray([...FACETS], { minLength: 1 }).map((names) => names.join(",")),
};
const BOUNDED = {
  downloads: count,
  likes: count,
  parameters: count,
  offers: count,
  context: count,
  output_tokens: count,
  input_price: usd,
  output_price: usd,
};

const ALL: { readonly [parameter: string]: fc.Arbitrary<string> } = {
  ...VALUES,
  ...Object.fromEntries(
    Object.entries(BOUNDED).flatMap(([name, value]) => [
      [`min_${name}`, value],
      [`max_${name}`, value],
    ]),
  ),
};

/** Some of these parameters, and every one of them once in a while. */
export function questions(
  parameters: readonly string[],
): fc.Arbitrary<{ readonly [parameter: string]: string }> {
  const known = parameters.filter((name) => name in ALL);
  return fc.subarray(known, { maxLength: 5 }).chain((names) =>
    fc
      .record(Object.fromEntries(names.map((name) => [name, ALL[name] ?? fc.constant("")])))
      // An order without a sort is refused.
      .map(({ order, ...asked }) =>
        order === undefined || asked["sort"] === undefined || asked["sort"] === "relevance"
          ? asked
          : { ...asked, order },
      ),
  );
}

/** The parameters that chance asks for. */
export const ASKED: readonly string[] = Object.keys(ALL);
