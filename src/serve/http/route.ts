/** What a route is: its address, who may ask, what may be asked, what it answers, and how. */
import type * as z from "zod";
import type { ServingApplication } from "../application.ts";
import { readQuestion } from "./answers/question.ts";
import type { EventDoor } from "./events.ts";
import type { Policy } from "./policy.ts";
import type { RateLimit } from "./rate.ts";
import type { Reply } from "./respond.ts";
import { statedIn } from "./stated.ts";
import type { Traffic } from "./traffic.ts";

/** What a route may look at. */
export interface Desk {
  readonly application: ServingApplication;
  readonly now: number;
  readonly staleAfterMs: number;
  readonly traffic: Traffic;
  readonly events: EventDoor;
}

export interface Incoming {
  readonly url: string;
  /** Where the caller found us: `https://models.example`. */
  readonly origin: string;
  /** The last event that came to a reader of events who comes back. */
  readonly lastEventId?: string | undefined;
  /** The decoded parts of the path that the route names. */
  readonly parts: { readonly [name: string]: string };
  readonly body: unknown;
  /** The caller's own token, handed to routes whose policy is `caller` and to no other. */
  readonly bearer?: string | undefined;
  /** True where the caller would rather have a stream, one document a line. */
  readonly wantsLines: boolean;
}

export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  /** A part that begins with a colon is any text without a slash. */
  readonly path: string;
  readonly policy: Policy;
  /** How much one client may ask of this route alone, whatever the operator allows. */
  readonly limit?: RateLimit;
  readonly summary: string;
  /** Absent where parameters are not looked at. */
  readonly parameters: z.ZodObject | undefined;
  /** What a command's body may hold. */
  readonly body?: z.ZodType;
  /** What it answers. */
  readonly document: z.ZodType;
  /** The answer's media type, where it is not JSON. */
  readonly media?:
    | "text/html"
    | "text/plain"
    | "text/event-stream"
    | "application/atom+xml"
    | "application/feed+json";
  /** What it answers with 300, where it may. */
  readonly choices?: z.ZodType;
  /** True where it may lead to another address. */
  readonly isMoved?: boolean;
  /** True where it can be had as a stream, one document a line. */
  readonly isStreamed?: boolean;
  /** An example of the address or, of a command, of its body. */
  readonly example: string;
  answer(desk: Desk, incoming: Incoming): Reply | Promise<Reply>;
}

/** A route that is asked by parameters, which its answer gets typed. For everybody, unless it says `caller`. */
export function asking<Question extends z.ZodObject>(
  route: Omit<Route, "answer" | "method" | "policy" | "parameters"> & {
    readonly parameters: Question;
    readonly policy?: "caller";
    answer(desk: Desk, question: z.infer<Question>, incoming: Incoming): Reply | Promise<Reply>;
  },
): Route {
  return {
    policy: "public",
    ...route,
    method: "GET",
    answer: (desk, incoming) =>
      route.answer(desk, readQuestion(route.parameters, statedIn(incoming.url)), incoming),
  };
}
