/** The Hub's list of the models that can be called now: page by page until there are enough, those with most downloads first. */
import * as z from "zod";
import type { Runtime } from "../kit/runtime.ts";
import { DEADLINE_MS, type Hub, type HubAnswer, type Question } from "./hub.ts";
import { fitsTask, readMapping, Served } from "./mapping.ts";
import { ANY_PROVIDER } from "./names.ts";
import { enumerated } from "./providers.ts";

export const AvailableModel = z.object({ id: z.string(), providers: z.array(Served).readonly() });
export type AvailableModel = z.infer<typeof AvailableModel>;

/** What was asked for, in the Hub's words. */
export interface Asked {
  readonly provider: string;
  readonly task: string | undefined;
  readonly limit: number;
}

export const Listed = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("models"), models: z.array(AvailableModel).readonly(), isAll: z.boolean() }),
  z.object({ kind: z.literal("no-such-provider"), known: z.array(z.string()).readonly() }),
  z.object({ kind: z.literal("token-refused") }),
  z.object({ kind: z.literal("silent"), why: z.string(), retryAfterMs: z.number().optional() }),
]);
export type Listed = z.infer<typeof Listed>;

/** As many as the Hub puts on a page. */
const PAGE_ITEMS_MAX = 1_000;
/** A page of fewer costs the same request. */
const PAGE_ITEMS_MIN = 100;
/** Of our share of the quota, one question takes no more than this. */
const PAGES_MAX = 20;

const Row = z.object({ id: z.string().min(1), inferenceProviderMapping: z.unknown().optional() });

/** A page that does not come spoils the list: half a list is no answer. */
export async function listModels(
  hub: Hub,
  runtime: Runtime,
  asked: Asked,
  token: string | undefined,
): Promise<Listed> {
  const begun = runtime.monotonic();
  const models = new Map<string, AvailableModel>();
  let query: Question["query"] = queryOf(asked);
  for (let pages = 0; query !== undefined && models.size < asked.limit; pages += 1) {
    if (pages >= PAGES_MAX || (pages > 0 && runtime.monotonic() - begun >= DEADLINE_MS)) break;
    const answer = await hub.ask({ path: ["models"], query, ...(token === undefined ? {} : { token }) });
    const rows = rowsOf(answer);
    if (rows.kind !== "rows") return rows;
    // A counter that moves between two pages brings a row twice.
    for (const model of rows.rows.flatMap((row) => modelOf(row, asked)))
      if (!models.has(model.id)) models.set(model.id, model);
    query = rows.next;
  }
  return {
    kind: "models",
    models: [...models.values()].slice(0, asked.limit),
    isAll: query === undefined && models.size <= asked.limit,
  };
}

/** Whether a provider's serving of a model is what was asked for. */
export function isAsked(
  { provider, task }: { readonly provider: string; readonly task?: string | undefined },
  asked: Asked,
): boolean {
  const isHis = asked.provider === ANY_PROVIDER || asked.provider === provider;
  return isHis && (asked.task === undefined || fitsTask(asked.task, task));
}

function queryOf({ provider, task, limit }: Asked): NonNullable<Question["query"]> {
  return [
    ["inference_provider", provider === ANY_PROVIDER ? "all" : provider],
    // The Hub's models have the task of their weights: a chat is a use of those.
    ...(task === undefined
      ? []
      : [["pipeline_tag", task === "conversational" ? "text-generation" : task] as const]),
    ["expand[]", "inferenceProviderMapping"],
    ["sort", "downloads"],
    ["limit", String(Math.min(Math.max(limit, PAGE_ITEMS_MIN), PAGE_ITEMS_MAX))],
  ];
}

function rowsOf(
  answer: HubAnswer,
):
  | { readonly kind: "rows"; readonly rows: readonly unknown[]; readonly next?: Question["query"] }
  | Exclude<Listed, { kind: "models" }> {
  if (answer.status === undefined) {
    const { why, retryAfterMs } = answer;
    return { kind: "silent", why, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  const known = answer.status === 400 ? enumerated(answer.body) : undefined;
  if (known !== undefined) return { kind: "no-such-provider", known: [...known] };
  if (answer.status === 401) return { kind: "token-refused" };
  if (answer.status !== 200 || !Array.isArray(answer.body))
    return { kind: "silent", why: `the Hub answers with status ${answer.status} and no list` };
  return { kind: "rows", rows: answer.body, ...(answer.next === undefined ? {} : { next: answer.next }) };
}

/** The list holds models whose providers are not live, too. */
function modelOf(row: unknown, asked: Asked): readonly AvailableModel[] {
  const { data } = Row.safeParse(row);
  const served = readMapping(data?.inferenceProviderMapping)?.served ?? [];
  const live = served.filter((each) => each.status === "live" && isAsked(each, asked));
  return data === undefined || live.length === 0 ? [] : [{ id: data.id, providers: live }];
}
