/** Who is told of changes: what may be asked for, and watches and deliveries as every door shows them. */
import * as z from "zod";
import type { Delivery, Watch, Wish } from "../../../domain/watch.ts";
import type { Application } from "../../application.ts";
import type { WatchResult } from "../../watches.ts";
import { BEING_TOLD, filterOf } from "./change-filter.ts";
import { instant, listOf } from "./envelope.ts";
import { BadQuestion, quoted } from "./question.ts";
import { limit } from "./words.ts";

/** Each is sent to on its own, at the same time as all others. */
const WATCHES_MAX = 100;
const WORDS_LENGTH_MAX = 200;
const URL_LENGTH_MAX = 2_000;

const { since: _since, ...ABOUT } = BEING_TOLD;

export const WatchQuestion = z.strictObject({
  url: z.string().max(URL_LENGTH_MAX).describe("Where messages are sent: an https URL."),
  ...ABOUT,
  q: z
    .string()
    .trim()
    .min(1)
    .max(WORDS_LENGTH_MAX)
    .optional()
    .describe("Only where all these words stand in the ids of the offer, its gateway and its model."),
  min_change: z
    .string()
    .regex(/^\d{1,6}(\.\d{1,4})?%$/, "it is a share of the price before, like `10%`")
    .optional()
    .describe("Prices that moved by less are no news: a share of the price before, like `10%`."),
});
export type WatchQuestion = z.infer<typeof WatchQuestion>;

export const LogQuestion = z.strictObject({ limit });

type Answering = Pick<Application, "shelf" | "sources" | "ledger" | "watches">;

/** Throws `BadQuestion` for an address where nothing may go, for unknown names, and where there are too many already. */
export async function addWatch(
  application: Answering,
  { url, q, min_change, ...about }: WatchQuestion,
  now: number,
): Promise<WatchResult> {
  const { watches } = application;
  const fault = watches.urlFault(url);
  if (fault !== undefined)
    throw new BadQuestion("bad-value", `url cannot be ${quoted(url)}: ${fault}`, { parameter: "url" });
  if ((await watches.list()).length >= WATCHES_MAX)
    throw new BadQuestion("bad-value", `there are ${WATCHES_MAX} watches already: remove one first`);
  const filter = await filterOf(application, about, now, ["upstream"]);
  const wish: Wish = {
    ...filter,
    ...(q === undefined ? {} : { q }),
    ...(min_change === undefined ? {} : { minChangePercent: min_change.replace("%", "") }),
  };
  return watches.run({ do: "add", url: new URL(url).href, wish });
}

/** With its secret, where it was just added. */
export function watchDocument({ id, url, wish, ...watch }: Watch, secret?: string): object {
  const { minChangePercent: percent, ...wished } = wish;
  const { failures, failingSince, nextAt, paused, createdAt } = watch;
  const isFailing = failingSince !== undefined && paused === undefined;
  return {
    object: "watch",
    id,
    url,
    wish: { ...wished, ...(percent === undefined ? {} : { min_change: `${percent}%` }) },
    state: paused === undefined ? (isFailing ? "failing" : "up") : "paused",
    created_at: instant(createdAt),
    ...(failingSince === undefined ? {} : { failures, failing_since: instant(failingSince) }),
    ...(nextAt === undefined ? {} : { next_at: instant(nextAt) }),
    ...(paused === undefined ? {} : { paused_at: instant(paused.at), paused_why: paused.why }),
    ...(secret === undefined ? {} : { secret }),
  };
}

export function deliveryDocument({ watch, message, at, ...sent }: Omit<Delivery, "id">): object {
  const { kind, changes, revision, attempt, ms, status, error } = sent;
  return {
    object: "delivery",
    watch,
    message,
    kind,
    changes,
    revision,
    attempt,
    at: instant(at),
    ms,
    status,
    error,
  };
}

export async function watchList({ watches }: Pick<Application, "watches">): Promise<Buffer> {
  const documents = (await watches.list()).map((watch) => watchDocument(watch));
  return listOf(documents, { total: documents.length, has_more: false });
}

/** The latest first. Throws `UnknownName`. */
export async function deliveryList(
  { watches }: Pick<Application, "watches">,
  watch: number,
  most: number,
): Promise<Buffer> {
  const found = await watches.log(watch, most + 1);
  const page = found.slice(0, most).map(deliveryDocument);
  return listOf(page, { has_more: found.length > page.length });
}
