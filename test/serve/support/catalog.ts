/** A small revision, built by the one builder: three models, five offers, one of them unlinked, one with a hostile name. */
import { buildCatalog, type ModelEntry, type OfferEntry } from "../../../src/catalog/build.ts";
import type { Shelf } from "../../../src/catalog/catalog.ts";

export const NOW = Date.UTC(2026, 7, 5, 12);
export const HOUR_MS = 3_600_000;

/** ESC, the one-byte CSI, a bell, a right-to-left override, a zero-width space. */
export const HOSTILE = "evil\u001b[2J\u009b31m\u0007\u202egnp\u200b'; rm -rf ~ #<script>alert(1)</script>";

export function smallShelf(revision = 7): Shelf {
  return {
    catalog: buildCatalog([oss(), hostile(), unlinked()], revision, NOW - HOUR_MS),
    freshness: new Map([
      ["groq", NOW - HOUR_MS],
      ["huggingface-router", NOW - 2 * HOUR_MS],
    ]),
  };
}

function oss(): ModelEntry {
  const id = "openai/gpt-oss-120b";
  return {
    id,
    aliases: ["gpt-oss-120b", "openai/gpt-oss-120b-old"],
    document: {
      id,
      object: "model",
      name: "gpt-oss-120b",
      owned_by: "openai",
      context_tokens: 131_072,
      capabilities: { tools: true, vision: false },
      license: "apache-2.0",
      offers_count: 3,
      gateways: ["groq", "huggingface"],
      cheapest: { offer: `huggingface/novita/${id}`, input_per_million: "0.05", output_per_million: "0.25" },
    },
    offers: [
      offer("groq", "groq", id, { billing: "metered", ...metered("0.15", "0.75") }, "groq"),
      offer("huggingface", "groq", id, { billing: "free", status: "live" }, "huggingface-router"),
      offer(
        "huggingface",
        "novita",
        id,
        { billing: "metered", ...metered("0.05", "0.25") },
        "huggingface-router",
      ),
    ],
  };
}

function hostile(): ModelEntry {
  const id = `~groq/${HOSTILE}`;
  return {
    id,
    aliases: [],
    document: {
      id,
      object: "model",
      name: HOSTILE,
      owned_by: HOSTILE,
      offers_count: 1,
      gateways: ["groq"],
    },
    offers: [offer("groq", "groq", HOSTILE, { billing: "unknown" }, "groq")],
  };
}

function unlinked(): ModelEntry {
  const id = "~groq/audio/whisper/large-v3";
  return {
    id,
    aliases: [],
    document: { id, object: "model", name: "whisper large v3", offers_count: 1, gateways: ["groq"] },
    offers: [offer("groq", "groq", "audio/whisper/large-v3", { billing: "subscription" }, "groq")],
  };
}

function offer(
  gateway: string,
  provider: string,
  nativeId: string,
  facts: object,
  seenBy: string,
): OfferEntry {
  const id = `${gateway}/${provider}/${nativeId}`;
  const call = { protocol: "openai-chat", base_url: `https://${gateway}.example/v1`, model: nativeId };
  return {
    id,
    seenBy,
    document: { id, object: "offer", gateway, provider, native_id: nativeId, ...facts, call },
  };
}

function metered(input: string, output: string): object {
  const price = (meter: string, per_million: string) => ({ meter, unit: "token", usd: "0", per_million });
  return { prices: [price("input", input), price("output", output)] };
}
