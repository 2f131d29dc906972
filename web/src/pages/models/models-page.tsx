/** Every model that can be called: search, filter, sort, and put side by side. */
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Link } from "wouter";
import { comparePath } from "../../frame/head.tsx";
import { countText } from "../../parts/figures.ts";
import { useAddress, type Address } from "../../state/address.ts";
import { pick, usePicked } from "../../state/picked.ts";
import { useSettled } from "../../state/settled.ts";
import { useShortcut } from "../../state/shortcut.ts";
import { useWidth } from "../../state/width.ts";
import { COLUMNS, SHOWN } from "./columns.tsx";
import { ColumnMenu } from "./column-menu.tsx";
import { CsvButton } from "./csv-button.tsx";
import { FacetPanel } from "./facet-panel.tsx";
import { ModelsTable } from "./models-table.tsx";
import { filterCount, questionOf, type Question } from "./question.ts";

/** While somebody types, the rows come first: the filters and their counts follow when he pauses. */
const FILTERS_WAIT_MS = 150;

export function ModelsPage() {
  const address = useAddress();
  const question = useMemo(() => questionOf(address), [address]);
  const filtering = useFiltering(question, address);
  const width = useWidth();
  const [total, setTotal] = useState<number>();
  const [isFiltering, setFiltering] = useState(() => globalThis.innerWidth >= 900);
  const chosen = address.words("columns");
  const columns = useMemo(() => {
    const names = chosen.length === 0 ? SHOWN[width] : chosen;
    return COLUMNS.filter(({ name, isShown }) => isShown === "always" || names.includes(name));
  }, [chosen.join(","), width]);
  const sort = useCallback(
    (name: string, order: "asc" | "desc" | undefined) => address.set({ sort: name, order }),
    [address],
  );
  const closeFilters = useCallback(() => setFiltering(false), []);
  useShortcut("f", () => setFiltering((is) => !is));
  useEffect(() => {
    document.title = "Models · modeldex";
  }, []);
  const filters = filterCount(question);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <h1 className="sr-only">Models</h1>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-3 py-2">
        <SearchField value={address.get("q")} onText={(q) => address.set({ q }, "replace")} />
        <button
          type="button"
          className="button"
          aria-expanded={isFiltering}
          onClick={() => setFiltering(!isFiltering)}
        >
          Filters{filters > 0 ? ` (${filters})` : ""}
        </button>
        <span role="status" className="text-[13px] text-quiet">
          {total === undefined ? "" : `${countText(total)} ${total === 1 ? "model" : "models"}`}
        </span>
        <span className="flex-1" />
        <Picked />
        <ColumnMenu
          shown={columns}
          onShown={(names) => address.set({ columns: names.join(",") }, "replace")}
        />
        <CsvButton question={question} columns={columns} total={total ?? 0} />
      </div>
      <div className="flex min-h-0 flex-1">
        {isFiltering ? <FacetPanel {...filtering} onClose={closeFilters} /> : undefined}
        <div className="min-w-0 flex-1">
          <ModelsTable question={question} columns={columns} onSort={sort} onTotal={setTotal} />
        </div>
      </div>
    </div>
  );
}

/** What the filters show: every filter at once, what is typed when it has settled. */
function useFiltering({ q: typed, ...filters }: Question, address: Address) {
  const q = useSettled(typed, FILTERS_WAIT_MS);
  const question: Question = { ...filters, ...(q === undefined ? {} : { q }) };
  return useMemo(() => ({ question, address }), [JSON.stringify(question)]);
}

/** What is typed is asked at once; the address follows it without a step of the history for each letter. */
function SearchField({ value, onText }: { readonly value: string; onText(text: string): void }) {
  const field = useRef<HTMLInputElement>(null);
  useShortcut("/", (event) => {
    event.preventDefault();
    field.current?.select();
  });
  useEffect(() => {
    // Back and forward change the address under the field; what somebody is typing stays.
    if (field.current !== null && field.current.value !== value) field.current.value = value;
  }, [value]);
  return (
    <input
      ref={field}
      type="search"
      className="field w-full sm:w-80"
      placeholder="Search: llama 3.3 70b, qwen3-coder …"
      aria-label="Search models"
      maxLength={200}
      defaultValue={value}
      onChange={({ target }) => onText(target.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // A search field would empty itself: here one only leaves it.
        event.preventDefault();
        event.currentTarget.blur();
      }}
    />
  );
}

function Picked() {
  const { picked } = usePicked();
  if (picked.length === 0) return;
  return (
    <span className="flex items-center gap-1">
      <Link href={comparePath(picked)} className="button-strong no-underline">
        Compare {picked.length}
      </Link>
      <button type="button" className="button" onClick={() => pick([])}>
        Clear
      </button>
    </span>
  );
}
