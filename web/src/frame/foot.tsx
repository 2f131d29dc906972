/** What the server last published, and what it is reading. */
import { countText } from "../parts/figures.ts";
import { readingText } from "../parts/reading.tsx";
import type { Progress, Standing } from "../state/progress.ts";

export function Foot({ standing: { progress, isAway } }: { readonly standing: Standing }) {
  return (
    <footer className="flex items-center gap-3 border-t border-line px-3 py-1 text-[12px] text-quiet">
      {progress?.revision === undefined ? undefined : (
        <span className="whitespace-nowrap">
          Revision {progress.revision}: {countText(progress.models ?? 0)} models,{" "}
          {countText(progress.offers ?? 0)} offers
        </span>
      )}
      <span className="min-w-0 flex-1 truncate">
        {progress === undefined || isAway ? undefined : underWay(progress)}
      </span>
      <a className="link" href="/docs">
        API
      </a>
      <span className="hidden sm:inline">
        <kbd>?</kbd> keys
      </span>
    </footer>
  );
}

function underWay({ reading }: Progress): string {
  // The longest one is what one waits for.
  const [first] = reading.toSorted(
    (a, b) => (b.rows_expected ?? b.rows ?? 0) - (a.rows_expected ?? a.rows ?? 0),
  );
  if (first === undefined) return "";
  const others = reading.length === 1 ? "" : `, and ${reading.length - 1} more`;
  return `reading ${first.title}: ${readingText(first)}${others}`;
}
