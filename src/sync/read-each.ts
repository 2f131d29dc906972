/** Reads one list for each offer of another source, some of them in each run. What is not asked for is not missing. */
import { WorldError } from "../domain/errors.ts";
import type { Each, View, WebSource } from "../kit/source.ts";
import type { OpenVersion } from "../ledger/ledger.ts";
import { turnsNow, turnsRead, type Turn } from "./each.ts";
import { PageCollector, type Reading, type ReadSourceOptions } from "./read-source.ts";
import { readView, type ViewEnd } from "./read.ts";

export interface ReadEachOptions extends ReadSourceOptions {
  /** The other source's open offers, and this source's own. */
  readonly parents: readonly OpenVersion[];
  readonly open: readonly OpenVersion[];
  readonly now: number;
}

/** So many lists lost in a row end the run; what the others brought is kept. */
const LOST_IN_A_ROW_MAX = 2;

export async function readEach(source: WebSource, each: Each, options: ReadEachOptions): Promise<Reading> {
  const { parents } = options;
  const turns = turnsNow(parents, options.validators, each.perRun);
  const collector = new PageCollector(source, options);
  const done: Turn[] = [];
  let error =
    parents.length === 0 ? new WorldError("nothing-to-ask", `sync ${each.source} first`) : undefined;
  let lost = 0;
  for (const turn of turns) {
    const end = await readView(source, viewOf(source, turn), { ...options, onPage: collector.onPage });
    if (end.kind === "ended" || isGone(end)) {
      done.push(turn);
      lost = 0;
      continue;
    }
    if (end.kind === "broke-off") error = end.error;
    lost += 1;
    if (lost >= LOST_IN_A_ROW_MAX) break;
  }
  const known = new Set(parents.map(({ nativeId }) => nativeId));
  const orphans = options.open.flatMap(({ nativeId }) => (known.has(nativeId) ? [] : [nativeId]));
  return {
    ...collector.finish(),
    unchanged: false,
    lookedFor: new Set([...done.map(({ nativeId }) => nativeId), ...orphans]),
    coverage: {
      kind: "window",
      evidence: `${done.length} of ${known.size} models of ${each.source} asked for`,
    },
    ...(error === undefined ? {} : { error }),
    validators: turnsRead(parents, options.validators, done, options.fingerprint, options.now),
  };
}

/** A model that is listed and has no list of its own (404) is offered by nobody. */
function isGone(end: ViewEnd): boolean {
  return end.kind === "broke-off" && end.error.code === "not-found";
}

function viewOf(source: WebSource, { nativeId }: Turn): View {
  const [view] = source.views;
  const path = nativeId.split("/").map(encodeURIComponent).join("/");
  return { ...view, name: nativeId, path: view.path.replace(":model", () => path) };
}
