/** Who is told of changes, behind the admin key: watches are added, listed, tried, resumed and removed. */
import { UnknownName, type Application } from "../application.ts";
import type { WatchCommand, WatchResult } from "../watches.ts";
import { single } from "./answers/envelope.ts";
import { readQuestion } from "./answers/question.ts";
import {
  addWatch,
  deliveryDocument,
  deliveryList,
  LogQuestion,
  watchDocument,
  watchList,
  WatchQuestion,
} from "./answers/watches.ts";
import { readCommand } from "./command-body.ts";
import { Delivery, DeliveryList, NewWatch, Watch, WatchList } from "./documents/watch.ts";
import { Problem } from "./problem.ts";
import type { Incoming, Route } from "./route.ts";
import { statedIn } from "./stated.ts";

export const WATCH_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/watches",
    policy: "admin",
    summary: "Who is told of changes, and how each stands, in the order in which they were added.",
    parameters: undefined,
    document: WatchList,
    example: "/v1/watches",
    answer: async ({ application }) => ({ kind: "momentary", bytes: await watchList(application) }),
  },
  {
    method: "POST",
    path: "/v1/watches",
    policy: "admin",
    summary:
      "Sends the changes that are asked for to a URL from now on, as Standard Webhooks; answers with the secret that they are signed with.",
    parameters: undefined,
    body: WatchQuestion,
    document: NewWatch,
    example: '{"url":"https://example.com/hook","gateway":"groq","topic":"price","min_change":"10%"}',
    answer: async ({ application, now }, { body }) => {
      const asked = readCommand(WatchQuestion, Object.keys(WatchQuestion.shape), body);
      const { watch, secret } = await addWatch(application, asked, now);
      return { kind: "momentary", bytes: single(watchDocument(watch, secret)) };
    },
  },
  {
    method: "DELETE",
    path: "/v1/watches/:id",
    policy: "admin",
    summary: "Sends nothing more, and forgets the watch with its log.",
    parameters: undefined,
    document: Watch,
    example: "/v1/watches/1",
    answer: async ({ application }, incoming) => {
      const { watch } = await commanded(application, "remove", incoming);
      return { kind: "momentary", bytes: single(watchDocument(watch)) };
    },
  },
  {
    method: "POST",
    path: "/v1/watches/:id/resume",
    policy: "admin",
    summary: "Goes on where it stopped, at once: nothing that changed meanwhile is left out.",
    parameters: undefined,
    document: Watch,
    example: "/v1/watches/1/resume",
    answer: async ({ application }, incoming) => {
      const { watch } = await commanded(application, "resume", incoming);
      return { kind: "momentary", bytes: single(watchDocument(watch)) };
    },
  },
  {
    method: "POST",
    path: "/v1/watches/:id/test",
    policy: "admin",
    summary: "Sends a test now, and answers what came of it.",
    parameters: undefined,
    document: Delivery,
    example: "/v1/watches/1/test",
    answer: async ({ application }, incoming) => {
      const { delivery } = await commanded(application, "test", incoming);
      if (delivery === undefined) throw gone();
      return { kind: "momentary", bytes: single(deliveryDocument(delivery)) };
    },
  },
  {
    method: "GET",
    path: "/v1/watches/:id/log",
    policy: "admin",
    summary:
      "What was sent to it, and what came of each attempt, the latest first; the last thousand are kept.",
    parameters: LogQuestion,
    document: DeliveryList,
    example: "/v1/watches/1/log?limit=20",
    answer: async ({ application }, incoming) => {
      const { limit } = readQuestion(LogQuestion, statedIn(incoming.url));
      const bytes = await deliveryList(application, numberIn(incoming), limit).catch(refused);
      return { kind: "momentary", bytes };
    },
  },
];

type Watching = Pick<Application, "watches">;

async function commanded(
  { watches }: Watching,
  what: Exclude<WatchCommand["do"], "add">,
  incoming: Incoming,
): Promise<WatchResult> {
  return watches.run({ do: what, watch: numberIn(incoming) }).catch(refused);
}

function numberIn({ parts }: Incoming): number {
  const text = parts["id"] ?? "";
  if (!/^\d{1,15}$/.test(text)) throw gone();
  return Number(text);
}

function refused(error: unknown): never {
  throw error instanceof UnknownName ? gone() : error;
}

function gone(): Problem {
  return new Problem("no-such-watch", "/v1/watches lists those that there are");
}
