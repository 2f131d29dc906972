/** What only the operator may do. His key stays in this page's memory and goes in one header. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { ask } from "../../api/ask.ts";
import { countText } from "../../parts/figures.ts";
import { Failed } from "../../parts/standing.tsx";
import { FindingList } from "./findings.tsx";
import { holdingRun, type RunsBySource } from "./runs.ts";
import type { Source } from "./source-row.tsx";

interface Accepted {
  readonly run: number;
  readonly removed: number;
  readonly prices: number;
}

interface Synced {
  readonly revision: number;
  readonly runs: readonly { readonly source: string; readonly outcome: string; readonly rows: number }[];
}

const HELD_KINDS = ["held-removal", "held-price"] as const;
const NOTHING: readonly string[] = [];

export interface Operator {
  readonly hasKey: boolean;
  /** The sources that were asked to be read and are not done; empty where every source was. */
  readonly syncing: readonly string[] | undefined;
  /** Reads these sources now, or all where none is named. */
  sync(sources: readonly string[]): void;
  /** His corner of the page. */
  corner(sources: readonly Source[], runs: RunsBySource | undefined): ReactNode;
}

export function useOperator(): Operator {
  const [key, setKey] = useState("");
  const queries = useQueryClient();
  const command = <Done,>(path: string, body: object) =>
    ask<Done>(path, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify(body),
    });
  const accept = useMutation({
    mutationFn: (run: number) => command<Accepted>("/v1/admin/accept", { run }),
    onSuccess: () => queries.invalidateQueries(),
  });
  const sync = useMutation({
    mutationFn: (sources: readonly string[]) => command<Synced>("/v1/admin/sync", { sources }),
    // What is being read shows at once, not at the next look.
    onMutate: () =>
      void setTimeout(() => void queries.invalidateQueries({ queryKey: ["progress"] }), LOOK_MS),
    onSuccess: () => queries.invalidateQueries(),
  });
  return {
    hasKey: key !== "",
    syncing: sync.isPending ? sync.variables : undefined,
    sync: (sources) => sync.mutate(sources),
    corner: (sources, runs) => {
      const holding = sources.filter(({ held }) => held > 0);
      return (
        <details className="card mb-4 p-3" open={holding.length > 0 ? true : undefined}>
          <summary className="font-semibold">For the operator</summary>
          <div className="mt-2 flex flex-wrap items-end gap-3">
            <label className="block w-72">
              <span className="block text-quiet">Admin key, kept in this page only</span>
              <input
                type="password"
                autoComplete="off"
                className="field w-full"
                value={key}
                onChange={({ target }) => setKey(target.value)}
              />
            </label>
            <button
              type="button"
              className="button"
              disabled={sync.isPending}
              onClick={() => sync.mutate(NOTHING)}
            >
              Read all sources now
            </button>
            {key === "" ? undefined : <span className="text-quiet">Each row has a button of its own.</span>}
          </div>
          {holding.length === 0 ? undefined : (
            <section aria-labelledby="held" className="mt-4">
              <h2 id="held" className="mb-1 font-semibold">
                Held
              </h2>
              <p className="mb-2 max-w-3xl text-quiet">
                Many offers gone at once, or prices that jumped together, wait for a second look: the next
                whole reading confirms them, or the operator does here.
              </p>
              <ul>
                {holding.map((source) => {
                  const run = holdingRun(runs?.get(source.id)) ?? source.last_run?.id;
                  return (
                    <HeldBySource
                      key={source.id}
                      source={source}
                      isBusy={run === undefined || accept.isPending}
                      onAccept={() => run !== undefined && accept.mutate(run)}
                    />
                  );
                })}
              </ul>
            </section>
          )}
          <div role="status">
            {accept.data === undefined ? undefined : (
              <p className="mt-2 text-good">
                Applied: {countText(accept.data.removed)} removed, {countText(accept.data.prices)} prices.
              </p>
            )}
            {sync.isPending ? <p className="mt-2 text-quiet">Reading …</p> : undefined}
            {sync.data === undefined || sync.isPending ? undefined : (
              <p className="mt-2 text-good">{syncedText(sync.data)}</p>
            )}
          </div>
          {accept.error === null ? undefined : <Failed error={accept.error} />}
          {sync.error === null ? undefined : <Failed error={sync.error} />}
        </details>
      );
    },
  };
}

const LOOK_MS = 300;

function HeldBySource(props: { readonly source: Source; readonly isBusy: boolean; onAccept(): void }) {
  const { id, title, held } = props.source;
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="flex items-start gap-3 border-t border-line py-1.5">
      <details className="min-w-0 flex-1" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>
          {title}: {countText(held)}
        </summary>
        {isOpen ? HELD_KINDS.map((kind) => <FindingList key={kind} source={id} kind={kind} />) : undefined}
      </details>
      <button type="button" className="button" disabled={props.isBusy} onClick={props.onAccept}>
        Accept<span className="sr-only"> what {title} holds</span>
      </button>
    </li>
  );
}

function syncedText({ revision, runs }: Synced): string {
  const [only, ...others] = runs;
  if (only !== undefined && others.length === 0)
    return `${only.source}: ${only.outcome}, ${countText(only.rows)} rows. Revision ${revision}.`;
  const counts = [...Map.groupBy(runs, ({ outcome }) => outcome)];
  return `${counts.map(([outcome, those]) => `${those.length} ${outcome}`).join(", ")}. Revision ${revision}.`;
}
