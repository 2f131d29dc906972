/** What appeared, vanished and changed its price, day by day, the latest first; and how to be told of it. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { ask } from "../../api/ask.ts";
import type { List } from "../../api/words.ts";
import { ChangeLine, type Change } from "../../parts/change-line.tsx";
import { countText } from "../../parts/figures.ts";
import { Failed, Loading, Nothing } from "../../parts/standing.tsx";
import { useAddress } from "../../state/address.ts";
import { Filters } from "./filters.tsx";
import { listPath, questionOf, viewOf, VIEWS } from "./question.ts";
import { Subscribe } from "./subscribe.tsx";

const PAGE = 100;

export function ChangesPage() {
  const address = useAddress();
  const question = questionOf(address);
  const changes = useInfiniteQuery({
    queryKey: ["changes", question],
    queryFn: ({ signal, pageParam }) =>
      ask<List<Change>>(listPath(question, { limit: PAGE, cursor: pageParam }), { signal }),
    initialPageParam: undefined as string | number | undefined,
    getNextPageParam: ({ next_cursor: next }) => next,
  });
  useEffect(() => {
    document.title = "Changes · modeldex";
  }, []);
  const listed = changes.data?.pages.flatMap(({ data }) => data) ?? [];
  const days = Map.groupBy(listed, ({ at }) => at.slice(0, 10));
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
        <span role="status" className="text-[13px] text-quiet">
          {changes.isSuccess
            ? `${countText(listed.length)}${changes.hasNextPage ? " and earlier ones" : listed.length === 1 ? " change" : " changes"}`
            : ""}
        </span>
        <span className="flex-1" />
        <Subscribe question={question} />
      </div>
      <Filters address={address} />
      {changes.isError ? <Failed error={changes.error} again={() => void changes.refetch()} /> : undefined}
      {changes.isPending ? <Loading what="changes" /> : undefined}
      {changes.isSuccess && days.size === 0 ? (
        <Nothing title="No change fits">
          What is read for the first time is no change: there is nothing before it. What only this server did
          (another rule, an override) is listed with &quot;Because of: all&quot;.
        </Nothing>
      ) : undefined}
      {[...days].map(([day, its]) => (
        <section key={day} aria-labelledby={`day-${day}`} className="mb-4">
          <h2 id={`day-${day}`} className="mb-1 font-semibold">
            {day} <span className="text-[13px] font-normal text-quiet">({countText(its.length)})</span>
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
          {changes.isFetchingNextPage ? "Loading …" : "Earlier"}
        </button>
      ) : undefined}
    </div>
  );
}
