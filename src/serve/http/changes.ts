/** What changed: as lists, as feeds, and as it happens. */
import * as z from "zod";
import { BEING_TOLD, filterOf } from "./answers/change-filter.ts";
import { ChangeQuestion, changeList, storyList, StoryQuestion } from "./answers/changes.ts";
import { DeprecationQuestion, deprecationList } from "./answers/deprecations.ts";
import { diffOf, DiffQuestion } from "./answers/diff.ts";
import { FeedQuestion, feedOf } from "./answers/feeds.ts";
import { statsAnswer, StatsQuestion } from "./answers/stats.ts";
import { ChangeList, StoryList } from "./documents/change.ts";
import { DeprecationList } from "./documents/deprecation.ts";
import { Diff } from "./documents/diff.ts";
import { StatsDocument } from "./documents/stats.ts";
import { TOLD_CAUSES } from "./events.ts";
import { asking, type Route } from "./route.ts";

const EventQuestion = z.strictObject(BEING_TOLD);
const FEED_TYPES = { atom: "application/atom+xml", json: "application/feed+json" } as const;

export const CHANGE_ROUTES: readonly Route[] = [
  asking({
    path: "/v1/changes",
    summary:
      "What changed, field by field, the oldest first or (`order=desc`) the latest; `next_cursor` says where the next page begins.",
    parameters: ChangeQuestion,
    document: ChangeList,
    example: "/v1/changes?since=7d&topic=price&order=desc",
    answer: async ({ application, now }, question) => ({
      kind: "live",
      bytes: await changeList(application, question, now),
    }),
  }),
  asking({
    path: "/v1/stories",
    summary:
      "The same as stories, the latest first: what moves again and again, or comes and goes, is one, with its count and its bounds.",
    parameters: StoryQuestion,
    document: StoryList,
    example: "/v1/stories?gateway=openrouter&topic=price",
    answer: async ({ application, now }, question) => ({
      kind: "live",
      bytes: await storyList(application, question, now),
    }),
  }),
  asking({
    path: "/v1/diff",
    summary:
      "What is otherwise at one moment, or in one revision, than at another, field by field, page by page: as it was true, by today's rules.",
    parameters: DiffQuestion,
    document: Diff,
    example: "/v1/diff?from=30d&gateway=openrouter&topic=price",
    answer: async ({ application, now }, question) => ({
      kind: "live",
      bytes: await diffOf(application, question, now),
    }),
  }),
  asking({
    path: "/v1/stats",
    summary:
      "How many models and offers each gateway listed over time, what came and went, and where the prices of metered offers lay: points of a day, a week or a month.",
    parameters: StatsQuestion,
    document: StatsDocument,
    example: "/v1/stats?gateway=openrouter,groq&interval=week",
    answer: async ({ application, now }, question) => ({
      kind: "live",
      bytes: await statsAnswer(application, question, now),
    }),
  }),
  asking({
    path: "/v1/deprecations",
    summary:
      "The offers that their gateways call deprecated or say will end, the soonest first, with what is named in their place.",
    parameters: DeprecationQuestion,
    document: DeprecationList,
    example: "/v1/deprecations?within=90d",
    answer: ({ application, now }, question) => ({
      kind: "live",
      bytes: deprecationList(application, question, now),
    }),
  }),
  ...(["atom", "json"] as const).map((format) =>
    asking({
      path: `/v1/feed.${format}`,
      summary: `Stories as ${format === "atom" ? "an Atom feed" : "a JSON Feed"}: of everything, a gateway, a lab, a model, or whatever the parameters ask for.`,
      parameters: FeedQuestion,
      document: z.string(),
      media: FEED_TYPES[format],
      example: `/v1/feed.${format}?lab=openai&topic=price`,
      answer: async ({ application, now }, question, { origin, url }) => ({
        kind: "live",
        type: `${FEED_TYPES[format]}; charset=utf-8`,
        bytes: await feedOf(application, question, { address: new URL(url, origin), format, now }),
      }),
    }),
  ),
  asking({
    path: "/v1/events",
    summary:
      "Changes as they happen, as server-sent events: `Last-Event-ID` (or `since`) says where to go on; each `data` is a change.",
    parameters: EventQuestion,
    document: z.string(),
    media: "text/event-stream",
    example: "/v1/events?gateway=groq&topic=price",
    answer: async ({ application, events, now }, question, { lastEventId }) => {
      const filter = await filterOf(application, question, now, TOLD_CAUSES);
      return { kind: "events", events: await events.open(application, filter, lastEventId) };
    },
  }),
];
