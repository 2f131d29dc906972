/** How every upstream is: when it was read, what that proved, and what it holds back. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { ask } from "../../api/ask.ts";
import type { List } from "../../api/words.ts";
import { Failed, Loading } from "../../parts/standing.tsx";
import { Findings } from "./findings.tsx";
import { Held } from "./held.tsx";
import { SourceRow, type Source } from "./source-row.tsx";

/** A run that is under way shows live. */
const EVERY_MS = 2_000;
const EVERY_AT_REST_MS = 15_000;

export function SourcesPage() {
  const sources = useQuery({
    queryKey: ["sources"],
    queryFn: ({ signal }) => ask<List<Source>>("/v1/sources", { signal }),
    refetchInterval: ({ state }) =>
      state.data?.data.some(({ in_progress: now }) => now !== false) ? EVERY_MS : EVERY_AT_REST_MS,
  });
  useEffect(() => {
    document.title = "Sources · modeldex";
  }, []);
  if (sources.isPending) return <Loading what="sources" />;
  if (sources.isError) return <Failed error={sources.error} again={() => void sources.refetch()} />;
  const { data } = sources.data;
  const read = data.filter(({ lacks }) => lacks === undefined);
  const unread = data.filter(({ lacks }) => lacks !== undefined);
  return (
    <div className="h-full overflow-y-auto p-4 sm:p-6">
      <h1 className="mb-3 text-[20px] font-semibold">Sources</h1>
      <Held sources={read} />
      <div className="overflow-x-auto" tabIndex={0} role="group" aria-label="Sources that are read">
        <table className="plain-table min-w-[860px]">
          <thead>
            <tr>
              <th>Source</th>
              <th>Last read</th>
              <th className="text-right">Offers</th>
              <th>Coverage</th>
              <th className="text-right">Held</th>
              <th className="text-right">Findings</th>
              <th>Last run</th>
            </tr>
          </thead>
          <tbody>
            {read.map((source) => (
              <SourceRow key={source.id} source={source} />
            ))}
          </tbody>
        </table>
      </div>
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
