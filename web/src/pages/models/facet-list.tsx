/** The values of one filter: those that leave most models first, the chosen ones always. */
import { useState } from "react";
import type { Facet } from "../../api/words.ts";
import { countText } from "../../parts/figures.ts";
import type { FacetOf } from "./question.ts";

const SHOWN = 8;
const SHOWN_MAX = 200;

export function FacetList({
  facet,
  chosen,
  counted: values,
  unknown = 0,
  hasMore = false,
  onChosen,
}: {
  readonly facet: FacetOf;
  readonly chosen: readonly string[];
  /** Absent until they were counted. */
  readonly counted: NonNullable<Facet["values"]> | undefined;
  /** How many state none. */
  readonly unknown: number | undefined;
  /** True where there are values that were not counted. */
  readonly hasMore: boolean | undefined;
  onChosen(words: readonly string[]): void;
}) {
  const [text, setText] = useState("");
  const [isLong, setLong] = useState(false);
  const counted = values ?? [];
  const missing = chosen.filter((word) => !counted.some(({ value }) => value === bare(word)));
  const all: readonly Value[] = [
    ...missing.filter((word) => bare(word) !== UNKNOWN).map((word) => ({ value: bare(word), count: 0 })),
    ...counted,
    ...(unknown > 0 || missing.some((word) => bare(word) === UNKNOWN)
      ? [{ value: UNKNOWN, count: unknown }]
      : []),
  ];
  const found = text === "" ? all : valuesLike(text.trim(), all, hasMore);
  const shown = found.filter(
    ({ value }, index) =>
      index < (isLong || text !== "" ? SHOWN_MAX : SHOWN) || chosen.some((word) => bare(word) === value),
  );
  const turn = (value: string) => {
    const without = chosen.filter((word) => bare(word) !== value);
    onChosen(without.length < chosen.length ? without : [...without, value]);
  };
  return (
    <div className="pt-1">
      {all.length > SHOWN * 2 ? (
        <input
          type="search"
          className="field mb-1 w-full py-0.5 text-[13px]"
          placeholder={hasMore ? "Find, or write a name" : `Find in ${countText(all.length)}`}
          aria-label={`Find in ${facet.title}`}
          onChange={({ target }) => setText(target.value)}
        />
      ) : undefined}
      <ul>
        {shown.map(({ value, count }) => (
          <li key={value}>
            <label className="flex items-center gap-2 py-px text-[13px]">
              <input
                type="checkbox"
                className="accent-(--accent)"
                checked={chosen.some((word) => bare(word) === value)}
                onChange={() => turn(value)}
              />
              <span className="min-w-0 flex-1 truncate" title={value}>
                {chosen.includes(`-${value}`) ? "not " : ""}
                {value === UNKNOWN ? <i className="text-quiet">not stated</i> : value}
              </span>
              <span className="text-quiet">{count === undefined ? "" : countText(count)}</span>
            </label>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && text === "" ? (
        <button type="button" className="link text-[12px]" onClick={() => setLong(!isLong)}>
          {isLong ? "fewer" : `${countText(found.length - SHOWN)} more`}
        </button>
      ) : undefined}
      {values === undefined ? <div className="h-42" aria-hidden /> : undefined}
      {values !== undefined && all.length === 0 ? (
        <p className="text-[12px] text-quiet">Nothing is stated.</p>
      ) : undefined}
    </div>
  );
}

interface Value {
  readonly value: string;
  /** Absent where it was not counted. */
  readonly count?: number;
}

/** Stands for "not stated" in every question. */
const UNKNOWN = "unknown";

/** What is written is offered itself where not every value was counted. */
function valuesLike(text: string, all: readonly Value[], hasMore: boolean): readonly Value[] {
  const lower = text.toLowerCase();
  const found = all.filter(({ value }) => value.toLowerCase().includes(lower));
  const isThere = found.some(({ value }) => value.toLowerCase() === lower);
  return !hasMore || isThere || text === "" || text.includes(",") ? found : [...found, { value: text }];
}

/** `-gguf` asks for what is not `gguf`. */
function bare(word: string): string {
  return word.startsWith("-") ? word.slice(1) : word;
}
