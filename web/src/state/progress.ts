/** What the server is reading, and which revision is out: asked often while something happens, seldom at rest. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ask, Problem } from "../api/ask.ts";

/** Where the reading of one source stands. */
export interface Reading {
  readonly source: string;
  readonly title: string;
  readonly rows?: number;
  readonly rows_expected?: number;
  readonly placing?: true;
  readonly waiting_seconds?: number;
  readonly why?: string;
}

export interface Progress {
  readonly revision?: number;
  readonly models?: number;
  readonly offers?: number;
  readonly observed_at?: string;
  readonly stale: boolean;
  readonly sources_configured: number;
  readonly reading: readonly Reading[];
}

const KEY = "progress";
const BUSY_MS = 1_000;
const AWAY_MS = 5_000;
const REST_MS = 10_000;
/** A proxy says so where nobody stands behind it. */
const AWAY: ReadonlySet<number> = new Set([0, 502, 504]);

export interface Standing {
  readonly progress: Progress | undefined;
  /** True while nobody answers. */
  readonly isAway: boolean;
}

export function useProgress(): Standing {
  const { data, error } = useQuery({
    queryKey: [KEY],
    queryFn: ({ signal }) => ask<Progress>("/v1/progress", { signal }),
    retry: false,
    staleTime: 0,
    refetchInterval: ({ state }) => {
      if (state.status === "error") return AWAY_MS;
      const now = state.data;
      return now === undefined || now.revision === undefined || now.reading.length > 0 ? BUSY_MS : REST_MS;
    },
  });
  return { progress: data, isAway: error instanceof Problem && AWAY.has(error.status) };
}

/** What is shown follows what is published, and comes back when the server does. For one place in the frame. */
export function useFreshPages({ progress, isAway }: Standing): void {
  const queries = useQueryClient();
  const shown = useRef({ revision: progress?.revision, isAway });
  useEffect(() => {
    const before = shown.current;
    shown.current = { revision: progress?.revision ?? before.revision, isAway };
    const isNewer = before.revision !== undefined && before.revision !== shown.current.revision;
    if (isAway || !(isNewer || before.isAway)) return;
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== KEY });
  }, [progress?.revision, isAway, queries]);
}
