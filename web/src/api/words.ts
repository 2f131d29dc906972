/** The API's documents, as far as the explorer reads them. A field that is unknown is absent. */

export interface List<Item> {
  readonly data: readonly Item[];
  readonly total?: number;
  readonly has_more: boolean;
  readonly revision?: number;
  readonly next_cursor?: string;
  readonly facets?: Facets;
}

/** How many models have each value, or lie between two bounds; `unknown` is how many state none. */
export interface Facet {
  readonly values?: readonly { readonly value: string; readonly count: number }[];
  readonly buckets?: readonly {
    readonly from: string | number;
    readonly to?: string | number;
    readonly count: number;
  }[];
  readonly unknown: number;
  /** True where there are values that were not counted. */
  readonly has_more?: boolean;
}

export type Facets = { readonly [name: string]: Facet | undefined };

export interface Price {
  readonly meter: string;
  readonly unit: string;
  readonly usd: string;
  readonly per_million?: string;
  readonly when?: {
    readonly promptTokensOver?: number;
    readonly utc?: { readonly from: number; readonly to: number };
    readonly tier?: string;
    readonly ttl?: string;
    readonly region?: string;
  };
}

export interface Offer {
  readonly id: string;
  readonly gateway: string;
  readonly provider: string;
  readonly native_id: string;
  readonly model: string;
  readonly link: {
    readonly rule: string;
    readonly evidence: string;
    /** Models that it may be, where the evidence does not say which. */
    readonly candidates?: readonly string[];
    /** What a moving alias stands for now. */
    readonly points_to?: string;
  };
  readonly name?: string;
  readonly status?: string;
  readonly billing?: string;
  readonly attested?: string;
  readonly prices?: readonly Price[];
  readonly context_tokens?: number;
  readonly output_tokens_max?: number;
  readonly task?: string;
  readonly capabilities?: { readonly [name: string]: boolean };
  readonly quantization?: string;
  readonly variant?: string;
  readonly regions?: readonly string[];
  readonly deprecated_at?: string;
  readonly ends_at?: string;
  readonly successor?: string;
  readonly call?: { readonly protocol: string; readonly base_url: string; readonly model: string };
  readonly held?: readonly string[];
  readonly pinned?: readonly string[];
  readonly source: string;
  readonly first_seen?: string;
  readonly last_seen?: string;
}

export interface Model {
  readonly id: string;
  readonly created?: number;
  readonly owned_by: string;
  readonly name: string;
  readonly description?: string;
  readonly task?: string;
  readonly input_modalities?: readonly string[];
  readonly output_modalities?: readonly string[];
  readonly context_tokens?: number;
  readonly output_tokens_max?: number;
  readonly capabilities?: { readonly [name: string]: boolean };
  readonly license?: string;
  readonly open_weights?: boolean;
  readonly parameters?: number;
  readonly knowledge_cutoff?: string;
  readonly hugging_face_id?: string;
  readonly variant_of?: string;
  readonly aliases?: readonly string[];
  readonly tags?: readonly string[];
  readonly offers_count: number;
  readonly gateways: readonly string[];
  /** The ways in which its offers are paid for. */
  readonly billings?: readonly string[];
  readonly cheapest?: {
    readonly offer: string;
    readonly input_per_million: string;
    readonly output_per_million?: string;
  };
  readonly pinned?: readonly string[];
  readonly updated_at?: string;
  readonly huggingface_metrics?: {
    readonly downloads?: number;
    readonly likes?: number;
    readonly gated?: boolean | string;
    readonly private?: boolean;
    readonly pipeline_tag?: string;
    readonly library_name?: string;
  };
  readonly offers?: readonly Offer[];
}
