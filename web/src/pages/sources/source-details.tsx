/** What lies behind a source's row: its last runs, and what it said that deserves a look. */
import { Ago } from "../../parts/ago.tsx";
import { countText } from "../../parts/figures.ts";
import { FindingList } from "./findings.tsx";
import type { Run } from "./runs.ts";
import { OUTCOMES, secondsText } from "./sparkline.tsx";

export function SourceDetails({ id, runs }: { readonly id: string; readonly runs: readonly Run[] }) {
  return (
    <div className="grid gap-4 py-2 lg:grid-cols-2">
      <section aria-label={`Runs of ${id}`}>
        <h3 className="mb-1 font-medium">Last runs</h3>
        {runs.length === 0 ? <p className="text-quiet">Not run yet.</p> : <Runs runs={runs} />}
      </section>
      <section aria-label={`Findings of ${id}`}>
        <h3 className="mb-1 font-medium">Findings</h3>
        <FindingList source={id} />
      </section>
    </div>
  );
}

function Runs({ runs }: { readonly runs: readonly Run[] }) {
  return (
    <table className="plain-table text-[13px]">
      <thead>
        <tr>
          <th>Run</th>
          <th>Outcome</th>
          <th className="text-right">Rows</th>
          <th className="text-right">+</th>
          <th className="text-right">~</th>
          <th className="text-right">−</th>
          <th className="text-right">Took</th>
        </tr>
      </thead>
      <tbody>
        {runs.toReversed().map((run) => (
          <tr key={run.id}>
            <td className="whitespace-nowrap">
              {run.id} <span className="text-quiet">{<Ago at={run.started_at} />}</span>
            </td>
            <td>
              <span className={OUTCOMES[run.outcome] ?? "text-quiet"}>{run.outcome}</span>
              {run.error === undefined ? undefined : (
                <span className="block text-[12px] break-words text-quiet">{run.error.message}</span>
              )}
            </td>
            <td className="text-right">{countText(run.rows)}</td>
            <td className="text-right">{countText(run.added + run.returned)}</td>
            <td className="text-right">{countText(run.changed)}</td>
            <td className="text-right">{countText(run.removed)}</td>
            <td className="text-right whitespace-nowrap">{secondsText(run.ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
