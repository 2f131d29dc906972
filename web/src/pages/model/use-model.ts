/** What the model page asks: the model, who says so, what its offers were, and its kin. */
import { useQuery } from "@tanstack/react-query";
import { ask, modelPath, withParameters } from "../../api/ask.ts";
import type { List, Model, Price } from "../../api/words.ts";

/** One source's word on one field. */
export interface Word {
  readonly value?: unknown;
  readonly source?: string;
  /** The offer that it was said of, where the field is the model's. */
  readonly offer?: string;
  readonly observed_at?: string;
  readonly since?: string;
  /** Not said any more, and kept for some runs. */
  readonly kept?: boolean;
}

/** The word that stands, how many say the same, and every word that says something else. */
export interface Explained extends Word {
  readonly rule: string;
  readonly agreeing: number;
  readonly others: readonly Word[];
}

type ByField = { readonly [field: string]: Explained | undefined };

interface Explanation {
  readonly model: ByField;
  readonly offers: { readonly [offer: string]: ByField | undefined };
}

export interface History {
  readonly offers: readonly OfferHistory[];
}

interface OfferHistory {
  readonly offer: string;
  readonly gateway?: string;
  readonly provider?: string;
  readonly steps: readonly {
    readonly from: string;
    readonly to?: string;
    readonly billing?: string;
    readonly prices?: readonly Price[];
  }[];
  readonly speed?: Speed;
}

export interface Speed {
  readonly first_token_latency_ms?: number;
  readonly tokens_per_second?: number;
  readonly source: string;
  readonly observed_at: string;
}

export function useModel(id: string) {
  return useQuery({
    queryKey: ["model", id],
    queryFn: ({ signal }) => ask<Model>(`/v1/models/${modelPath(id)}`, { signal }),
  });
}

/** Asked once, when the first fact is looked into. */
export function useExplanation(id: string, isWanted: boolean) {
  return useQuery({
    queryKey: ["explanation", id],
    queryFn: async ({ signal }) => {
      const path = `/v1/models/${modelPath(id)}?explain=1`;
      const { explain } = await ask<{ readonly explain: Explanation }>(path, { signal });
      return explain;
    },
    enabled: isWanted,
  });
}

export function useHistory(id: string) {
  return useQuery({
    queryKey: ["history", id],
    queryFn: ({ signal }) => ask<History>(`/v1/models/${modelPath(id)}/history`, { signal }),
  });
}

const KIN_MAX = 50;
const KIN_FIELDS = "id,name,offers_count,cheapest,context_tokens";

/** The models that are variants of this one, or whose offers point to it now. */
export function useKin(id: string, how: "variant_of" | "points_to") {
  return useQuery({
    queryKey: ["kin", how, id],
    queryFn: ({ signal }) =>
      ask<List<Model>>(
        withParameters("/v1/models", { [how]: id, limit: KIN_MAX, fields: KIN_FIELDS, hub: "include" }),
        { signal },
      ),
    // A comma would end the word: such an id cannot be asked for so.
    enabled: !id.includes(","),
  });
}
