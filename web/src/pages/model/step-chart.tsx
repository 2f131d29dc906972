/** Lines that go in steps. The list beside it says the same in words. */
import { useEffect, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Series } from "./price-series.ts";

const HEIGHT_PX = 260;

export function StepChart({
  series,
  colors,
  title,
  onPointed,
}: {
  readonly series: readonly Series[];
  readonly colors: readonly string[];
  readonly title: string;
  /** The moment under the mouse, in seconds since 1970. */
  onPointed(moment: number | undefined): void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const pointed = useRef(onPointed);
  pointed.current = onPointed;
  const drawn = colors.join(" ");
  useEffect(() => {
    const place = box.current;
    if (place === null) return;
    const ink = getComputedStyle(place).getPropertyValue("--quiet");
    const line = getComputedStyle(place).getPropertyValue("--line");
    const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
    const chart = new UPlot(
      {
        width: place.clientWidth,
        height: HEIGHT_PX,
        legend: { show: false },
        // A part of a price is seen against the whole of it.
        scales: { y: { range: (_, __, most) => [0, most === 0 ? 1 : most * 1.1] } },
        axes: [axis, { ...axis, size: 64, values: (_, ticks) => ticks.map((tick) => `$${tick}`) }],
        series: [
          {},
          ...series.map(({ name }, index) => ({
            label: name,
            stroke: colors[index] ?? ink,
            width: 2,
            points: { show: false },
            ...steppedPath(),
          })),
        ],
        hooks: {
          setCursor: [
            ({ cursor, posToVal }) =>
              pointed.current(
                cursor.left === undefined || cursor.left < 0 ? undefined : posToVal(cursor.left, "x"),
              ),
          ],
        },
      },
      UPlot.join(series.map(({ at, values }) => [[...at], [...values]])),
      place,
    );
    const fit = new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: HEIGHT_PX }));
    fit.observe(place);
    return () => {
      fit.disconnect();
      chart.destroy();
      pointed.current(undefined);
    };
  }, [series, drawn]);
  return (
    <div
      ref={box}
      role="img"
      aria-label={`${title}: ${series.length} ${series.length === 1 ? "offer" : "offers"} over time`}
      className="card p-2"
    />
  );
}

function steppedPath(): { readonly paths?: UPlot.Series.PathBuilder } {
  const paths = UPlot.paths.stepped?.({ align: 1 });
  return paths === undefined ? {} : { paths };
}
