/** What the views of a run prove together, with the evidence in words. Pure. */
import type { Coverage } from "../domain/coverage.ts";
import type { WebSource } from "../kit/source.ts";
import { endsOf, isProven, lackOf, proofBy } from "./division.ts";
import type { ViewEnd } from "./read.ts";
import type { Snapshot } from "./snapshot.ts";
import { countedRows, isComplete, type ViewsRead } from "./views.ts";

export function coverageOf({ ends, division }: ViewsRead, snapshot: Snapshot, source: WebSource): Coverage {
  const [first] = ends;
  if (first === undefined || first.kind === "unchanged")
    return { kind: "whole", evidence: "nothing changed since the last whole run" };
  const pages = `${first.pages} ${first.pages === 1 ? "page" : "pages"}`;
  if (first.kind === "broke-off" && ends.length === 1 && division === undefined)
    return { kind: "partial", evidence: `broke off after ${pages}: ${first.error.message}` };
  if (first.kind === "ended" && isComplete(first, snapshot)) {
    const total = first.total === undefined ? "" : `, ${countedRows(snapshot)} of ${first.total} stated`;
    return wholeUnless(snapshot, source, `the list ended after ${pages}${total}`);
  }
  const cut = `cut short after ${pages}: ${whyCut(first, snapshot)}`;
  if (division !== undefined && isProven(division))
    return wholeUnless(snapshot, source, `${cut}; ${proofBy(division)}: ${snapshot.unique} rows together`);
  const every = [...ends, ...(division === undefined ? [] : endsOf(division))];
  const views = every.length === 1 ? "" : `; ${every.length} views give ${snapshot.unique} rows together`;
  return {
    kind: every.some((end) => end.kind === "broke-off") ? "partial" : "window",
    evidence: `${cut}${views}${division === undefined ? "" : `; ${lackOf(division)}`}`,
  };
}

/** What speaks against a list that was read to its end. */
function wholeUnless(snapshot: Snapshot, source: WebSource, evidence: string): Coverage {
  if (snapshot.rows === 0 && source.mayBeEmpty !== true)
    return { kind: "window", evidence: "the list is empty: that proves nothing" };
  if (snapshot.unknownItems > 0) {
    return {
      kind: "window",
      evidence: `${snapshot.unknownItems} items do not tell which offer they are: absence proves nothing`,
    };
  }
  return { kind: "whole", evidence };
}

function whyCut(first: Exclude<ViewEnd, { kind: "unchanged" }>, snapshot: Snapshot): string {
  if (first.kind === "cut-short") return first.why;
  if (first.kind === "broke-off") return first.error.message;
  return `${countedRows(snapshot)} of ${first.total ?? "?"} stated`;
}
