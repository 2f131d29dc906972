/** What the offers of a model cost over time, as steps: one line for each offer whose price is known. */
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { ask, modelPath } from "../../api/ask.ts";
import type { Price } from "../../api/words.ts";
import { Failed } from "../../parts/standing.tsx";
import { priceSeries, type Meter } from "./price-series.ts";

// The chart is as large as the page: it is loaded where there is something to draw.
const StepChart = lazy(async () => ({ default: (await import("./step-chart.tsx")).StepChart }));

export interface History {
  readonly offers: readonly {
    readonly offer: string;
    readonly steps: readonly {
      readonly from: string;
      readonly to?: string;
      readonly prices?: readonly Price[];
    }[];
  }[];
}

export function PriceHistory({ id }: { readonly id: string }) {
  const [meter, setMeter] = useState<Meter>("input");
  const history = useQuery({
    queryKey: ["history", id],
    queryFn: ({ signal }) => ask<History>(`/v1/models/${modelPath(id)}/history`, { signal }),
  });
  if (history.isError) return <Failed error={history.error} again={() => void history.refetch()} />;
  if (history.data === undefined) return;
  const series = priceSeries(history.data, meter, Date.now());
  if (series.length === 0) return;
  return (
    <section aria-labelledby="history">
      <div className="mb-2 flex items-center gap-2">
        <h2 id="history" className="text-[16px] font-semibold">
          Price history
        </h2>
        {(["input", "output"] as const).map((each) => (
          <button
            type="button"
            key={each}
            className="button aria-pressed:border-accent aria-pressed:bg-wash"
            aria-pressed={meter === each}
            onClick={() => setMeter(each)}
          >
            {each}
          </button>
        ))}
      </div>
      <Suspense fallback={<p className="text-quiet">Drawing …</p>}>
        <StepChart series={series} title={`${meter}, $ a million tokens`} />
      </Suspense>
    </section>
  );
}
