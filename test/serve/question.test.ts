/** Every parameter by its name: what it leaves over, what it shows, and what it refuses. */
import { describe, expect, test } from "vitest";
import { MODEL_PARAMETERS, OFFER_PARAMETERS } from "../../src/catalog/parameters.ts";
import { served } from "./support/server.ts";
import { variedShelf } from "./support/varied.ts";

const OSS = "openai/gpt-oss";
const LLAMA = "meta-llama/Llama-3.3-70B";
const FLUX = "black-forest-labs/FLUX";
const GPT5 = "openai/gpt-5";
const MINE = "tuned/mine";
const HUB = "hub/popular";
const RARE = "hub/unknown";

const server = served({ shelf: variedShelf() });

async function ask(url: string) {
  const answer = await server.inject(url);
  return { status: answer.statusCode, ...answer.json() };
}

async function idsAt(url: string): Promise<readonly string[]> {
  const { data, total, status } = await ask(url);
  expect(status).toBe(200);
  const ids = data.map(({ id }: { id: string }) => id);
  expect(total).toBe(ids.length);
  return ids;
}

const MODELS: readonly (readonly [question: string, ids: readonly string[]])[] = [
  ["", [OSS, LLAMA, MINE, FLUX, GPT5]],
  ["q=llama+70b", [LLAMA]],
  ["q=gguf", [LLAMA, FLUX]],
  ["q=old", [OSS, LLAMA, MINE, FLUX, GPT5]],
  ["gateway=groq", [OSS, LLAMA, MINE]],
  ["gateway=-openrouter", [OSS, LLAMA, MINE]],
  ["provider=novita,fal", [OSS, FLUX]],
  ["gateway=groq&provider=novita", []],
  ["lab=openai", [OSS, GPT5]],
  ["lab=OpenAI", [OSS, GPT5]],
  ["lab=-openai,-tuned", [LLAMA, FLUX]],
  ["task=text-generation", [OSS, LLAMA]],
  ["task=unknown", [MINE, GPT5]],
  ["input=image", [FLUX]],
  ["output=text,image", [OSS, LLAMA, FLUX]],
  ["capability=tools", [OSS, LLAMA, GPT5]],
  ["capability=tools,reasoning", [OSS]],
  ["capability=tools,-reasoning", [OSS, LLAMA, GPT5]],
  ["capability=reasoning&gateway=hug", []],
  ["license=apache-2.0,other", [OSS, FLUX]],
  ["license=Apache 2.0 License", [OSS]],
  ["variant_of=meta-llama/Llama-3.3-70B-Base", [LLAMA]],
  ["library=diffusers", [FLUX]],
  ["tag=gguf,-moe", [LLAMA]],
  ["tag=-gguf", [OSS, MINE, GPT5]],
  ["tag=a-tag-that-nobody-has", []],
  ["open_weights=false", [GPT5]],
  ["gated=true", [LLAMA, FLUX]],
  ["gated=auto", [FLUX]],
  ["private=true", [MINE]],
  ["status=staging", [OSS]],
  ["billing=free", [OSS]],
  ["quantization=fp8", [OSS]],
  ["visibility=account", [MINE]],
  ["points_to=tuned/mine-2", [MINE]],
  ["points_to=tuned/mine", []],
  ["created_after=2025-01-01", [OSS]],
  ["created_before=2025-01-01&created_after=2024-01-01", [LLAMA]],
  ["updated_after=2026-08-01T00:00:00Z", [OSS, GPT5]],
  ["updated_before=2026-08-01", [LLAMA]],
  ["min_downloads=700", [OSS, MINE, FLUX]],
  ["max_downloads=700", [LLAMA, FLUX]],
  ["min_likes=400", [OSS, LLAMA]],
  ["max_likes=3", [FLUX]],
  ["min_parameters=100000000000", [OSS]],
  ["max_parameters=100000000000", [LLAMA]],
  ["min_offers=2", [OSS, LLAMA]],
  ["max_offers=2&min_offers=2", [LLAMA]],
  ["min_context=131072", [OSS, LLAMA, GPT5]],
  ["max_context=32768", [OSS]],
  ["min_context=131072&max_input_price=0.1", []],
  ["min_output_tokens=1", [OSS]],
  ["max_output_tokens=65536", [OSS]],
  ["max_input_price=0.1", [OSS, LLAMA]],
  ["max_input_price=0.05&min_input_price=0.01", [OSS]],
  ["max_input_price=0", [OSS]],
  ["min_input_price=1.25", [GPT5]],
  ["max_output_price=0.3&min_output_price=0.26", [LLAMA]],
  ["min_output_price=0.76", [LLAMA, GPT5]],
  ["quality=high", [OSS]],
  ["quality=high&min_downloads=50", [OSS, LLAMA]],
  ["quality=high,unknown", [OSS, GPT5]],
  ["quality=unknown", [GPT5]],
  ["hub=include", [OSS, LLAMA, MINE, FLUX, GPT5, HUB, RARE]],
  ["hub=only", [HUB, RARE]],
  ["hub=include&gateway=huggingface", [OSS, HUB, RARE]],
  ["hub=include&gateway=groq", [OSS, LLAMA, MINE]],
  ["hub=include&quality=high", [OSS, HUB]],
  ["hub=include&tag=gguf&sort=downloads", [HUB, FLUX, LLAMA, RARE]],
  ["sort=name", [FLUX, OSS, GPT5, LLAMA, MINE]],
  ["sort=name&order=desc", [MINE, LLAMA, GPT5, OSS, FLUX]],
  ["sort=downloads", [OSS, MINE, FLUX, LLAMA, GPT5]],
  ["sort=downloads&order=asc", [LLAMA, FLUX, MINE, OSS, GPT5]],
  ["sort=likes", [LLAMA, OSS, MINE, FLUX, GPT5]],
  ["sort=context", [GPT5, LLAMA, OSS, FLUX, MINE]],
  ["sort=context&gateway=hug,openrouter", [GPT5, OSS, FLUX, LLAMA]],
  ["sort=input_price", [OSS, LLAMA, GPT5, FLUX, MINE]],
  ["sort=input_price&order=desc", [GPT5, LLAMA, OSS, FLUX, MINE]],
  ["sort=input_price&gateway=groq", [OSS, LLAMA, MINE]],
  ["sort=output_price&gateway=-huggingface", [LLAMA, OSS, GPT5, FLUX, MINE]],
  ["sort=offers", [OSS, LLAMA, FLUX, GPT5, MINE]],
  ["sort=updated", [GPT5, OSS, LLAMA, FLUX, MINE]],
];

describe("models", () => {
  test.each(MODELS)("?%s", async (question, ids) => {
    expect(await idsAt(`/v1/models?${question}`)).toEqual(ids);
  });

  test("every parameter is asked for above, or below by its name", () => {
    const below = ["limit", "cursor", "offset", "fields", "facets"];
    const asked = new Set(
      MODELS.flatMap(([question]) => question.split("&").map((part) => part.split("=")[0])),
    );
    expect(MODEL_PARAMETERS.map(({ name }) => name).filter((name) => !asked.has(name))).toEqual(below);
  });

  test("`limit` and `offset` cut a page, and `next_cursor` leads to the next one", async () => {
    const first = await ask("/v1/models?limit=2&offset=1");
    expect(first).toMatchObject({ total: 5, has_more: true });
    expect(first.data.map(({ id }: { id: string }) => id)).toEqual([LLAMA, MINE]);
    const second = await ask(`/v1/models?limit=2&cursor=${first.next_cursor}`);
    expect(second.data.map(({ id }: { id: string }) => id)).toEqual([FLUX, GPT5]);
    expect(second).toMatchObject({ total: 5, has_more: false });
    expect(second).not.toHaveProperty("next_cursor");
  });

  test("`fields` shows these alone, and what is unknown is absent", async () => {
    const { data } = await ask("/v1/models?fields=id,license,offers_count&lab=openai");
    expect(data).toEqual([
      { id: OSS, license: "apache-2.0", offers_count: 3 },
      { id: GPT5, offers_count: 1 },
    ]);
  });

  test("`facets` count the models of each value, without the facet's own filter", async () => {
    const { facets, total } = await ask(
      "/v1/models?gateway=groq&max_input_price=1&facets=gateway,input_price,lab",
    );
    expect(total).toBe(2);
    expect(facets.gateway).toEqual({
      values: [
        { value: "groq", count: 2 },
        { value: "huggingface", count: 1 },
        { value: "openrouter", count: 1 },
      ],
      has_more: false,
      unknown: 0,
    });
    expect(facets.lab.values.map(({ value }: { value: string }) => value)).toEqual(["meta-llama", "openai"]);
    expect(facets.input_price.unknown).toBe(1);
    expect(facets.input_price.buckets.filter(({ count }: { count: number }) => count > 0)).toEqual([
      { from: "0.1", to: "0.3", count: 1 },
      { from: "0.3", to: "1", count: 1 },
    ]);
  });

  test("with the Hub's models, the gateway's facet counts what its filter finds", async () => {
    const { facets } = await ask("/v1/models?hub=include&facets=gateway");
    for (const { value, count } of facets.gateway.values)
      expect([value, (await ask(`/v1/models?hub=include&gateway=${value}`)).total]).toEqual([value, count]);
  });
});

describe("offers", () => {
  const GROQ = "groq/groq/gpt-oss";
  const NOVITA = "huggingface/novita/openai/gpt-oss";
  const CEREBRAS = "huggingface/cerebras/openai/gpt-oss";
  test.each([
    [`model=${OSS}`, [GROQ, CEREBRAS, NOVITA]],
    ["model=old/gpt-oss&sort=input_price", [CEREBRAS, NOVITA, GROQ]],
    ["q=novita", [NOVITA]],
    ["lab=openai&gateway=hug", [CEREBRAS, NOVITA]],
    ["license=apache-2.0&capability=reasoning", [GROQ]],
    ["min_likes=400&max_input_price=0.1", [CEREBRAS, NOVITA, "openrouter/unstated/meta-llama/llama-3.3-70b"]],
    ["quality=high&sort=context", [GROQ, NOVITA, CEREBRAS]],
    ["status=live&sort=input_price", [GROQ, "groq/groq/llama-3.3-70b", "openrouter/fal/flux"]],
  ])("?%s", async (question, ids) => {
    expect(await idsAt(`/v1/offers?${question}`)).toEqual(ids);
  });

  test("take every parameter that models take but `hub`, and `model`", () => {
    const names = (parameters: readonly { readonly name: string }[]) => parameters.map(({ name }) => name);
    expect(new Set([...names(OFFER_PARAMETERS), "hub"])).toEqual(
      new Set([...names(MODEL_PARAMETERS), "model"]),
    );
  });

  test("have facets and fields of their own", async () => {
    const { facets, data } = await ask(
      `/v1/offers?model=${OSS}&facets=provider,lab&fields=id,billing&limit=1`,
    );
    expect(facets.provider.values).toHaveLength(3);
    expect(facets.lab.values).toContainEqual({ value: "openai", count: 3 });
    expect(data).toEqual([{ id: GROQ, billing: "metered" }]);
  });
});

describe("labs and tasks", () => {
  test("are listed with the models that somebody offers, and their offers", async () => {
    expect((await ask("/v1/labs")).data).toContainEqual({
      id: "openai",
      models: 2,
      offers: 4,
      object: "lab",
    });
    expect((await ask("/v1/labs")).data.map(({ id }: { id: string }) => id)).not.toContain("hub");
    expect((await ask("/v1/tasks")).data).toEqual([
      { id: "text-generation", models: 2, offers: 5, object: "task" },
      { id: "text-to-image", models: 1, offers: 1, object: "task" },
    ]);
  });
});

describe("what is refused", () => {
  test.each([
    ["lab=opnai", "unknown-name", "openai"],
    ["lab=-opnai", "unknown-name", "openai"],
    ["task=text-generatoin", "unknown-name", "text-generation"],
    ["license=apache", "unknown-name", "apache-2.0"],
    ["library=transfomers", "unknown-name", "transformers"],
    ["capability=tool", "unknown-name", "tools"],
    ["input=picture", "unknown-name", undefined],
    ["status=alive", "unknown-name", "live"],
    ["billing=fre", "unknown-name", "free"],
    ["quantization=fp9", "unknown-name", "fp8"],
    ["gateway=grok", "unknown-name", "groq"],
    ["fields=id,licence", "unknown-name", "license"],
    ["sort=download", "bad-value", "downloads"],
    ["order=down", "bad-value", undefined],
    ["hub=inclde", "bad-value", "include"],
    ["quality=hihg", "bad-value", "high"],
    ["facets=gatway", "bad-value", "gateway"],
    ["max_input_prize=1", "unknown-parameter", "max_input_price"],
  ])("?%s: %s, did you mean %s", async (question, code, guess) => {
    const { status, type, ...problem } = await ask(`/v1/models?${question}`);
    expect([status, type]).toEqual([400, `urn:modeldex:problem:${code}`]);
    expect(problem.guess).toBe(guess);
    expect(problem.known.length).toBeGreaterThan(0);
  });

  test.each([
    "min_context=",
    "min_context=-1",
    "min_context=1e3",
    "min_context=NaN",
    "min_context=99999999999999999",
    "max_input_price=",
    "max_input_price=-0.1",
    "max_input_price=1,5",
    "max_input_price=Infinity",
    "max_input_price=1e999",
    "created_after=yesterday",
    "created_after=7d",
    "created_after=2026-13-01",
    "limit=0",
    "limit=1001",
    "limit=",
    "limit=ten",
    "offset=-1",
    "offset=99999999999",
    "order=asc",
    "sort=relevance&order=desc",
    "cursor=x",
    "cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAA",
    `q=${"x".repeat(201)}`,
    `tag=${Array.from({ length: 51 }, (_, index) => index).join(",")}`,
  ])("?%s is a bad value, and the answer says what is allowed", async (question) => {
    const problem = await ask(`/v1/models?${question}`);
    expect([problem.status, problem.type]).toEqual([400, "urn:modeldex:problem:bad-value"]);
    expect(problem.parameter).toBe(question.split("=")[0] === "sort" ? "order" : question.split("=")[0]);
    expect(problem.detail.length).toBeGreaterThan(20);
  });

  test.each([
    "__proto__",
    "constructor",
    "toString",
    "\u0000",
    "\ud83d",
    "=1+1",
    "<script>",
    "../..",
    "%00",
    "' or 1=1 --",
    "*",
    "a".repeat(4_000),
  ])("the hostile word %j is a word that nobody knows, wherever it stands", async (word) => {
    for (const { name, kind } of MODEL_PARAMETERS) {
      const value = encodeURIComponent(word.toWellFormed());
      const { status } = await ask(`/v1/models?${name}=${value}`);
      const isAnyWord = ["tag", "variant_of", "points_to"].includes(name);
      expect([name, kind, status]).toEqual([
        name,
        kind,
        isAnyWord || (name === "q" && word.length <= 200) ? 200 : 400,
      ]);
    }
  });

  test("a cursor and an offset together, and the cursor of another question", async () => {
    const { next_cursor: cursor } = await ask("/v1/models?limit=1");
    expect((await ask(`/v1/models?cursor=${cursor}&offset=1`)).parameter).toBe("offset");
    expect((await ask(`/v1/models?lab=openai&cursor=${cursor}`)).detail).toContain("another question");
    expect((await ask(`/v1/offers?cursor=${cursor}`)).detail).toContain("another question");
    expect((await ask(`/v1/models?limit=3&fields=id&facets=lab&cursor=${cursor}`)).data).toHaveLength(3);
  });
});
