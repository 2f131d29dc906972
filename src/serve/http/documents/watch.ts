/** Who is told of changes: a watch, how it stands, and what was sent to it. */
import * as z from "zod";
import { CAUSES, CHANGE_KINDS, TOPICS } from "../../../domain/change.ts";
import { Count, Instant, named, page, Total } from "./named.ts";

const WATCH = {
  object: z.literal("watch"),
  id: Count,
  url: z.string(),
  wish: z
    .strictObject({
      subject: z.enum(["offer", "model"]).optional(),
      gateway: z.string().optional(),
      lab: z.string().optional(),
      model: z.string().optional(),
      kinds: z.array(z.enum(CHANGE_KINDS)).optional(),
      topics: z.array(z.enum(TOPICS)).optional(),
      causes: z.array(z.enum(CAUSES)).optional(),
      q: z.string().optional(),
      min_change: z.string().optional(),
    })
    .describe("Which changes it is told; what is absent leaves nothing out."),
  state: z
    .enum(["up", "failing", "paused"])
    .describe(
      "`failing`: the same message is tried again at `next_at`. `paused`: nothing is sent until it is resumed.",
    ),
  created_at: Instant,
  failures: Count.describe("Attempts in a row that failed, all with one message.").optional(),
  failing_since: Instant.optional(),
  next_at: Instant.optional(),
  paused_at: Instant.optional(),
  paused_why: z.string().optional(),
};

export const Watch = named("Watch", z.strictObject(WATCH));
export const WatchList = named("WatchList", page(Watch, { total: Total }));

export const NewWatch = named(
  "NewWatch",
  z.strictObject({
    ...WATCH,
    secret: z.string().describe("What its messages are signed with. It is told here, and never again."),
  }),
);

const SENT = {
  object: z.literal("delivery"),
  watch: Count,
  message: z.string().describe("The message's id, the same at every attempt."),
  kind: z.enum(["changes", "test"]),
  changes: Count.describe("How many changes it holds."),
  revision: Count.optional(),
  attempt: Count,
  at: Instant,
  ms: Count,
  status: z.number().int().describe("What the receiver answered.").optional(),
  error: z.string().describe("Why it does not count as received; absent where it does.").optional(),
};

export const Delivery = named("Delivery", z.strictObject(SENT));
export const DeliveryList = named("DeliveryList", page(Delivery, {}));
