/** A number's filter: a small histogram whose bars can be clicked, and the two bounds. */
import { useEffect, useState } from "react";
import type { Facet } from "../../api/words.ts";
import { countText, tokensText } from "../../parts/figures.ts";
import type { FacetOf } from "./question.ts";

type Range = NonNullable<FacetOf["range"]>;

export function RangeFacet({
  range,
  title,
  bars = [],
  unknown,
  min,
  max,
  onRange,
}: {
  readonly range: Range;
  readonly title: string;
  readonly bars: NonNullable<Facet["buckets"]> | undefined;
  /** How many state none: no bound fits them. */
  readonly unknown: number;
  readonly min: string;
  readonly max: string;
  onRange(changes: { readonly [name: string]: string | undefined }): void;
}) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <div className="pt-1">
      <div className="flex h-12 items-end gap-px" role="group" aria-label={`${title}: how many models`}>
        {bars.map(({ from, to, count }) => {
          const label = `${countText(count)} ${spanText(from, to, range)}`;
          return (
            <button
              type="button"
              key={from}
              title={label}
              aria-label={label}
              className="flex h-full flex-1 items-end bg-transparent hover:bg-wash"
              onClick={() =>
                onRange({ [range.min]: String(from), [range.max]: to === undefined ? undefined : String(to) })
              }
            >
              <span className="block w-full bg-accent" style={{ height: `${(100 * count) / most}%` }} />
            </button>
          );
        })}
      </div>
      <div className="mt-1 flex items-center gap-1">
        <Bound
          label={`${title}: at least`}
          value={min}
          onValue={(value) => onRange({ [range.min]: value })}
        />
        <span className="text-quiet">to</span>
        <Bound label={`${title}: at most`} value={max} onValue={(value) => onRange({ [range.max]: value })} />
      </div>
      {unknown > 0 ? (
        <p className="mt-1 text-[12px] text-quiet">{countText(unknown)} state none</p>
      ) : undefined}
    </div>
  );
}

/** Written down when one leaves it or presses Enter: half a number is no filter. */
function Bound({
  label,
  value,
  onValue,
}: {
  readonly label: string;
  readonly value: string;
  onValue(value: string): void;
}) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const settle = () => {
    if (/^\d*\.?\d*$/.test(text)) onValue(text);
    else setText(value);
  };
  return (
    <input
      inputMode="decimal"
      className="field w-full min-w-0 py-0.5 text-[13px]"
      aria-label={label}
      placeholder="any"
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={settle}
      onKeyDown={({ key }) => {
        if (key === "Enter") settle();
      }}
    />
  );
}

/** The first bucket of a price holds what costs nothing, and nothing else. */
function spanText(from: string | number, to: string | number | undefined, range: Range): string {
  if (to === undefined) return `from ${shown(from, range)}`;
  if (range.unit === "usd" && Number(from) === 0 && Number(to) <= FREE_BELOW_USD) return "free";
  return `between ${shown(from, range)} and ${shown(to, range)}`;
}

const FREE_BELOW_USD = 0.000001;

function shown(value: string | number, { unit }: Range): string {
  return unit === "usd" ? `$${value}` : tokensText(Number(value));
}
