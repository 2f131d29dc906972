/** The filters, each with how many models it would leave: counted without itself. */
import { memo, useRef } from "react";
import { Failed } from "../../parts/standing.tsx";
import type { Address } from "../../state/address.ts";
import { FacetList } from "./facet-list.tsx";
import { FACETS, NO_FILTERS, filterCount, type Question } from "./question.ts";
import { RangeFacet } from "./range-facet.tsx";
import { useFacets } from "./use-models.ts";

/** These are opened from the start. */
const OPEN: ReadonlySet<string> = new Set(["gateway", "provider", "capability", "input_price"]);

export const FacetPanel = memo(function FacetPanel({
  question,
  address,
  onClose,
}: {
  readonly question: Question;
  readonly address: Address;
  onClose(): void;
}) {
  const facets = useFacets(question, true);
  const box = useRef<HTMLElement>(null);
  return (
    <aside
      ref={box}
      aria-label="Filters"
      className="absolute inset-y-0 left-0 z-30 w-72 overflow-y-auto border-r border-line bg-page p-3 shadow-xl sm:static sm:w-60 sm:shrink-0 sm:shadow-none"
    >
      <div className="mb-2 flex items-center gap-2">
        <button
          type="button"
          className="button"
          disabled={filterCount(question) === 0}
          onClick={() => address.set(NO_FILTERS)}
        >
          Clear all
        </button>
        <span className="flex-1" />
        <button type="button" className="button sm:hidden" onClick={onClose}>
          Close
        </button>
      </div>
      <Quality address={address} />
      {facets.isError ? <Failed error={facets.error} again={() => void facets.refetch()} /> : undefined}
      {FACETS.map((facet) => (
        <details
          key={facet.name}
          open={OPEN.has(facet.name) || isSet(question, facet)}
          className="border-t border-line py-1.5"
        >
          <summary className="py-0.5 text-[13px] font-medium">{facet.title}</summary>
          {facet.range === undefined ? (
            <FacetList
              facet={facet}
              chosen={address.words(facet.name)}
              counted={facets.data?.[facet.name]?.values}
              unknown={facets.data?.[facet.name]?.unknown}
              hasMore={facets.data?.[facet.name]?.has_more}
              onChosen={(words) => address.set({ [facet.name]: words.join(",") })}
            />
          ) : (
            <RangeFacet
              range={facet.range}
              title={facet.title}
              bars={facets.data?.[facet.name]?.buckets}
              unknown={facets.data?.[facet.name]?.unknown ?? 0}
              min={address.get(facet.range.min)}
              max={address.get(facet.range.max)}
              onRange={(changes) => address.set(changes)}
            />
          )}
        </details>
      ))}
    </aside>
  );
});

/** The Hub's crowd is large: this leaves those that people use, and the closed ones that have no such counts. */
function Quality({ address }: { readonly address: Address }) {
  const isHigh = address.get("quality") !== "";
  return (
    <label
      className="mb-2 flex items-center gap-2 text-[13px]"
      title="More than 100 downloads and 5 likes at the Hub, or without such counts"
    >
      <input
        type="checkbox"
        className="accent-(--accent)"
        checked={isHigh}
        onChange={() => address.set({ quality: isHigh ? undefined : "high,unknown" })}
      />
      Much used only
    </label>
  );
}

function isSet(question: Question, { name, range }: (typeof FACETS)[number]): boolean {
  return range === undefined
    ? question[name] !== undefined
    : question[range.min] !== undefined || question[range.max] !== undefined;
}
