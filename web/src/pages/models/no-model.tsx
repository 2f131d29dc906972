/** Where no model fits: which part of the question is in the way, and how many would fit without it. */
import { useQueries } from "@tanstack/react-query";
import { ask, withParameters } from "../../api/ask.ts";
import type { List } from "../../api/words.ts";
import { countText } from "../../parts/figures.ts";
import { Nothing } from "../../parts/standing.tsx";
import { useAddress } from "../../state/address.ts";
import { useSettled } from "../../state/settled.ts";
import { NO_FILTERS, partsOf, without, type Part, type Question } from "./question.ts";

/** Each part is one small question. */
const PARTS_MAX = 12;
/** Whoever types is not done yet. */
const WAIT_MS = 250;

export function NoModel({ question: latest }: { readonly question: Question }) {
  const question = useSettled(latest, WAIT_MS);
  const address = useAddress();
  const parts = partsOf(question).slice(0, PARTS_MAX);
  const counts = useQueries({
    queries: parts.map((part) => countQuery(without(question, part))),
  });
  const helpful = parts
    .map((part, index) => ({ part, count: counts[index]?.data ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  const isCounting = counts.some(({ isPending }) => isPending);
  const letGoOf = (names: readonly string[]) =>
    address.set(Object.fromEntries(names.map((name) => [name, undefined])));
  return (
    <div className="h-full overflow-y-auto">
      <Nothing title="No model fits">
        {helpful.length > 0
          ? "Each of these alone keeps them away:"
          : isCounting
            ? "Looking for what keeps them away …"
            : parts.length > 1
              ? "Together these keep them away; to let go of one is not enough."
              : "Search for a part of the name."}
      </Nothing>
      <div className="flex flex-col items-center gap-2 px-4 pb-6">
        {helpful.map(({ part, count }) => (
          <button
            type="button"
            key={part.title}
            className="button max-w-full"
            onClick={() => letGoOf(part.names)}
          >
            <span className="min-w-0 truncate">Without {nameOf(part)}</span>
            <span className="whitespace-nowrap text-quiet">
              {countText(count)} {count === 1 ? "model" : "models"}
            </span>
          </button>
        ))}
        {parts.length > 1 && !isCounting ? (
          <button
            type="button"
            className="button"
            onClick={() => address.set({ ...NO_FILTERS, q: undefined })}
          >
            Without all of them
          </button>
        ) : undefined}
      </div>
    </div>
  );
}

function nameOf({ title, value }: Part): string {
  return `${title}: ${value}`;
}

function countQuery(question: Question) {
  return {
    queryKey: ["count", question],
    queryFn: async ({ signal }: { readonly signal: AbortSignal }): Promise<number> => {
      const list = await ask<List<unknown>>(
        withParameters("/v1/models", { ...question, limit: 1, fields: "id" }),
        { signal },
      );
      return list.total ?? 0;
    },
  };
}
