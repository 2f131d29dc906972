/** A model as the Hugging Face Hub lists it, whether anybody serves it or not. Instants are milliseconds since 1970 UTC. */
import type { HubPage } from "./listing.ts";
import { idFault, storableText } from "./text.ts";

/** The source that reads every model of the Hub. */
export const HUB_SOURCE = "huggingface-hub";

/** What makes a difference: the rest moves from look to look. */
export interface HubFacts extends HubPage {
  readonly license?: string;
  /** Without the one that names the license; at most `TAGS_MAX`. */
  readonly tags?: readonly string[];
  readonly parameters?: number;
}

export interface HubModel extends HubFacts {
  /** `lab/name`, or a name alone for the oldest. */
  readonly id: string;
  readonly createdAt?: number;
  readonly lastModified?: number;
  /** Of the last 30 days. */
  readonly downloads?: number;
  readonly likes?: number;
  /** Ids that it had before it was renamed. */
  readonly aliases?: readonly string[];
}

/** What the list states of a model, as it is spelled there, `undefined` where it is silent. */
export type HubDraft = { readonly [name in Exclude<keyof HubModel, "aliases">]: HubModel[name] | undefined };

/** A model as one row of the list states it: facts apart from what moves. Without facts: listed, but not readable. */
export interface HubRow extends Omit<HubModel, keyof HubFacts | "aliases"> {
  readonly facts?: HubFacts;
}

/** Some models name a thousand languages. */
const TAGS_MAX = 200;
const INSTANT_MIN = Date.UTC(2015, 0, 1);
const INSTANT_MAX = Date.UTC(2100, 0, 1);

/** Texts that can be stored, numbers within their bounds; what is absent stays absent. Or why the row names no model. */
export function finishHubModel(draft: HubDraft): HubRow | { readonly fault: string } {
  const fault = draft.id === undefined ? "the id is missing" : idFault(draft.id);
  if (draft.id === undefined || fault !== undefined) return { fault: fault ?? "the id is missing" };
  const { gated, tags, parameters } = draft;
  // Always in this order: equal facts are equal texts.
  const facts = stated<HubFacts>({
    gated: typeof gated === "string" ? text(gated) : gated,
    private: draft.private,
    pipelineTag: text(draft.pipelineTag),
    libraryName: text(draft.libraryName),
    license: text(draft.license),
    tags: tags?.slice(0, TAGS_MAX).flatMap((tag) => text(tag) ?? []),
    parameters: parameters === 0 ? undefined : count(parameters),
  });
  const moving = stated<Omit<HubRow, "id" | "facts">>({
    createdAt: instant(draft.createdAt),
    lastModified: instant(draft.lastModified),
    downloads: count(draft.downloads),
    likes: count(draft.likes),
  });
  return { id: draft.id, ...moving, facts };
}

/** Without the fields that are absent. Deleted from one object: millions of rows pass here. */
function stated<Fields extends object>(fields: {
  readonly [name in keyof Fields]-?: Fields[name] | undefined;
}): Fields {
  const rest: { [name: string]: unknown } = { ...fields };
  for (const name of Object.keys(rest)) if (rest[name] === undefined) delete rest[name];
  // What is left of the fields is stated.
  return rest as Fields;
}

function text(value: string | undefined): string | undefined {
  return value === undefined ? undefined : storableText(value);
}

function count(value: number | undefined): number | undefined {
  return value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function instant(value: number | undefined): number | undefined {
  return value !== undefined && value >= INSTANT_MIN && value < INSTANT_MAX ? value : undefined;
}
