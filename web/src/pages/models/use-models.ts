/** Rows of the table, page by page, as far as they are looked at; and the counts beside it. */
import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { ask, withParameters } from "../../api/ask.ts";
import type { Facets, List, Model } from "../../api/words.ts";
import { FACETS, type Question } from "./question.ts";

const PAGE = 100;
const PAGES_AT_ONCE_MAX = 4;

/** What the table shows of a model: the rest stays with the server. */
export const FIELDS =
  "id,name,owned_by,created,updated_at,task,input_modalities,output_modalities,context_tokens,output_tokens_max," +
  "capabilities,license,open_weights,parameters,offers_count,gateways,billings,cheapest,huggingface_metrics";

export interface Rows {
  readonly total: number | undefined;
  readonly revision: number | undefined;
  readonly error: Error | null;
  /** True while the rows shown are those of the question before. */
  readonly isStale: boolean;
  at(index: number): Model | undefined;
  again(): void;
}

/** `from` and `to` are the first and the last row in sight. */
export function useModels(question: Question, from: number, to: number): Rows {
  const first = useQuery({
    ...pageQuery(question, 0),
    placeholderData: keepPreviousData,
  });
  const wanted = useMemo(() => pagesBetween(from, to).filter((page) => page > 0), [from, to]);
  const others = useQueries({ queries: wanted.map((page) => pageQuery(question, page)) });
  const revision = first.data?.revision;
  const { refetch } = first;
  const moved = others.some(({ data }) => data?.revision !== undefined && data.revision !== revision);
  useEffect(() => {
    // The server has published meanwhile: what was loaded first is of the revision before.
    if (moved && revision !== undefined) void refetch();
  }, [moved, revision, refetch]);
  return {
    total: first.data?.total,
    revision,
    error: first.error ?? others.find(({ error }) => error !== null)?.error ?? null,
    isStale: first.isPlaceholderData,
    at: (index) => {
      const page = Math.floor(index / PAGE);
      const list = page === 0 ? first.data : others[wanted.indexOf(page)]?.data;
      return list?.data[index % PAGE];
    },
    again: () => void refetch(),
  };
}

export function useFacets(question: Question, isOpen: boolean) {
  return useQuery({
    queryKey: ["facets", question],
    queryFn: async ({ signal }): Promise<Facets> => {
      const facets = FACETS.map(({ name }) => name).join(",");
      const list = await ask<List<Model>>(
        withParameters("/v1/models", { ...question, limit: 1, fields: "id", facets }),
        { signal },
      );
      return list.facets ?? {};
    },
    placeholderData: keepPreviousData,
    enabled: isOpen,
  });
}

/** One page of the table: whoever knows what will be asked may ask for it ahead. */
export function pageQuery(question: Question, page: number) {
  return {
    queryKey: ["models", question, page],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
      ask<List<Model>>(
        withParameters("/v1/models", {
          ...question,
          // Another spelling explains a row that was found; nobody reads it otherwise.
          fields: question["q"] === undefined ? FIELDS : `${FIELDS},aliases`,
          limit: PAGE,
          offset: page === 0 ? undefined : page * PAGE,
        }),
        { signal },
      ),
  };
}

function pagesBetween(from: number, to: number): readonly number[] {
  const first = Math.floor(Math.max(0, from) / PAGE);
  const last = Math.floor(Math.max(0, to) / PAGE);
  return Array.from({ length: Math.min(PAGES_AT_ONCE_MAX, last - first + 1) }, (_, index) => first + index);
}
