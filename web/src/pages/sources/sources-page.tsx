/** How every upstream is: when it was read, what that proved, how its runs went, and what it holds back. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { ask } from "../../api/ask.ts";
import type { List } from "../../api/words.ts";
import { Failed, Loading } from "../../parts/standing.tsx";
import { useProgress, type Reading } from "../../state/progress.ts";
import { Findings } from "./findings.tsx";
import { useOperator } from "./operator.tsx";
import { useRuns } from "./runs.ts";
import { SourceRow, type Source } from "./source-row.tsx";

/** What is being read shows live, out of the progress; the rest moves when a run ends. */
const EVERY_MS = 15_000;
const NOBODY: readonly Reading[] = [];

export function SourcesPage() {
  const sources = useQuery({
    queryKey: ["sources"],
    queryFn: ({ signal }) => ask<List<Source>>("/v1/sources", { signal }),
    refetchInterval: EVERY_MS,
  });
  const reading = useProgress().progress?.reading ?? NOBODY;
  useEndedRuns(reading);
  const operator = useOperator();
  const all = sources.data?.data;
  const runs = useRuns(
    all === undefined ? undefined : Math.max(0, ...all.map((each) => each.last_run?.id ?? 0)),
  );
  useEffect(() => {
    document.title = "Sources · modeldex";
  }, []);
  if (all === undefined)
    return sources.error === null ? (
      <Loading what="sources" />
    ) : (
      <Failed error={sources.error} again={() => void sources.refetch()} />
    );
  const read = all.filter(({ lacks }) => lacks === undefined);
  const unread = all.filter(({ lacks }) => lacks !== undefined);
  return (
    <div className="h-full overflow-y-auto p-4 sm:p-6">
      <h1 className="text-[20px] font-semibold">Sources</h1>
      <p className="mb-3 text-quiet">{summary(read, reading)}</p>
      {operator.corner(read, runs)}
      {read.length === 0 ? (
        <p>
          No source can be read: each lacks a setting, which is named below. Set one, and start the server
          again.
        </p>
      ) : (
        <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Sources that are read">
          <table className="plain-table min-w-[1040px]">
            <thead>
              <tr>
                <th className="sticky left-0 bg-page">Source</th>
                <th>Last read</th>
                <th className="text-right">Offers</th>
                <th>Coverage</th>
                <th className="text-right">Held</th>
                <th className="text-right">Findings</th>
                <th title="Rows as bars in the color of the outcome, duration as a line">Runs</th>
                <th>Last run</th>
              </tr>
            </thead>
            <tbody>
              {read.map((source) => (
                <SourceRow
                  key={source.id}
                  source={source}
                  runs={runs === undefined ? undefined : (runs.get(source.id) ?? [])}
                  reading={reading.find((each) => each.source === source.id)}
                  operator={operator}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {unread.length === 0 ? undefined : (
        <section aria-labelledby="unread" className="mt-6">
          <h2 id="unread" className="mb-2 text-[16px] font-semibold">
            Not read
          </h2>
          <dl>
            {unread.map(({ id, title, lacks }) => (
              <div key={id} className="grid gap-x-4 border-t border-line py-1 sm:grid-cols-[220px_1fr]">
                <dt>{title}</dt>
                <dd className="text-quiet">{lacks}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <Findings />
    </div>
  );
}

/** A reading that is over has changed what is said of its source. */
function useEndedRuns(reading: readonly Reading[]): void {
  const queries = useQueryClient();
  const names = reading.map(({ source }) => source).join(" ");
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["sources"] });
  }, [names, queries]);
}

function summary(read: readonly Source[], reading: readonly Reading[]): string {
  const counts = [
    [read.filter(({ stale }) => !stale).length, "fresh"],
    [read.filter(({ stale, observed_at: at }) => stale && at !== undefined).length, "stale"],
    [read.filter(({ observed_at: at }) => at === undefined).length, "never read"],
    [
      read.filter(({ last_run: run }) => run?.outcome === "failed" || run?.outcome === "rejected").length,
      "failed at last",
    ],
    [read.filter(({ held }) => held > 0).length, "hold something back"],
    [reading.length, "being read now"],
  ] as const;
  const said = counts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]));
  return `${read.length} sources are read: ${said.join(", ")}.`;
}
