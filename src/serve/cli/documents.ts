/** What the command line reads back of the answers' documents: the fields that it shows. Each may be absent but the ids. */
import type { Call, Status } from "../../domain/offer.ts";
import type { Billing } from "../../domain/price.ts";

export interface PriceDocument {
  readonly meter: string;
  readonly unit: string;
  readonly usd: string;
  readonly per_million?: string;
  readonly when?: object;
}

export interface OfferDocument {
  readonly id: string;
  readonly gateway: string;
  readonly provider: string;
  readonly native_id: string;
  readonly model?: string;
  readonly status?: Status;
  readonly billing?: Billing;
  readonly prices?: readonly PriceDocument[];
  readonly context_tokens?: number;
  readonly attested?: string;
  readonly last_seen?: string;
  readonly call?: Call;
}

export interface ModelDocument {
  readonly id: string;
  readonly name?: string;
  readonly owned_by?: string;
  readonly task?: string;
  readonly license?: string;
  readonly context_tokens?: number;
  readonly output_tokens_max?: number;
  readonly input_modalities?: readonly string[];
  readonly output_modalities?: readonly string[];
  readonly capabilities?: { readonly [capability: string]: boolean };
  readonly hugging_face_id?: string;
  readonly variant_of?: string;
  readonly aliases?: readonly string[];
  readonly huggingface_metrics?: { readonly downloads?: number; readonly likes?: number };
  readonly offers_count?: number;
  readonly gateways?: readonly string[];
  readonly cheapest?: {
    readonly offer?: string;
    readonly input_per_million?: string;
    readonly output_per_million?: string;
  };
  readonly offers?: readonly OfferDocument[];
}

export interface FindingDocument {
  readonly subject: string;
  readonly message: string;
  readonly first_seen: string;
}

export interface ChangeDocument {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  readonly subject: string;
  readonly subject_id: string;
  readonly cause: string;
  readonly imported?: true;
  readonly fields: readonly { readonly field: string; readonly before?: unknown; readonly after?: unknown }[];
}

export interface StoryDocument extends Omit<ChangeDocument, "at"> {
  readonly first_at: string;
  readonly last_at: string;
  readonly count: number;
}

export interface SourceDocument {
  readonly id: string;
  readonly gateway: string;
  readonly configured: boolean;
  readonly lacks?: string;
  readonly age_seconds?: number;
  readonly stale: boolean;
  readonly coverage?: { readonly kind: string; readonly evidence: string };
  readonly offers: number;
  readonly held: number;
  readonly findings: number;
  readonly last_run?: {
    readonly id: number;
    readonly outcome: string;
    readonly reason?: string;
    readonly error?: { readonly code: string; readonly message: string };
  };
}

export interface FacetDocument {
  readonly values?: readonly { readonly value: string; readonly count: number }[];
  readonly has_more?: boolean;
  readonly buckets?: readonly {
    readonly from: number | string;
    readonly to?: number | string;
    readonly count: number;
  }[];
  readonly unknown: number;
}

export interface ListDocument<Item> {
  readonly data: readonly Item[];
  readonly total?: number;
  readonly has_more: boolean;
  readonly next_cursor?: string;
  readonly revision?: number;
  readonly facets?: { readonly [name: string]: FacetDocument };
  readonly facets_left_out?: readonly string[];
}

/** Our own answer, read back: its shape is the one above by construction. */
export function readList<Item>(answer: Buffer): ListDocument<Item> {
  return JSON.parse(answer.toString()) as ListDocument<Item>;
}

export function readModel(answer: Buffer): ModelDocument {
  return JSON.parse(answer.toString()) as ModelDocument;
}
