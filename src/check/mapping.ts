/** Who serves a model, as the Hub states it: an object by provider on one route, an array on the other. */
import * as z from "zod";
import { taskOf } from "../domain/task.ts";
import { isProviderId } from "./names.ts";

/** One provider's serving of one model. Words are the Hub's own: `conversational` is a chat. */
export const Served = z.object({
  provider: z.string(),
  status: z.string(),
  providerId: z.string().optional(),
  task: z.string().optional(),
  /** `lora`: the provider runs the base model and loads this adapter. */
  adapter: z.string().optional(),
});
export type Served = z.infer<typeof Served>;

export interface Mapping {
  readonly served: readonly Served[];
  /** Entries that made no sense. */
  readonly unread: number;
}

const SHORT = z.string().min(1).max(512);
const Entry = z.object({
  provider: SHORT,
  status: SHORT,
  providerId: SHORT.nullish(),
  task: SHORT.nullish(),
  adapter: SHORT.nullish(),
});
const ENTRIES_MAX = 200;

/** Nothing where the value is no mapping in either shape. An absent one, `{}` and `[]` say that nobody serves the model. */
export function readMapping(value: unknown): Mapping | undefined {
  if (value === undefined || value === null) return { served: [], unread: 0 };
  if (typeof value !== "object") return undefined;
  const entries = Array.isArray(value) ? value : Object.entries(value).map(withProvider);
  const read = entries.slice(0, ENTRIES_MAX).map((entry) => Entry.safeParse(entry));
  const served = read.flatMap(({ data }) =>
    data !== undefined && isProviderId(data.provider) ? [servedBy(data)] : [],
  );
  return { served, unread: entries.length - served.length };
}

/** Whether a mapping's task answers for the one that is asked: a chat is what a text generation or a vision model is asked for. */
export function fitsTask(asked: string, mapped: string | undefined): boolean {
  if (mapped === undefined || asked === mapped) return true;
  if ([asked, mapped].includes("conversational") && [asked, mapped].includes("image-text-to-text"))
    return true;
  const meant = taskOf(asked);
  return meant !== undefined && meant === taskOf(mapped);
}

function withProvider([provider, entry]: readonly [string, unknown]): unknown {
  return typeof entry === "object" && entry !== null ? { ...entry, provider } : entry;
}

function servedBy({ provider, status, providerId, task, adapter }: z.infer<typeof Entry>): Served {
  return {
    provider,
    status,
    ...(providerId === null || providerId === undefined ? {} : { providerId }),
    ...(task === null || task === undefined ? {} : { task }),
    ...(adapter === null || adapter === undefined ? {} : { adapter }),
  };
}
