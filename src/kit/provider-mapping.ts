/** Who serves a Hub model, as the Hub writes it: in a list an array, on a model's own page an object by provider. */
import * as z from "zod";
import { Id } from "./wire.ts";

/** Of any word or id in a mapping; the Hub's own are far shorter. */
const LENGTH_MAX = 512;
const Word = z.string().max(LENGTH_MAX).nullish();

/** One provider's serving of one model. Words are the Hub's own: `conversational` is a chat. */
export const MappingEntry = z.object({
  provider: Id.max(LENGTH_MAX),
  status: Word,
  providerId: Word,
  task: Word,
  type: Word,
  /** `lora`: the provider runs the base model and loads this adapter. */
  adapter: Word,
});
export type MappingEntry = z.infer<typeof MappingEntry>;

/** The entries of either shape, unread; nothing where the value is neither. */
export function entriesOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).map(([provider, entry]: readonly [string, unknown]) =>
    typeof entry === "object" && entry !== null ? { ...entry, provider } : entry,
  );
}

/** Both shapes, read as the array; one entry that cannot be read spoils the whole, since it may be anybody's. */
export const ProviderMapping = z.preprocess((value) => entriesOf(value) ?? value, z.array(MappingEntry));

/** A provider that serves any adapter (LoRA) of a base model is listed at each of them; that is no offer of its own. */
export function isAdapter({ type }: MappingEntry): boolean {
  return type === "tag-filter";
}

/** Chat is how a model is called; what the model is for, its own page says. */
export function isChat({ task }: MappingEntry): boolean {
  return task === "conversational";
}
