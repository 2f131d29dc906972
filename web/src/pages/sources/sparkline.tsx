/** The last runs of a source: rows as bars in the color of their outcome, and how long they took as a line. */
import { countText } from "../../parts/figures.ts";
import type { Run } from "./runs.ts";

const WIDTH_PX = 120;
const BARS_PX = 18;
const LINE_PX = 9;
const GAP_PX = 3;
const HEIGHT_PX = BARS_PX + GAP_PX + LINE_PX;
const BAR_PX = 4;
const STEP_PX = 5;
const LEAST_PX = 2;

export const OUTCOMES: { readonly [outcome: string]: string } = {
  complete: "text-good",
  unchanged: "text-good",
  partial: "text-warn",
  held: "text-warn",
  rejected: "text-bad",
  failed: "text-bad",
};

export function Sparkline({ runs }: { readonly runs: readonly Run[] }) {
  const last = runs.at(-1);
  if (last === undefined) return <span className="text-quiet">–</span>;
  const rows = rowsOf(runs);
  const [rowsMost, msMost] = [Math.max(1, ...rows), Math.max(1, ...runs.map(({ ms }) => ms))];
  const x = (index: number) => WIDTH_PX - (runs.length - index) * STEP_PX;
  const points = runs.map(
    ({ ms }, index) => `${x(index) + BAR_PX / 2},${HEIGHT_PX - 1 - (ms / msMost) * (LINE_PX - 2)}`,
  );
  return (
    <svg
      role="img"
      aria-label={inWords(runs)}
      width={WIDTH_PX}
      height={HEIGHT_PX}
      viewBox={`0 0 ${WIDTH_PX} ${HEIGHT_PX}`}
    >
      {runs.map((run, index) => {
        const height = Math.max(LEAST_PX, ((rows[index] ?? 0) / rowsMost) * BARS_PX);
        return (
          <rect
            key={run.id}
            className={OUTCOMES[run.outcome] ?? "text-quiet"}
            fill="currentColor"
            x={x(index)}
            y={BARS_PX - height}
            width={BAR_PX}
            height={height}
            opacity={0.8}
          >
            <title>{runText(run)}</title>
          </rect>
        );
      })}
      {runs.length < 2 ? undefined : (
        <polyline
          className="text-ink"
          points={points.join(" ")}
          fill="none"
          stroke="currentColor"
          opacity={0.6}
        />
      )}
    </svg>
  );
}

/** `complete, 457 rows in 0.6 s`. */
export function runText({ outcome, rows, ms, started_at: at, reason, error }: Run): string {
  const why = error?.message ?? reason;
  return `${at.slice(0, 16).replace("T", " ")}: ${outcome}, ${countText(rows)} rows in ${secondsText(ms)}${why === undefined ? "" : ` (${why})`}`;
}

export function secondsText(ms: number): string {
  return ms < 100 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** What is unchanged sends no rows: it has those of the run before. */
function rowsOf(runs: readonly Run[]): readonly number[] {
  let last = 0;
  return runs.map(({ outcome, rows }) => {
    if (!(outcome === "unchanged" && rows === 0)) last = rows;
    return last;
  });
}

function inWords(runs: readonly Run[]): string {
  const counts = [...Map.groupBy(runs, ({ outcome }) => outcome)];
  const outcomes = counts.map(([outcome, those]) => `${those.length} ${outcome}`).join(", ");
  const last = runs.at(-1);
  return `The last ${runs.length} runs: ${outcomes}${last === undefined ? "" : `. The last one: ${runText(last)}`}`;
}
