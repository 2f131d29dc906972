/** A listing: what one source said about one offer. Append-only in the ledger, absent where the source was silent. */
import type { Capability } from "./capability.ts";
import type { Modality } from "./modality.ts";
import type { Call, OfferKey, Status, Visibility } from "./offer.ts";
import { sortPrices, type Billing, type Price } from "./price.ts";

/** The facts of a listing that have meaning: a difference here is a change. Instants are milliseconds since 1970 UTC. */
export interface Facts {
  readonly name?: string;
  readonly description?: string;
  /** Who made the model, as the source spells it. */
  readonly lab?: string;
  readonly createdAt?: number;
  readonly task?: string;
  readonly inputModalities?: readonly Modality[];
  readonly outputModalities?: readonly Modality[];
  /** What is served here. */
  readonly contextTokens?: number;
  /** What the model itself can take, where the source tells that from what is served. */
  readonly modelContextTokens?: number;
  readonly outputTokensMax?: number;
  readonly capabilities?: { readonly [capability in Capability]?: boolean };
  readonly billing?: Billing;
  readonly prices?: readonly Price[];
  readonly status?: Status;
  readonly license?: string;
  readonly openWeights?: boolean;
  readonly parameters?: number;
  readonly huggingFaceId?: string;
  /** An id that the source itself calls the canonical one. */
  readonly canonicalId?: string;
  /** Further ids that call the same offer, as the source states them. */
  readonly aliases?: readonly string[];
  readonly providerNativeId?: string;
  /** A way of serving that the id carries: `free`, `batch`. */
  readonly variant?: string;
  readonly quantization?: string;
  readonly regions?: readonly string[];
  readonly knowledgeCutoff?: string;
  readonly deprecatedAt?: number;
  readonly endsAt?: number;
  readonly successor?: string;
  readonly visibility?: Visibility;
  readonly tags?: readonly string[];
  readonly call?: Call;
  readonly hub?: HubPage;
}

/** What the Hugging Face Hub says of a model's page. */
export interface HubPage {
  /** Whether one must ask for access; `auto` and `manual` say who grants it. */
  readonly gated?: boolean | string;
  readonly private?: boolean;
  readonly pipelineTag?: string;
  readonly libraryName?: string;
}

/** Facts that move on every poll: kept beside the listing, sampled, never a change. */
export interface Volatile {
  readonly downloads?: number;
  readonly likes?: number;
  readonly firstTokenLatencyMs?: number;
  readonly tokensPerSecond?: number;
  readonly uptime?: number;
}

/** What a source file returns for one item: words as the upstream spells them, `undefined` where it was silent. */
export interface Draft extends Partial<Words> {
  readonly nativeId: string;
  /** Only where a source speaks of several gateways; else the source's own. */
  readonly gateway?: string;
  readonly provider?: string | undefined;
  readonly volatile?: { readonly [name in keyof Volatile]?: number | undefined };
}

/** The facts with untranslated words, each of which may be `undefined`. */
type Words = {
  readonly [name in Exclude<keyof Facts, Translated>]?: Facts[name] | undefined;
} & {
  readonly task?: string | undefined;
  readonly inputModalities?: readonly string[] | undefined;
  readonly outputModalities?: readonly string[] | undefined;
  readonly capabilities?: { readonly [word: string]: boolean | undefined } | undefined;
  readonly status?: string | undefined;
  readonly hub?: { readonly [name in keyof HubPage]?: HubPage[name] | undefined } | undefined;
};
type Translated = "task" | "inputModalities" | "outputModalities" | "capabilities" | "status" | "hub";

export interface Listing extends OfferKey {
  readonly source: string;
  readonly facts: Facts;
  readonly volatile?: Volatile;
}

/** The facts as one text: fields in a fixed order, prices sorted, nothing absent. Equal facts have equal texts. */
export function factsText(facts: Facts): string {
  const { prices } = facts;
  return canonicalJson(prices === undefined ? facts : { ...facts, prices: sortPrices(prices) });
}

/** JSON with the keys of every object in byte order; written directly, because every row of every run passes here. */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  // The keys of `value` are its own, so indexing by them is safe.
  const fields = value as { readonly [key: string]: unknown };
  let text = "";
  for (const key of Object.keys(fields).toSorted()) {
    const field = fields[key];
    if (field !== undefined) text += `${text === "" ? "" : ","}"${key}":${canonicalJson(field)}`;
  }
  return `{${text}}`;
}
