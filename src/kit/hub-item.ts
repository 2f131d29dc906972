/** A model as the Hugging Face Hub's list writes it, and what the sources that read this list make of it alike. */
import * as z from "zod";
import type { HubPage } from "../domain/listing.ts";
import type { View } from "./source.ts";
import { Flag, fromIso, Id, stated, Text, WordList } from "./wire.ts";

export const Counter = z.number().int().min(0).nullish();

export const HubItem = z.object({
  id: Id,
  createdAt: Text,
  downloads: Counter,
  likes: Counter,
  gated: z.union([z.boolean(), z.string()]).nullish(),
  private: Flag,
  pipeline_tag: Text,
  library_name: Text,
  tags: WordList,
});
export type HubItem = z.infer<typeof HubItem>;

/** The names to expand for these fields: what a plain list brings, and `gated`. */
export const HUB_FIELDS = [
  "createdAt",
  "downloads",
  "gated",
  "library_name",
  "likes",
  "pipeline_tag",
  "private",
  "tags",
] as const;

export const HUB_LIST = "/api/models";

/** The Hub's list in one of its orders, always descending. */
export function sortedBy(sort: string): View {
  return { name: `sort=${sort}`, path: HUB_LIST, query: { sort } };
}

export function pageOf(item: HubItem): { readonly [name in keyof HubPage]-?: HubPage[name] | undefined } {
  return {
    gated: stated(item.gated),
    private: stated(item.private),
    pipelineTag: stated(item.pipeline_tag),
    libraryName: stated(item.library_name),
  };
}

const LICENSE = "license:";

/** The license is a tag among the others. */
export function licenseOf({ tags }: Pick<HubItem, "tags">): string | undefined {
  return tags?.find(isLicense)?.slice(LICENSE.length);
}

export function isLicense(tag: string): boolean {
  return tag.startsWith(LICENSE);
}

/** Whatever is older than the field itself carries one instant in its place. */
export function bornAt(createdAt: string | null | undefined): number | undefined {
  return createdAt?.startsWith("2022-03-02T23:29:0") === true ? undefined : fromIso(createdAt);
}
