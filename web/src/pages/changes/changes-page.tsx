/** What appeared, vanished and changed its price, day by day, the latest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { ask, withParameters } from "../../api/ask.ts";
import type { List } from "../../api/words.ts";
import { ChangeLine, type Change } from "../../parts/change-line.tsx";
import { Failed, Loading, Nothing } from "../../parts/standing.tsx";
import { useAddress } from "../../state/address.ts";
import { FILTERS, feedPath, questionOf, viewOf, VIEWS } from "./question.ts";

const PAGE = 100;

export function ChangesPage() {
  const address = useAddress();
  const question = questionOf(address);
  const changes = useInfiniteQuery({
    queryKey: ["changes", question],
    queryFn: ({ signal, pageParam }) =>
      ask<List<Change>>(
        withParameters("/v1/changes", { ...question, order: "desc", limit: PAGE, cursor: pageParam }),
        { signal },
      ),
    initialPageParam: undefined as string | number | undefined,
    getNextPageParam: ({ next_cursor: next }) => next,
  });
  useEffect(() => {
    document.title = "Changes · modeldex";
  }, []);
  const days = Map.groupBy(changes.data?.pages.flatMap(({ data }) => data) ?? [], ({ at }) =>
    at.slice(0, 10),
  );
  const view = viewOf(address);
  return (
    <div className="h-full overflow-y-auto p-4 sm:p-6">
      <h1 className="mb-3 text-[20px] font-semibold">Changes</h1>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        {VIEWS.map(({ name, title, sets }) => (
          <button
            type="button"
            key={name}
            className="button aria-pressed:border-accent aria-pressed:bg-wash"
            aria-pressed={view === name}
            onClick={() => address.set(sets)}
          >
            {title}
          </button>
        ))}
        {FILTERS.map(({ name, title }) => (
          <label key={name} className="flex items-center gap-1">
            <span className="text-quiet">{title}</span>
            <input
              className="field w-36 py-0.5"
              defaultValue={address.get(name)}
              onBlur={({ target }) => address.set({ [name]: target.value.trim() })}
              onKeyDown={({ key, currentTarget }) => {
                if (key === "Enter") address.set({ [name]: currentTarget.value.trim() });
              }}
            />
          </label>
        ))}
        <span className="flex-1" />
        <a className="link" href={feedPath("atom", question)}>
          Atom
        </a>
        <a className="link" href={feedPath("json", question)}>
          JSON Feed
        </a>
      </div>
      {changes.isError ? <Failed error={changes.error} again={() => void changes.refetch()} /> : undefined}
      {changes.isPending ? <Loading what="changes" /> : undefined}
      {changes.isSuccess && days.size === 0 ? (
        <Nothing title="No change fits">
          What is read for the first time is no change: there is nothing before it.
        </Nothing>
      ) : undefined}
      {[...days].map(([day, its]) => (
        <section key={day} aria-labelledby={`day-${day}`} className="mb-4">
          <h2 id={`day-${day}`} className="mb-1 font-semibold">
            {day}
          </h2>
          <ul>
            {its.map((change) => (
              <ChangeLine key={change.id} change={change} />
            ))}
          </ul>
        </section>
      ))}
      {changes.hasNextPage ? (
        <button
          type="button"
          className="button"
          disabled={changes.isFetchingNextPage}
          onClick={() => void changes.fetchNextPage()}
        >
          Earlier
        </button>
      ) : undefined}
    </div>
  );
}
