/** Replicate: every public model, newest first, in pages of 25 that weigh megabytes (each holds its whole schema); no prices. */
import * as z from "zod";
import { bearer } from "../kit/auth.ts";
import { nextUrl } from "../kit/paging.ts";
import { defineSource } from "../kit/source.ts";
import { Id, stated, Text } from "../kit/wire.ts";

const Model = z.object({
  owner: Id,
  name: Id,
  description: Text,
  visibility: Text,
});

export const replicate = defineSource({
  id: "replicate",
  title: "Replicate",
  docs: "https://replicate.com/docs/reference/http#models.list",
  gateway: "replicate",
  authority: "own",
  baseUrl: "https://api.replicate.com/v1",
  auth: bearer("REPLICATE_API_TOKEN"),
  views: [{ name: "models", path: "/models" }],
  paging: nextUrl({ at: "next" }),
  items: "results",
  item: Model,
  listings: ({ owner, name, description, visibility }) => [
    {
      nativeId: `${owner}/${name}`,
      provider: "replicate",
      name,
      description: stated(description),
      // `owner` published the model there, and is its lab only sometimes.
      visibility: visibility === "private" ? "account" : undefined,
    },
  ],
});
