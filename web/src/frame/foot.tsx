/** What the server last published, and when. */
import { useQuery } from "@tanstack/react-query";
import { ask } from "../api/ask.ts";
import { countText } from "../parts/figures.ts";

interface Ready {
  readonly revision: number;
  readonly models: number;
  readonly offers: number;
}

const EVERY_MS = 30_000;

export function Foot() {
  const ready = useQuery({
    queryKey: ["ready"],
    queryFn: ({ signal }) => ask<Ready>("/readyz", { signal }),
    refetchInterval: EVERY_MS,
  });
  return (
    <footer className="flex items-center gap-3 border-t border-line px-3 py-1 text-[12px] text-quiet">
      {ready.isError ? <span className="text-bad">{ready.error.message}</span> : undefined}
      {ready.data === undefined ? undefined : (
        <span>
          Revision {ready.data.revision}: {countText(ready.data.models)} models,{" "}
          {countText(ready.data.offers)} offers
        </span>
      )}
      <span className="flex-1" />
      <a className="link" href="/docs">
        API
      </a>
      <span className="hidden sm:inline">
        <kbd>?</kbd> keys
      </span>
    </footer>
  );
}
