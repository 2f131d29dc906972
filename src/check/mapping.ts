/** Who serves a model, as a check tells it: entry by entry, and what makes no sense is counted and spoils nothing. */
import * as z from "zod";
import { taskOf } from "../domain/task.ts";
import { entriesOf, MappingEntry } from "../kit/provider-mapping.ts";
import { stated } from "../kit/wire.ts";
import { isProviderId } from "./names.ts";

/** One provider's serving of one model; a status is there, whatever else is not. */
export const Served = z.object({
  provider: z.string(),
  status: z.string(),
  providerId: z.string().optional(),
  task: z.string().optional(),
  adapter: z.string().optional(),
});
export type Served = z.infer<typeof Served>;

export interface Mapping {
  readonly served: readonly Served[];
  /** Entries that made no sense. */
  readonly unread: number;
}

const ENTRIES_MAX = 200;

/** Nothing where the value is no mapping in either shape. An absent one, `{}` and `[]` say that nobody serves the model. */
export function readMapping(value: unknown): Mapping | undefined {
  const entries = entriesOf(value ?? []);
  if (entries === undefined) return undefined;
  const served = entries.slice(0, ENTRIES_MAX).flatMap(servedIn);
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

function servedIn(entry: unknown): readonly Served[] {
  const { data } = MappingEntry.safeParse(entry);
  const status = stated(data?.status);
  if (data === undefined || status === undefined || !isProviderId(data.provider)) return [];
  const [providerId, task, adapter] = [stated(data.providerId), stated(data.task), stated(data.adapter)];
  return [
    {
      provider: data.provider,
      status,
      ...(providerId === undefined ? {} : { providerId }),
      ...(task === undefined ? {} : { task }),
      ...(adapter === undefined ? {} : { adapter }),
    },
  ];
}
