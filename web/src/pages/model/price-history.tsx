/** What the offers of a model cost over time, as steps: one line for each offer that is chosen. */
import { lazy, Suspense, useMemo, useState } from "react";
import { usdText } from "../../parts/figures.ts";
import { Failed } from "../../parts/standing.tsx";
import { LINE_COLORS } from "./line-colors.ts";
import { METERS, priceSeries, type Meter, type Series } from "./price-series.ts";
import { useHistory } from "./use-model.ts";

// The chart is as large as the page: it is loaded where there is something to draw.
const StepChart = lazy(async () => ({ default: (await import("./step-chart.tsx")).StepChart }));

/** Drawn at first: more lines than this nobody can tell apart. */
const DRAWN_AT_FIRST = 6;

export function PriceHistory({ id }: { readonly id: string }) {
  const [meter, setMeter] = useState<Meter>("input");
  const [chosen, setChosen] = useState<ReadonlySet<string>>();
  const [pointed, setPointed] = useState<number>();
  const history = useHistory(id);
  const all = useMemo(
    () => (history.data === undefined ? [] : priceSeries(history.data, meter, Date.now())),
    [history.data, meter],
  );
  const drawnNames = chosen ?? new Set(all.slice(0, DRAWN_AT_FIRST).map(({ name }) => name));
  const drawn = useMemo(
    () => all.filter(({ name }) => drawnNames.has(name)),
    [all, [...drawnNames].join(" ")],
  );
  if (history.isError) return <Failed error={history.error} again={() => void history.refetch()} />;
  if (history.data === undefined) return;
  if (all.length === 0 && meter === "input") return;
  const silent = history.data.offers.length - all.length;
  const turn = (name: string) => {
    const next = new Set(drawnNames);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  };
  return (
    <section aria-labelledby="history">
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <h2 id="history" className="text-[16px] font-semibold">
          Price history
        </h2>
        {METERS.map((each) => (
          <button
            type="button"
            key={each}
            className="button aria-pressed:border-accent aria-pressed:bg-wash"
            aria-pressed={meter === each}
            onClick={() => setMeter(each)}
          >
            {each.replaceAll("_", " ")}
          </button>
        ))}
      </div>
      <div className="grid gap-3 lg:grid-cols-[1fr_20rem]">
        <div className="min-w-0">
          {drawn.length === 0 ? (
            <p className="card p-4 text-quiet">
              {all.length === 0 ? "No offer ever stated this price." : "Choose an offer to draw its price."}
            </p>
          ) : (
            <Suspense fallback={<p className="text-quiet">Drawing …</p>}>
              <StepChart
                series={drawn}
                colors={drawn.map(({ name }) => colorOf(name, all))}
                title={`${meter.replaceAll("_", " ")}, $ a million tokens`}
                onPointed={setPointed}
              />
            </Suspense>
          )}
          {silent > 0 ? (
            <p className="mt-1 text-[13px] text-quiet">
              {silent} of {history.data.offers.length} offers never stated this price. A gap is a time in
              which none was stated, or nothing was offered.
            </p>
          ) : undefined}
        </div>
        <fieldset className="min-w-0">
          <legend className="flex w-full items-center gap-2 text-[13px] text-quiet">
            {pointed === undefined
              ? "$ a million, now"
              : `$ a million on ${new Date(pointed * 1_000).toISOString().slice(0, 10)}`}
            <button
              type="button"
              className="link"
              onClick={() =>
                setChosen(new Set(drawn.length === all.length ? [] : all.map(({ name }) => name)))
              }
            >
              {drawn.length === all.length ? "none" : "all"}
            </button>
          </legend>
          <ul className="max-h-72 overflow-y-auto" tabIndex={0}>
            {all.map((series) => (
              <li key={series.name}>
                <label className="flex items-center gap-2 py-0.5 text-[13px]">
                  <input
                    type="checkbox"
                    className="accent-(--accent)"
                    checked={drawnNames.has(series.name)}
                    onChange={() => turn(series.name)}
                  />
                  <Swatch color={drawnNames.has(series.name) ? colorOf(series.name, all) : undefined} />
                  <span className="min-w-0 flex-1 truncate" title={series.name}>
                    {series.name}
                  </span>
                  <span className="whitespace-nowrap">{priceThen(series, pointed)}</span>
                </label>
              </li>
            ))}
          </ul>
        </fieldset>
      </div>
    </section>
  );
}

function Swatch({ color }: { readonly color: string | undefined }) {
  return (
    <svg width="12" height="12" aria-hidden className="shrink-0">
      <rect
        width="12"
        height="12"
        rx="2"
        fill={color ?? "none"}
        stroke={color ?? "currentColor"}
        strokeOpacity="0.4"
      />
    </svg>
  );
}

/** An offer keeps its color, whichever others are drawn. */
function colorOf(name: string, all: readonly Series[]): string {
  const place = all.findIndex((series) => series.name === name);
  return LINE_COLORS[place % LINE_COLORS.length] ?? "currentColor";
}

/** What it costs now, or cost at a moment; gone, or nothing that was stated. */
function priceThen({ now, isGone, at, values }: Series, moment: number | undefined): string {
  if (moment !== undefined) {
    const value = values[at.findLastIndex((each) => each <= moment)];
    return value === undefined || value === null ? "–" : value === 0 ? "free" : usdText(String(value));
  }
  if (now === undefined) return isGone ? "gone" : "–";
  return now === "0" ? "free" : usdText(now);
}
