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
  counted = [],
  onChosen,
}: {
  readonly facet: FacetOf;
  readonly chosen: readonly string[];
  readonly counted: NonNullable<Facet["values"]> | undefined;
  onChosen(words: readonly string[]): void;
}) {
  const [text, setText] = useState("");
  const [isLong, setLong] = useState(false);
  const missing = chosen.filter((word) => !counted.some(({ value }) => value === bare(word)));
  const all = [...missing.map((word) => ({ value: bare(word), count: 0 })), ...counted];
  const found =
    text === "" ? all : all.filter(({ value }) => value.toLowerCase().includes(text.toLowerCase()));
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
          placeholder={`Find in ${countText(all.length)}`}
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
                {value}
              </span>
              <span className="text-quiet">{countText(count)}</span>
            </label>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && text === "" ? (
        <button type="button" className="link text-[12px]" onClick={() => setLong(!isLong)}>
          {isLong ? "fewer" : `${countText(found.length - SHOWN)} more`}
        </button>
      ) : undefined}
      {all.length === 0 ? <p className="text-[12px] text-quiet">Nothing is stated.</p> : undefined}
    </div>
  );
}

/** `-gguf` asks for what is not `gguf`. */
function bare(word: string): string {
  return word.startsWith("-") ? word.slice(1) : word;
}
