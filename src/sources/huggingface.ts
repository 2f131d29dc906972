/** The Hugging Face Hub: every model that an inference provider serves, each provider an offer; prices come from the router's list. */
import type * as z from "zod";
import { bearer, optional } from "../kit/auth.ts";
import { huggingFaceChat } from "../kit/call.ts";
import { bornAt, HUB_FIELDS, HubItem, licenseOf, pageOf, sortedBy } from "../kit/hub-item.ts";
import { HUB_PARTS } from "../kit/hub-parts.ts";
import { linkHeader } from "../kit/paging.ts";
import { isAdapter, isChat, ProviderMapping, type MappingEntry } from "../kit/provider-mapping.ts";
import { defineSource } from "../kit/source.ts";
import { stated } from "../kit/wire.ts";

const Model = HubItem.extend({ inferenceProviderMapping: ProviderMapping.nullish() });
type Model = z.infer<typeof Model>;

export const huggingface = defineSource({
  id: "huggingface",
  title: "Hugging Face Hub",
  docs: "https://huggingface.co/docs/inference-providers/hub-api",
  gateway: "huggingface",
  authority: "own",
  baseUrl: "https://huggingface.co",
  auth: optional(bearer("HF_TOKEN", "HUG_API_KEY")),
  pace: { intervalMs: 500, untilTold: true },
  // First by an instant that never moves: a counter that moves between two pages carries rows across the cursor.
  views: [
    sortedBy("createdAt"),
    sortedBy("likes"),
    sortedBy("downloads"),
    sortedBy("lastModified"),
    sortedBy("trendingScore"),
  ],
  partition: HUB_PARTS,
  paging: linkHeader(
    // The mapping, and little more than a list without `expand` brings: light enough for the largest page.
    {
      inference_provider: "all",
      "expand[]": ["author", "inferenceProviderMapping", ...HUB_FIELDS].toSorted(),
    },
    { limit: "limit", pageSize: 1_000 },
  ),
  items: "",
  passing: true,
  item: Model,
  ignore: ({ inferenceProviderMapping: mapping }) => {
    if (mapping?.some((entry) => !isAdapter(entry)) === true) return undefined;
    return mapping?.some(isAdapter) === true
      ? "an adapter of a model that is served"
      : "no provider serves it";
  },
  listings: (model) => {
    const mapping = model.inferenceProviderMapping ?? [];
    const tags = mapping.filter(isAdapter).map(({ provider }) => `adapter:${provider}`);
    return mapping.filter((entry) => !isAdapter(entry)).map((entry) => ({ ...draftOf(model, entry), tags }));
  },
});

function draftOf(model: Model, entry: MappingEntry) {
  return {
    nativeId: model.id,
    provider: entry.provider,
    providerNativeId: stated(entry.providerId),
    task: stated(isChat(entry) ? (model.pipeline_tag ?? entry.task) : entry.task),
    status: stated(entry.status),
    createdAt: bornAt(model.createdAt),
    license: licenseOf(model),
    huggingFaceId: model.id,
    hub: pageOf(model),
    visibility: model.private === true ? ("account" as const) : undefined,
    volatile: { downloads: stated(model.downloads), likes: stated(model.likes) },
    call: isChat(entry) ? huggingFaceChat(model.id, entry.provider) : undefined,
  };
}
