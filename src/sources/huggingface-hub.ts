/** The whole Hugging Face Hub: every public model, whether anybody serves it or not. */
import * as z from "zod";
import { HUB_SOURCE, type HubDraft } from "../domain/hub-model.ts";
import { bearer, optional } from "../kit/auth.ts";
import {
  bornAt,
  Counter,
  HUB_FIELDS,
  HUB_LIST,
  HubItem,
  isLicense,
  licenseOf,
  pageOf,
  sortedBy,
} from "../kit/hub-item.ts";
import { linkHeader } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { fromIso, stated, Text } from "../kit/wire.ts";

const Model = HubItem.extend({
  lastModified: Text,
  safetensors: z.object({ total: Counter }).nullish(),
});
type Model = z.infer<typeof Model>;

export const huggingfaceHub = defineSource({
  id: HUB_SOURCE,
  title: "Hugging Face Hub, every model",
  docs: "https://huggingface.co/docs/hub/api",
  gateway: "huggingface",
  authority: "own",
  baseUrl: "https://huggingface.co",
  auth: optional(bearer("HF_TOKEN", "HUG_API_KEY")),
  pace: { intervalMs: 500, untilTold: true },
  optIn: true,
  views: [sortedBy("createdAt")],
  crawl: {
    whole: sortedBy("createdAt"),
    most: sortedBy("downloads"),
    modified: sortedBy("lastModified"),
    top: [sortedBy("downloads"), sortedBy("likes"), sortedBy("trendingScore")],
    path: (id) => `${HUB_LIST}/${id.split("/").map(encodeURIComponent).join("/")}`,
    model: draftOf,
  },
  paging: linkHeader(
    { "expand[]": ["lastModified", "safetensors", ...HUB_FIELDS].toSorted() },
    { limit: "limit", pageSize: 1_000 },
  ),
  items: "",
  passing: true,
  item: Model,
  // Who serves a model is another list's to say.
  listings: () => [],
});

function draftOf(item: Model): HubDraft {
  return {
    id: item.id,
    createdAt: bornAt(item.createdAt),
    lastModified: fromIso(item.lastModified),
    downloads: stated(item.downloads),
    likes: stated(item.likes),
    ...pageOf(item),
    license: licenseOf(item),
    tags: item.tags?.filter((tag) => !isLicense(tag)),
    parameters: stated(item.safetensors?.total),
  };
}
