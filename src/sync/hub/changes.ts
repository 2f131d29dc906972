/** Keeps the Hub current between two crawls: what was modified since, and the counters of the models at the top. */
import { WorldError } from "../../domain/errors.ts";
import type { HubState, HubTally } from "../../ledger/hub.ts";
import { firstPage, goOn, type HubJob } from "./job.ts";
import { rowsOf } from "./rows.ts";
import { walk, type HubPage } from "./walk.ts";

/** So much before the last known modification is read again: edges of the Hub differ by minutes. */
const OVERLAP_MS = 15 * 60_000;
/** Of each order that brings the models at the top. */
const TOP_PAGES = 3;

/** What pages came to, and the state behind them. */
export interface Taken {
  readonly state: HubState;
  readonly tally: HubTally;
}

export async function readModified(job: HubJob, state: HubState, watermark: number): Promise<Taken> {
  let taken: Taken = { state, tally: { unique: 0, added: 0, changed: 0, returned: 0 } };
  let reached = watermark;
  for await (const page of walk(job, firstPage(job, job.source.crawl.modified))) {
    if (page.items.length === 0 && job.read.rows === 0)
      throw new WorldError("empty", `${state.models} models were listed before`);
    const { rows, took } = await take(job, taken, page);
    taken = took;
    const modified = rows.flatMap(({ lastModified }) => lastModified ?? []);
    // A row that is dated in the future says nothing of when it was written.
    const now = nowOf(job, page);
    reached = Math.max(reached, ...modified.filter((at) => at <= now));
    const oldest = modified.at(-1);
    const isKnown = oldest !== undefined && oldest < watermark - OVERLAP_MS;
    if (isKnown || job.read.pages >= job.context.limits.pagesMax) break;
  }
  return { ...taken, state: { ...taken.state, watermark: reached } };
}

/** Counters move without a modification. */
export async function readTop(job: HubJob, before: Taken): Promise<Taken> {
  let taken = before;
  for (const view of job.source.crawl.top) {
    let pages = 0;
    for await (const page of walk(job, firstPage(job, view))) {
      taken = (await take(job, taken, page)).took;
      pages += 1;
      if (pages >= TOP_PAGES) break;
    }
  }
  return { ...taken, state: { ...taken.state, countersAt: job.context.runtime.now() } };
}

async function take(job: HubJob, { state, tally }: Taken, page: HubPage) {
  await goOn(job);
  const { context, source, client, read, findings, lease } = job;
  const { rows, rejected } = rowsOf(source, page.items);
  // Where the operator capped the Hub, what is not known stays unknown.
  const which = context.hubLimit === undefined ? "all" : "known";
  const taken = await context.ledger.hub.takePage(rows, state, which, lease);
  findings.push(...rejected);
  read.pages += 1;
  read.rows += page.items.length;
  read.rejected += rejected.length;
  const [first] = rows;
  if (first !== undefined) read.listed = first.id;
  context.onProgress({
    kind: "page",
    source: source.id,
    rows: read.rows,
    pages: read.pages,
    bytes: client.counts.bytes,
  });
  const took: Taken = {
    state: taken.state,
    tally: {
      unique: tally.unique + rows.length,
      added: tally.added + taken.tally.added,
      changed: tally.changed + taken.tally.changed,
      returned: tally.returned + taken.tally.returned,
    },
  };
  return { rows, took };
}

/** By our clock or by the Hub's, whichever is earlier. */
function nowOf({ context }: HubJob, { headers }: HubPage): number {
  const said = Date.parse(headers["date"] ?? "");
  const now = context.runtime.now();
  return Number.isNaN(said) ? now : Math.min(said, now);
}
