/** Price against context: each model a point; a drawn frame filters the table by its bounds. */
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { Link, useLocation } from "wouter";
import { ask, modelPath, withParameters } from "../../api/ask.ts";
import type { List } from "../../api/words.ts";
import { countText, shortCount, tokensText, usdText } from "../../parts/figures.ts";
import { Failed, Loading, Nothing } from "../../parts/standing.tsx";
import { useAddress } from "../../state/address.ts";
import { freeOf } from "./draw.ts";
import { Plot } from "./plot.tsx";
import {
  pointsOf,
  SIZES,
  tableParameters,
  type Frame,
  type LabOfMap,
  type Point,
  type Priced,
} from "./points.ts";

const PAGE = 1_000;
/** As many as a browser draws at once; what is beyond is said. */
const PAGES_MAX = 60;
const FIELDS = "id,name,owned_by,context_tokens,offers_count,cheapest,huggingface_metrics";
const NONE: readonly Priced[] = [];

export function MapPage() {
  const [, go] = useLocation();
  const address = useAddress();
  const [near, setNear] = useState<Point>();
  const models = useQuery({ queryKey: ["map"], queryFn: ({ signal }) => everyPriced(signal) });
  const { points, labs } = useMemo(() => pointsOf(models.data?.models ?? NONE), [models.data]);
  const lab = address.get("lab") === "" ? undefined : address.get("lab");
  const size = SIZES.find((each) => each === address.get("size")) ?? "offers";
  const look = useMemo(() => ({ size, lab }), [size, lab]);
  useEffect(() => {
    document.title = "Map · modeldex";
  }, []);
  if (models.data === undefined)
    return models.error === null ? (
      <Loading what="the map" />
    ) : (
      <Failed error={models.error} again={() => void models.refetch()} />
    );
  if (points.length === 0)
    return <Nothing title="Nothing to draw">No model has both a price and a context.</Nothing>;
  const choose = (frame: Frame) =>
    go(withParameters("/", tableParameters(frame, { free: freeOf(points), lab })));
  return (
    <div className="flex h-full min-h-0 flex-col p-4 sm:p-6">
      <h1 className="text-[20px] font-semibold">Map</h1>
      <p className="mb-2 text-quiet">
        {countText(points.length)} models by the cheapest input price a million tokens and their context. Draw
        a frame to see its models in the table, or{" "}
        <Link className="link" href="/?sort=input_price&min_context=1">
          open the table sorted by price
        </Link>
        .{models.data.isCut ? ` Only the first ${countText(PAGE * PAGES_MAX)} are drawn.` : ""}
      </p>
      <div className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <label className="whitespace-nowrap">
          Larger with more{" "}
          <select
            className="field"
            value={size}
            onChange={({ target }) => address.set({ size: target.value }, "replace")}
          >
            {SIZES.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
        <Legend
          labs={labs}
          chosen={lab}
          others={points.length - labs.reduce((sum, { count }) => sum + count, 0)}
          onLab={(next) => address.set({ lab: next }, "replace")}
        />
      </div>
      <div className="min-h-0 flex-1">
        <Plot
          points={points}
          look={look}
          near={near}
          onNear={setNear}
          onFrame={choose}
          onOpen={({ id }) => go(`/models/${modelPath(id)}`)}
        />
      </div>
      <p role="status" className="mt-1 min-h-6 truncate">
        {near === undefined ? <span className="text-quiet">Point at a model.</span> : <Near point={near} />}
      </p>
    </div>
  );
}

function Legend(props: {
  readonly labs: readonly LabOfMap[];
  readonly chosen: string | undefined;
  readonly others: number;
  onLab(lab: string | undefined): void;
}) {
  return (
    <ul aria-label="Labs" className="flex min-w-0 flex-wrap gap-1">
      {props.labs.map(({ lab, count, color }) => (
        <li key={lab}>
          <button
            type="button"
            className="flex items-center gap-1.5 rounded-md px-1.5 py-0.5 text-[13px] hover:bg-wash aria-pressed:bg-wash"
            aria-pressed={lab === props.chosen}
            onClick={() => props.onLab(lab === props.chosen ? undefined : lab)}
          >
            <span aria-hidden className="size-2.5 rounded-full" style={{ backgroundColor: color }} />
            <span className="max-w-40 truncate">{lab}</span>
            <span className="text-quiet">{countText(count)}</span>
          </button>
        </li>
      ))}
      {props.others === 0 ? undefined : (
        <li className="px-1.5 py-0.5 text-[13px] text-quiet">others {countText(props.others)}</li>
      )}
    </ul>
  );
}

function Near({ point: { id, name, usd, context, offers, downloads, lab } }: { readonly point: Point }) {
  return (
    <>
      <Link className="link" href={`/models/${modelPath(id)}`}>
        {name}
      </Link>
      : {usd === "0" ? "free" : `${usdText(usd)} a million`}, {tokensText(context)} of context,{" "}
      {countText(offers)} {offers === 1 ? "offer" : "offers"}
      {downloads === undefined ? "" : `, ${shortCount(downloads)} downloads`}, {lab}
    </>
  );
}

async function everyPriced(
  signal: AbortSignal,
): Promise<{ readonly models: readonly Priced[]; readonly isCut: boolean }> {
  const models: Priced[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const list: List<Priced> = await ask(
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
    if (cursor === undefined) return { models, isCut: false };
  }
  return { models, isCut: true };
}
