/** Who serves a Hub model, as the Hub writes it: in a list an array, on a model's own page an object by provider. */
import * as z from "zod";
import { Id, Text } from "./wire.ts";

const Served = z.object({ status: Text, providerId: Text, task: Text, type: Text });
const Entry = z.object({ provider: Id, ...Served.shape });

/** Both shapes, read as the array. */
export const ProviderMapping = z.union([
  z.array(Entry),
  z
    .record(z.string(), Served)
    .transform((byProvider) =>
      Object.entries(byProvider).map(([provider, served]) => ({ provider, ...served })),
    ),
]);
export type MappingEntry = z.infer<typeof Entry>;

/** A provider that serves any adapter (LoRA) of a base model is listed at each of them; that is no offer of its own. */
export function isAdapter({ type }: MappingEntry): boolean {
  return type === "tag-filter";
}

/** Chat is how a model is called; what the model is for, its own page says. */
export function isChat({ task }: MappingEntry): boolean {
  return task === "conversational";
}
