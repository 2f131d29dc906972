/** The last runs of every source, in one answer, which is asked for when the page itself stands. */
import { useQuery } from "@tanstack/react-query";
import { ask, withParameters } from "../../api/ask.ts";
import type { List } from "../../api/words.ts";

export interface Run {
  readonly id: number;
  readonly source: string;
  readonly outcome: string;
  readonly started_at: string;
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly returned: number;
  readonly held: number;
  readonly rejected: number;
  readonly ms: number;
  readonly coverage?: { readonly kind: string; readonly evidence: string };
  readonly reason?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

export type RunsBySource = ReadonlyMap<string, readonly Run[]>;

const RUNS = 1_000;
/** As many of one source are drawn. */
const RUNS_SHOWN = 24;

/** By source, the oldest first. `latest` is the number of the latest run: with another one the answer is another. */
export function useRuns(latest: number | undefined): RunsBySource | undefined {
  const { data } = useQuery({
    queryKey: ["runs", latest],
    queryFn: async ({ signal }) => {
      const list = await ask<List<Run>>(withParameters("/v1/runs", { limit: RUNS }), { signal });
      const bySource = Map.groupBy(list.data, ({ source }) => source);
      return new Map(
        [...bySource].map(([source, runs]) => [source, runs.slice(0, RUNS_SHOWN).toReversed()] as const),
      );
    },
    enabled: latest !== undefined,
    placeholderData: (before) => before,
  });
  return data;
}

/** The run whose holds the operator would accept: the last one that showed any. */
export function holdingRun(runs: readonly Run[] | undefined): number | undefined {
  return runs?.findLast(({ held }) => held > 0)?.id;
}
