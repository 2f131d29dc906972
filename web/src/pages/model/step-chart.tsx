/** Lines that go in steps. The table of offers beside it says the same in words. */
import { useEffect, useRef } from "react";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import type { Series } from "./price-series.ts";

const HEIGHT_PX = 240;
/** Told apart by eyes of any kind, on both grounds. */
const COLORS = [
  "#0f766e",
  "#b45309",
  "#4f46e5",
  "#be185d",
  "#65a30d",
  "#0284c7",
  "#9333ea",
  "#dc2626",
  "#0d9488",
  "#a16207",
  "#475569",
  "#db2777",
];

export function StepChart({ series, title }: { readonly series: readonly Series[]; readonly title: string }) {
  const box = useRef<HTMLDivElement>(null);
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
        axes: [axis, { ...axis, values: (_, ticks) => ticks.map((tick) => `$${tick}`) }],
        series: [
          {},
          ...series.map(({ name }, index) => ({
            label: name,
            stroke: COLORS[index % COLORS.length] ?? ink,
            width: 2,
            ...steppedPath(),
          })),
        ],
      },
      UPlot.join(series.map(({ at, values }) => [[...at], [...values]])),
      place,
    );
    const fit = new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: HEIGHT_PX }));
    fit.observe(place);
    return () => {
      fit.disconnect();
      chart.destroy();
    };
  }, [series]);
  return (
    <div
      ref={box}
      role="img"
      aria-label={`${title}: ${series.length} offers over time`}
      className="card p-2"
    />
  );
}

function steppedPath(): { readonly paths?: UPlot.Series.PathBuilder } {
  const paths = UPlot.paths.stepped?.({ align: 1 });
  return paths === undefined ? {} : { paths };
}
