/** A revision with something for every filter: five models that somebody offers, and two that only the Hub lists. */
import { beginCatalog, type ModelEntry, type OfferEntry } from "../../../src/catalog/build.ts";
import type { Shelf } from "../../../src/catalog/catalog.ts";
import { NOW } from "./catalog.ts";

export function variedShelf(revision = 7): Shelf {
  const building = beginCatalog([oss(), llama(), painter(), closed(), mine()]);
  building.addUnserved([unserved("hub/popular", 9_000, 90), unserved("hub/unknown", 3, 0)]);
  return { catalog: building.finish(revision, NOW), freshness: new Map() };
}

function oss(): ModelEntry {
  return model(
    "openai/gpt-oss",
    {
      name: "GPT OSS",
      task: "text-generation",
      input_modalities: ["text"],
      output_modalities: ["text"],
      license: "apache-2.0",
      open_weights: true,
      parameters: 120_000_000_000,
      tags: ["moe", "mxfp4"],
      created: Date.UTC(2025, 7, 5) / 1_000,
      updated_at: "2026-08-01T00:00:00Z",
      huggingface_metrics: { gated: false, private: false, library_name: "transformers" },
    },
    { downloads: 5_000, likes: 400 },
    [
      offer("groq", "groq", "gpt-oss", {
        capabilities: { tools: true, reasoning: true },
        context_tokens: 131_072,
        output_tokens_max: 65_536,
        status: "live",
        ...priced("0.15", "0.75"),
      }),
      offer("huggingface", "novita", "openai/gpt-oss", {
        capabilities: { tools: true, reasoning: false },
        context_tokens: 32_768,
        quantization: "fp8",
        status: "staging",
        ...priced("0.05", "0.25"),
      }),
      offer("huggingface", "cerebras", "openai/gpt-oss", { billing: "free" }),
    ],
  );
}

function llama(): ModelEntry {
  return model(
    "meta-llama/Llama-3.3-70B",
    {
      name: "Llama 3.3 70B",
      task: "text-generation",
      input_modalities: ["text"],
      output_modalities: ["text"],
      license: "llama3.3",
      variant_of: "meta-llama/Llama-3.3-70B-Base",
      open_weights: true,
      parameters: 70_000_000_000,
      tags: ["gguf"],
      created: Date.UTC(2024, 11, 6) / 1_000,
      updated_at: "2026-07-01T00:00:00Z",
      huggingface_metrics: { gated: "manual", private: false, library_name: "transformers" },
    },
    { downloads: 80, likes: 900 },
    [
      offer("groq", "groq", "llama-3.3-70b", {
        capabilities: { tools: true },
        context_tokens: 131_072,
        status: "live",
        ...priced("0.59", "0.79"),
      }),
      offer("openrouter", "unstated", "meta-llama/llama-3.3-70b", { ...priced("0.1", "0.3") }),
    ],
  );
}

function painter(): ModelEntry {
  return model(
    "black-forest-labs/FLUX",
    {
      name: "FLUX",
      task: "text-to-image",
      input_modalities: ["text", "image"],
      output_modalities: ["image"],
      license: "other",
      tags: ["gguf", "moe"],
      huggingface_metrics: { gated: "auto", private: false, library_name: "diffusers" },
    },
    { downloads: 700, likes: 3 },
    [offer("openrouter", "fal", "flux", { billing: "unknown", status: "live" })],
  );
}

function closed(): ModelEntry {
  return model(
    "openai/gpt-5",
    { name: "GPT-5", open_weights: false, updated_at: "2026-08-03T00:00:00Z" },
    {},
    [
      offer("openrouter", "openai", "openai/gpt-5", {
        capabilities: { tools: true, vision: true },
        context_tokens: 400_000,
        ...priced("1.25", "10"),
      }),
    ],
  );
}

const POINTING = { rule: "moving-alias", evidence: "as the test says", points_to: "tuned/mine-2" };

function mine(): ModelEntry {
  return model(
    "tuned/mine",
    { name: "mine", huggingface_metrics: { private: true } },
    { downloads: 999, likes: 99 },
    [offer("groq", "groq", "mine", { visibility: "account", billing: "subscription", link: POINTING })],
  );
}

function unserved(id: string, downloads: number, likes: number): ModelEntry {
  const hub = { gated: false, private: false, library_name: "transformers" };
  return model(id, { tags: ["gguf"], huggingface_metrics: hub }, { downloads, likes }, []);
}

function model(
  id: string,
  facts: object,
  counters: { readonly downloads?: number; readonly likes?: number },
  offers: readonly OfferEntry[],
): ModelEntry {
  const lab = id.slice(0, id.indexOf("/"));
  const head = {
    id,
    object: "model",
    created: 1,
    owned_by: lab,
    name: id,
    offers_count: offers.length,
    gateways: [],
  };
  return {
    id,
    aliases: [`old/${id.slice(lab.length + 1)}`],
    counters,
    document: { ...head, ...facts },
    offers,
  };
}

function offer(gateway: string, provider: string, nativeId: string, facts: object): OfferEntry {
  const id = `${gateway}/${provider}/${nativeId}`;
  const link = {
    model: "x",
    link: { rule: "id", evidence: "as the test says" },
    attested: "own",
    source: gateway,
  };
  const seen = { first_seen: "2026-08-05T00:00:00Z" };
  const key = { id, object: "offer", gateway, provider, native_id: nativeId };
  return { id, seenBy: gateway, document: { ...key, ...link, ...facts, ...seen } };
}

function priced(input: string, output: string): object {
  const price = (meter: string, perMillion: string) => ({
    meter,
    unit: "token",
    usd: "0",
    per_million: perMillion,
  });
  return {
    billing: "metered",
    prices: [
      price("input", input),
      price("output", output),
      { ...price("input", "0.001"), when: { tier: "batch" } },
    ],
  };
}
