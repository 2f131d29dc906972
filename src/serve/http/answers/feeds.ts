/** Stories as a feed of a gateway, a lab, a model or any question: the latest first. */
import * as z from "zod";
import { atomFeed, jsonFeed, type Feed } from "../../../notify/feed.ts";
import { tell } from "../../../notify/story.ts";
import type { Application } from "../../application.ts";
import { BEING_TOLD, filterOf } from "./change-filter.ts";

const STORIES_MAX = 200;
const STORIES = 50;

export const FeedQuestion = z.strictObject({
  ...BEING_TOLD,
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(STORIES_MAX)
    .default(STORIES)
    .describe(`How many stories, 1 to ${STORIES_MAX}; without it ${STORIES}.`),
});
export type FeedQuestion = z.infer<typeof FeedQuestion>;

const FORMATS = { atom: atomFeed, json: jsonFeed };

/** `address` is the feed's own, whole. Throws `BadQuestion`. */
export async function feedOf(
  application: Pick<Application, "shelf" | "sources" | "ledger">,
  question: FeedQuestion,
  {
    address,
    format,
    now,
  }: { readonly address: URL; readonly format: keyof typeof FORMATS; readonly now: number },
): Promise<Buffer> {
  const filter = await filterOf(application, question, now, ["upstream"]);
  // What an import told of the past is history, and news to no feed reader.
  const found = await application.ledger.stories({ ...filter, imported: false, limit: question.limit });
  const feed: Feed = {
    title: titleOf(question),
    url: address.href,
    home: `${address.origin}/`,
    updatedAt: application.shelf()?.catalog.createdAt ?? 0,
    stories: found.flatMap((changes) => tell(changes) ?? []),
    urlOf: ({ id }) => `${address.origin}/v1/changes?story=${id}`,
  };
  return Buffer.from(FORMATS[format](feed));
}

function titleOf({ model, lab, gateway, topic, kind }: FeedQuestion): string {
  const what = model ?? lab ?? "all models";
  const about = [...(topic ?? []), ...(kind ?? [])].join(", ");
  return `modeldex: ${what}${gateway === undefined ? "" : ` at ${gateway}`}${about === "" ? "" : `: ${about}`}`;
}
