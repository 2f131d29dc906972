/** Asks a source's views until its list is complete; where all are cut short, divides it and asks part by part. */
import type { WebSource } from "../kit/source.ts";
import { divideList } from "./divide.ts";
import type { Division } from "./division.ts";
import { isOver } from "./lost.ts";
import { readView, type ReadOptions, type ViewEnd } from "./read.ts";
import { RowsSeen } from "./rows-seen.ts";
import type { Snapshot } from "./snapshot.ts";

export interface ViewsRead {
  /** How each view that was asked came to its end. */
  readonly ends: readonly ViewEnd[];
  /** What its parts prove, where the list was divided. */
  readonly division?: Division;
}

export interface ViewsOptions extends ReadOptions {
  /** What was read so far. */
  snapshot(): Snapshot;
}

export async function readViews(source: WebSource, options: ViewsOptions): Promise<ViewsRead> {
  const { conditions: _, knownBody: __, ...further } = options;
  const { partition } = source;
  const seen = new RowsSeen(source);
  const ends: ViewEnd[] = [];
  for (const [index, view] of source.views.entries()) {
    const asked = index === 0 ? options : repeating(further);
    const end = await readView(source, view, { ...asked, onPage: seen.seeing(asked.onPage) });
    ends.push(end);
    if (end.kind === "unchanged" || isComplete(end, options.snapshot()) || isOver(ends)) return { ends };
  }
  if (partition === undefined) return { ends };
  return { ends, division: await divideList(partition, { source, options: repeating(further), seen }) };
}

/** True where the view ended, and the stated total is reached by all that was read. */
export function isComplete(end: ViewEnd, snapshot: Snapshot): boolean {
  return end.kind === "ended" && (end.total === undefined || countedRows(snapshot) >= end.total);
}

export function countedRows(snapshot: Snapshot): number {
  return snapshot.unique + snapshot.rejected;
}

/** A further view mostly repeats rows of the others, and is not in a circle for that. */
function repeating(options: ReadOptions): ReadOptions {
  return {
    ...options,
    onPage: (page) => {
      options.onPage(page);
      return { fresh: page.items.length };
    },
  };
}
