/** The Hugging Face Hub: every model that an inference provider serves, each provider an offer; prices come from the router's list. */
import * as z from "zod";
import { bearer, optional } from "../kit/auth.ts";
import { huggingFaceChat } from "../kit/call.ts";
import { HUB_PARTS } from "../kit/hub-parts.ts";
import { linkHeader } from "../kit/paging.ts";
import { isAdapter, isChat, ProviderMapping, type MappingEntry } from "../kit/provider-mapping.ts";
import { defineSource } from "../kit/source.ts";
import { Flag, fromIso, Id, stated, Text, WordList } from "../kit/wire.ts";

const Counter = z.number().int().min(0).nullish();

const Model = z.object({
  id: Id,
  createdAt: Text,
  downloads: Counter,
  likes: Counter,
  gated: z.union([z.boolean(), z.string()]).nullish(),
  private: Flag,
  pipeline_tag: Text,
  library_name: Text,
  tags: WordList,
  inferenceProviderMapping: ProviderMapping.nullish(),
});
type Model = z.infer<typeof Model>;

const LIST = "/api/models";

/** The mapping, and what a list without `expand` brings too: light enough for the largest page. */
const EXPANDED = [
  "author",
  "createdAt",
  "downloads",
  "gated",
  "inferenceProviderMapping",
  "library_name",
  "likes",
  "pipeline_tag",
  "private",
  "tags",
];

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
    { inference_provider: "all", "expand[]": EXPANDED },
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
    license: model.tags?.find((tag) => tag.startsWith("license:"))?.slice("license:".length),
    huggingFaceId: model.id,
    hub: {
      gated: stated(model.gated),
      private: stated(model.private),
      pipelineTag: stated(model.pipeline_tag),
      libraryName: stated(model.library_name),
    },
    visibility: model.private === true ? ("account" as const) : undefined,
    volatile: { downloads: stated(model.downloads), likes: stated(model.likes) },
    call: isChat(entry) ? huggingFaceChat(model.id, entry.provider) : undefined,
  };
}

/** Whatever is older than the field itself carries one instant in its place. */
function bornAt(createdAt: string | null | undefined): number | undefined {
  return createdAt?.startsWith("2022-03-02T23:29:0") === true ? undefined : fromIso(createdAt);
}

function sortedBy(sort: string) {
  return { name: `sort=${sort}`, path: LIST, query: { sort } };
}
