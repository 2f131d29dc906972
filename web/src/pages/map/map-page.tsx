/** Price against context: each model a point; a drawn frame filters the table by its bounds. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import { ask, modelPath, withParameters } from "../../api/ask.ts";
import type { List, Model } from "../../api/words.ts";
import { countText, tokensText, usdText } from "../../parts/figures.ts";
import { Failed, Loading, Nothing } from "../../parts/standing.tsx";
import { Plot } from "./plot.tsx";
import { pointsOf, tableParameters, type Frame, type Point } from "./points.ts";

const PAGE = 1_000;
const PAGES_MAX = 10;
const FIELDS = "id,name,owned_by,context_tokens,offers_count,cheapest,created,updated_at,gateways";

export function MapPage() {
  const [, go] = useLocation();
  const [near, setNear] = useState<Point>();
  const models = useQuery({ queryKey: ["map"], queryFn: ({ signal }) => everyPriced(signal) });
  useEffect(() => {
    document.title = "Map · modeldex";
  }, []);
  if (models.isPending) return <Loading what="the map" />;
  if (models.isError) return <Failed error={models.error} again={() => void models.refetch()} />;
  const points = pointsOf(models.data);
  if (points.length === 0)
    return <Nothing title="Nothing to draw">No model has both a price and a context.</Nothing>;
  const choose = (frame: Frame) => go(withParameters("/", tableParameters(frame)));
  return (
    <div className="flex h-full min-h-0 flex-col p-4 sm:p-6">
      <h1 className="text-[20px] font-semibold">Map</h1>
      <p className="mb-2 text-quiet">
        {countText(points.length)} models by the cheapest input price and their context; larger points have
        more offers. Draw a frame to see its models in the table, or{" "}
        <Link className="link" href="/?sort=input_price&min_context=1">
          open the table sorted by price
        </Link>
        .
      </p>
      <div className="min-h-0 flex-1">
        <Plot points={points} onNear={setNear} onFrame={choose} />
      </div>
      <p role="status" className="mt-1 min-h-6 truncate">
        {near === undefined ? (
          <span className="text-quiet">Point at a model.</span>
        ) : (
          <>
            <Link className="link" href={`/models/${modelPath(near.id)}`}>
              {near.name}
            </Link>
            : {near.usd === "0" ? "free" : `${usdText(near.usd)} a million`}, {tokensText(near.context)} of
            context, {near.offers} offers, {near.lab}
          </>
        )}
      </p>
    </div>
  );
}

async function everyPriced(signal: AbortSignal): Promise<readonly Model[]> {
  const models: Model[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const list: List<Model> = await ask(
      withParameters("/v1/models", {
        min_input_price: 0,
        min_context: 1,
        fields: FIELDS,
        limit: PAGE,
        cursor,
      }),
      { signal },
    );
    models.push(...list.data);
    cursor = list.next_cursor;
    if (cursor === undefined) break;
  }
  return models;
}
