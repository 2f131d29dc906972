/** A direct look at each model that a whole crawl did not meet: gone, renamed, there all the same, or undecided. */
import { withQuery } from "../../kit/address.ts";
import { WorldError } from "../../domain/errors.ts";
import { parsePage } from "../../kit/parse.ts";
import type { HubState, HubVerdict } from "../../ledger/hub.ts";
import { goOn, type HubJob } from "./job.ts";
import { rowOf } from "./rows.ts";

/** In one run; the others wait for the next ones. */
const LOOKS_PER_RUN_MAX = 500;
/** So many in a row without a verdict, and the Hub is not well. */
const UNDECIDED_MAX = 5;

export interface Looked {
  readonly state: HubState;
  readonly removed: number;
  readonly renamed: number;
}

export async function lookAtMissing(job: HubJob, state: HubState): Promise<Looked> {
  const { context, lease } = job;
  const { hub } = context.ledger;
  const ids = await hub.waitingIds(LOOKS_PER_RUN_MAX);
  let looked: Looked = { state, removed: 0, renamed: 0 };
  if (ids.length === 0 || !(await isWell(job))) return looked;
  let undecided = 0;
  for (const id of ids) {
    await goOn(job);
    const verdict = await look(job, id);
    undecided = verdict.kind === "undecided" ? undecided + 1 : 0;
    looked = {
      state: await hub.settle(id, verdict, context.runtime.now(), looked.state, lease),
      removed: looked.removed + (verdict.kind === "gone" ? 1 : 0),
      renamed: looked.renamed + (verdict.kind === "renamed" ? 1 : 0),
    };
    if (undecided >= UNDECIDED_MAX) break;
  }
  return looked;
}

/** A Hub that does not show what it has just listed says nothing of what it does not list. */
async function isWell(job: HubJob): Promise<boolean> {
  const { listed } = job.read;
  return listed !== undefined && ["there", "renamed"].includes((await look(job, listed)).kind);
}

async function look(job: HubJob, id: string): Promise<HubVerdict> {
  const { client, place, source, context, isKnown } = job;
  const url = withQuery(place.viewUrl(source.crawl.path(id)), expanded(job));
  try {
    const { bytes, headers } = await client.page(url);
    const body = parsePage(bytes ?? new Uint8Array(), headers["content-type"], context.limits);
    const row = rowOf(source, body);
    if ("fault" in row) return { kind: "undecided" };
    return row.id === id ? { kind: "there" } : { kind: "renamed", to: row };
  } catch (error) {
    if (!(error instanceof WorldError) || error.code === "aborted" || error.code === "wait-too-long")
      throw error;
    // To a caller without a token, what is not there and what is not his are one answer; to others, 401 is about the token.
    const isGone = error.code === "not-found" || (error.status === 401 && !isKnown);
    return { kind: isGone ? "gone" : "undecided" };
  }
}

/** What the list is asked for, without how much of it. */
function expanded({ source: { paging } }: HubJob) {
  return Object.fromEntries(Object.entries(paging.query).filter(([name]) => name !== paging.limit));
}
