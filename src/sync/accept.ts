/** The operator believes what a run showed as held: exactly that is applied, as far as it still waits, and nothing else. */
import { HUB_SOURCE } from "../domain/hub-model.ts";
import type { SyncContext } from "./context.ts";
import { confirmed } from "./account.ts";
import { applyHolds, versionsHeld } from "./confirm.ts";
import { acceptHub } from "./hub/accept.ts";

export type AcceptContext = Pick<SyncContext, "ledger" | "runtime" | "holder" | "isGone">;

export interface Accepted {
  readonly source: string;
  readonly runId: number;
  readonly removed: number;
  readonly prices: number;
}

const LEASE_MS = 60_000;

/** Why nothing was accepted, in words for the operator. */
export class NothingHeld extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NothingHeld";
  }
}

/** Applies the holds of one run. Throws `NothingHeld` where there are none, or where its source is being read. */
export async function acceptRun(
  runId: number,
  { ledger, runtime, holder, isGone }: AcceptContext,
): Promise<Accepted> {
  const run = await ledger.run(runId);
  if (run === undefined) throw new NothingHeld(`there is no run ${runId}`);
  const { source } = run;
  // Under a name of its own: a run of this very process must not share its lease.
  const lease = await ledger.takeLease(
    `source:${source}`,
    `${holder}:accept`,
    runtime.now(),
    LEASE_MS,
    isGone,
  );
  if (lease === undefined)
    throw new NothingHeld(`${source} is being read right now: try again when it is done`);
  try {
    if (source === HUB_SOURCE) {
      const accepted = await acceptHub(run, { ledger, runtime }, lease);
      if (accepted === undefined) throw nothingHeld(runId, source);
      return { source, ...accepted, prices: 0 };
    }
    const startedAt = runtime.now();
    const state = await ledger.sourceState(source);
    // What an earlier run began to hold, this one went on showing.
    const holds = run.report.held === 0 ? [] : state.holds.filter((hold) => hold.runId <= runId);
    const { lastApplied, fingerprint } = state;
    if (holds.length === 0 || lastApplied === undefined || fingerprint === undefined)
      throw nothingHeld(runId, source);
    const believed = await ledger.run(lastApplied.runId);
    const plan = applyHolds(state, holds, await ledger.factsOf(versionsHeld(state)), "accepted");
    const recordedAt = runtime.now();
    const commit = confirmed(
      {
        source,
        startedAt,
        recordedAt,
        ms: recordedAt - startedAt,
        counts: { requests: 0, retries: 0, bytes: 0 },
        ...(state.notBefore === undefined ? {} : { notBefore: state.notBefore }),
      },
      plan,
      {
        observedAt: Math.min(lastApplied.observedAt, recordedAt),
        fingerprint,
        validators: state.validators,
        // Believing what was held says nothing about the rest of the list.
        coverage: {
          kind: believed?.report.coverage?.kind ?? "partial",
          evidence: `the operator accepted what run ${runId} held`,
        },
        rows: lastApplied.rows,
        offers: state.open.length,
      },
    );
    return {
      source,
      runId: await ledger.commitRun(commit, lease),
      removed: plan.closings.length,
      prices: plan.openings.length,
    };
  } finally {
    await ledger.releaseLease(lease);
  }
}

function nothingHeld(runId: number, source: string): NothingHeld {
  return new NothingHeld(`run ${runId} of ${source} holds nothing back any more`);
}
