/** One run of the job that reads the whole Hub: what is due, how far it came, and its account. */
import type { Coverage } from "../../domain/coverage.ts";
import { WorldError, type ErrorCode } from "../../domain/errors.ts";
import type { Finding } from "../../domain/finding.ts";
import { emptyReport, type Outcome } from "../../domain/run.ts";
import type { Credential } from "../../kit/auth.ts";
import type { WebSource } from "../../kit/source.ts";
import type { HubState, HubTally } from "../../ledger/hub.ts";
import type { Lease, RunCommit } from "../../ledger/ledger.ts";
import { failureOf, stayAway, unread, type Opening } from "../account.ts";
import type { SyncContext } from "../context.ts";
import { readModified, readTop } from "./changes.ts";
import { dueNow } from "./due.ts";
import { openJob, waitOut, type HubJob, type HubSource } from "./job.ts";
import { lookAtMissing } from "./looks.ts";
import { readWhole } from "./whole.ts";

/** Of the models that are held. */
const HELD_NAMED_MAX = 1_000;

/** What a run came to. */
interface Done {
  readonly state: HubState;
  readonly coverage: Coverage;
  readonly tally: HubTally;
  readonly removed: number;
  readonly renamed: number;
}

export function isHub(source: WebSource): source is HubSource {
  return source.crawl !== undefined;
}

export async function readHub(
  source: HubSource,
  context: SyncContext,
  lease: Lease,
  { credential, fingerprint }: { readonly credential: Credential | undefined; readonly fingerprint: string },
): Promise<RunCommit> {
  const { runtime, ledger } = context;
  const [startedAt, startedMs] = [runtime.now(), runtime.monotonic()];
  const state = await ledger.hub.state();
  const rowsExpected = state.last?.rows ?? context.hubLimit;
  context.onProgress({
    kind: "started",
    source: source.id,
    ...(rowsExpected === undefined ? {} : { rowsExpected }),
  });
  const job = openJob(source, context, lease, credential);
  const done = await whatIsDue(job, state).catch((error: unknown) => {
    if (error instanceof WorldError) return error;
    throw error;
  });
  job.end();
  const { client } = job;
  const notBefore = client.notBefore();
  const opening: Opening = {
    source: source.id,
    startedAt,
    recordedAt: runtime.now(),
    ms: Math.round(runtime.monotonic() - startedMs),
    counts: { ...client.counts },
    ...(notBefore === undefined ? {} : { notBefore }),
  };
  return done instanceof WorldError
    ? brokenOff(job, opening, done, fingerprint)
    : ended(job, opening, done, fingerprint);
}

async function whatIsDue(job: HubJob, state: HubState): Promise<Done> {
  await waitOut(job, state.notBefore);
  const { context } = job;
  const due = dueNow(state, context.runtime.now(), context.hubLimit);
  return due.kind === "whole" ? whole(job, state) : current(job, state, due);
}

async function whole(job: HubJob, before: HubState): Promise<Done> {
  const read = await readWhole(job, before);
  const { state, removed, renamed } = await lookAtMissing(job, read);
  const { number, startedAt, view, limit, pages, rows, tally, coverage } = read.crawl;
  if (coverage === undefined) throw new Error("a crawl that has ended says what it proves");
  const { crawl: _ended, ...rest } = state;
  const endedAt = job.context.runtime.now();
  const last = { number, startedAt, view, pages, rows, coverage, endedAt };
  return {
    // Whatever is modified while the list is read shows itself again behind the start.
    state: {
      ...rest,
      last: limit === undefined ? last : { ...last, limit },
      watermark: Math.min(startedAt, endedAt),
      countersAt: endedAt,
    },
    coverage,
    tally,
    removed,
    renamed,
  };
}

async function current(
  job: HubJob,
  before: HubState,
  { watermark, top }: { readonly watermark: number; readonly top: boolean },
): Promise<Done> {
  const modified = await readModified(job, before, watermark);
  const { state, tally } = top ? await readTop(job, modified) : modified;
  const looked = await lookAtMissing(job, state);
  const since = new Date(watermark).toISOString();
  const { last } = state;
  const listed =
    last === undefined ? "" : `; ${new Date(last.endedAt).toISOString()}: ${last.coverage.evidence}`;
  return {
    ...looked,
    coverage: { kind: "window", evidence: `what was modified since ${since}${listed}` },
    tally,
  };
}

async function ended(job: HubJob, opening: Opening, done: Done, fingerprint: string): Promise<RunCommit> {
  const { hub } = job.context.ledger;
  const { held } = await hub.missing();
  const { tally, removed, renamed, coverage, state } = done;
  const commit = believed(job, opening, held > 0 ? "held" : "complete", coverage, fingerprint);
  return {
    ...commit,
    report: {
      ...commit.report,
      ...tally,
      changed: tally.changed + renamed,
      removed,
      held,
    },
    findings: [...job.findings, ...heldFindings(await hub.heldIds(HELD_NAMED_MAX))],
    findingKinds: coverage.kind === "whole" ? ["rejected-item", "held-removal"] : ["held-removal"],
    hub: state,
  };
}

/** Pages are kept: those of the whole list aside, until it ends, and others where they belong. */
async function brokenOff(
  job: HubJob,
  opening: Opening,
  error: WorldError,
  fingerprint: string,
): Promise<RunCommit> {
  const { crawl, ...state } = await job.context.ledger.hub.state();
  if (REFUSALS.has(error.code)) return { ...unread(opening, error), findings: job.findings, hub: state };
  if (job.read.pages === 0) return unread(opening, error);
  const how =
    crawl === undefined
      ? `broke off after ${job.read.pages} pages: ${error.message}`
      : `broke off after ${crawl.pages} pages, ${crawl.rows} rows: ${error.message}; the next run goes on from there`;
  const commit = believed(job, opening, "partial", { kind: "partial", evidence: how }, fingerprint);
  return { ...commit, ...stayAway(error), report: { ...commit.report, error: failureOf(error) } };
}

/** A list that was read to its end and that is not believed. */
const REFUSALS: ReadonlySet<ErrorCode> = new Set(["too-many-rejected", "empty"]);

function believed(
  { source, read, findings }: HubJob,
  { counts, ms, ...opening }: Opening,
  outcome: Outcome,
  coverage: Coverage,
  fingerprint: string,
): RunCommit {
  const { pages, rows, rejected } = read;
  return {
    ...opening,
    observedAt: opening.recordedAt,
    report: { ...emptyReport(source.id, outcome), ...counts, ms, coverage, pages, rows, rejected },
    applied: {
      fingerprint,
      openings: [],
      closings: [],
      holds: [],
      endedHolds: [],
      unseen: [],
      volatile: [],
      validators: [],
    },
    findings,
    findingKinds: [],
    rawPages: [],
  };
}

function heldFindings(ids: readonly string[]): readonly Finding[] {
  return ids.map((subject) => ({
    kind: "held-removal",
    subject,
    message: "gone together with many others: waits for a second look",
  }));
}
