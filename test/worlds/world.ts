/** One simulated world: an upstream that changes and fails, the real sync, and an oracle that knows the truth. */
import type { Report } from "../../src/domain/run.ts";
import { LIMITS } from "../../src/kit/limits.ts";
import type { Ledger, OpenVersion, SourceState } from "../../src/ledger/ledger.ts";
import type { SyncContext } from "../../src/sync/context.ts";
import { isMassRemoval } from "../../src/sync/guard.ts";
import { runSource } from "../../src/sync/run.ts";
import type { Paging } from "../simulator/paging-styles.ts";
import { scriptOf } from "./faults.ts";
import { sourceOf } from "./lists.ts";
import { scriptedUpstream, type Script } from "./scripted-transport.ts";
import { pick, randomOf, truthOf, whole, type Random, type Truth } from "./truth.ts";
import { virtualRuntime, type VirtualRuntime } from "./virtual-runtime.ts";

export const INTERVAL_MS = 3_600_000;
const START = Date.UTC(2026, 0, 1);
const YEARS_MS = 10 * 365 * 24 * 3_600_000;
const RUNS = 3;
/** A hold waits for a second whole run, and no longer. */
const RUNS_TO_SETTLE = 2;
const OFFERS_MAX = 25;

export interface Tally {
  runs: number;
  whole: number;
  removed: number;
  massRemovals: number;
  heldMassRemovals: number;
}

/** Throws where the ledger says what the upstream never said. */
export async function liveThrough(seed: number, paging: Paging, ledger: Ledger, tally: Tally): Promise<void> {
  const random = randomOf(seed);
  const truth = truthOf(random, whole(random, 1, OFFERS_MAX));
  const runtime = virtualRuntime(START, random);
  const upstream = scriptedUpstream(paging, truth.list);
  const source = sourceOf(`world-${seed}`, paging);
  const context: SyncContext = {
    ledger,
    runtime,
    transport: upstream.transport,
    limits: LIMITS,
    addresses: { sourceUrls: new Map(), sourceCredentials: new Set(), mirrorCredentials: false },
    credential: () => undefined,
    quotaShare: 1,
    intervalMs: INTERVAL_MS,
    holder: "world",
    signal: new AbortController().signal,
    onProgress: () => undefined,
  };
  const oracle = oracleOf(truth, tally);

  async function run(script: Script): Promise<void> {
    const before = await ledger.sourceState(source.id);
    oracle.begin(before);
    const { move } = script;
    upstream.script(
      move === undefined ? script : { ...script, move: { ...move, how: () => oracle.during(move.how) } },
    );
    const report = await runSource(source, context);
    oracle.judge(before, await ledger.sourceState(source.id), report, runtime);
  }

  await run({});
  for (let turn = 0; turn < RUNS; turn += 1) {
    change(random, truth);
    pass(random, runtime);
    await run(scriptOf(random, paging, truth, runtime.now()));
  }
  runtime.freeze(false);
  for (let turn = 0; turn < RUNS_TO_SETTLE; turn += 1) {
    runtime.advance(INTERVAL_MS);
    await run({});
  }
  oracle.settle(await ledger.sourceState(source.id));
}

/** What the upstream does between two runs. */
function change(random: Random, truth: Truth): void {
  for (let count = whole(random, 0, 3); count > 0; count -= 1)
    pick(random, [truth.add, truth.remove, truth.bringBack, truth.rename])();
  if (random() < 0.3) truth.shrink(pick(random, [0.999, 0.95, 0.9, 0.7, 0.5, 0.4, 0.1, 0]));
  if (random() < 0.1) truth.reprice(random(), pick(random, [1.5, 100, 1e-3]));
}

/** Time passes; sometimes the clock goes its own way. */
function pass(random: Random, runtime: VirtualRuntime): void {
  runtime.advance(pick(random, [60_000, INTERVAL_MS, INTERVAL_MS, 5 * INTERVAL_MS]));
  if (random() < 0.15) runtime.jump(pick(random, [YEARS_MS, -YEARS_MS, -INTERVAL_MS, 2 * INTERVAL_MS]));
  if (random() < 0.1) runtime.freeze(random() < 0.5);
}

function oracleOf(truth: Truth, tally: Tally) {
  /** Offers that the upstream had throughout the run under way. */
  let throughout = new Set<string>();
  /** Since when, by our clock, whole answers have been without an offer. */
  const missedSince = new Map<string, number>();

  return {
    begin: ({ open }: SourceState) => {
      throughout = new Set(idsOf(open).filter(truth.has));
    },
    during: (how: () => void) => {
      how();
      throughout = new Set([...throughout].filter(truth.has));
    },
    judge: (before: SourceState, after: SourceState, report: Report, runtime: VirtualRuntime) => {
      tally.runs += 1;
      const stillOpen = new Set(idsOf(after.open));
      const closed = idsOf(before.open).filter((id) => !stillOpen.has(id));
      const missing = idsOf(before.open).filter((id) => !throughout.has(id));
      const isWhole =
        report.coverage?.kind === "whole" && after.lastApplied?.runId !== before.lastApplied?.runId;
      const now = runtime.now();

      const wrong = closed.filter((id) => throughout.has(id));
      if (wrong.length > 0) throw new Error(`closed though listed throughout: ${wrong.join(", ")}`);
      if (closed.length > 0 && !isWhole)
        throw new Error(`a run that is no whole one (${report.outcome}) closed ${closed.join(", ")}`);
      if (report.removed !== closed.length)
        throw new Error(`${report.removed} reported, ${closed.length} closed`);
      if ((after.lastApplied?.observedAt ?? 0) > now && isApplied(before, after))
        throw new Error("a watermark in the future");

      const waited = (id: string) => now - (missedSince.get(id) ?? now) >= INTERVAL_MS;
      const unconfirmed = closed.filter((id) => !waited(id));
      if (isMassRemoval(unconfirmed.length, before.open.length))
        throw new Error(`${unconfirmed.length} of ${before.open.length} closed without a second look`);
      if (!isWhole) return;
      tally.whole += 1;
      tally.removed += closed.length;
      const fresh = missing.filter((id) => !missedSince.has(id));
      if (isMassRemoval(fresh.length, before.open.length)) {
        tally.massRemovals += 1;
        if (fresh.every((id) => stillOpen.has(id)) && report.held >= fresh.length)
          tally.heldMassRemovals += 1;
      }
      for (const id of missedSince.keys()) if (truth.has(id)) missedSince.delete(id);
      for (const id of missing)
        if (!missedSince.has(id) || (missedSince.get(id) ?? 0) > now) missedSince.set(id, now);
    },
    settle: ({ open, holds }: SourceState) => {
      const said = truth.list().map(({ id }) => id);
      const known = idsOf(open);
      if (said.toSorted().join() !== known.toSorted().join())
        throw new Error(`after two whole runs ${known.length} offers are open and ${said.length} are listed`);
      if (holds.length > 0) throw new Error(`after two whole runs ${holds.length} are still held`);
    },
  };
}

function isApplied(before: SourceState, after: SourceState): boolean {
  return before.lastApplied?.runId !== after.lastApplied?.runId;
}

function idsOf(open: readonly OpenVersion[]): readonly string[] {
  return open.map(({ nativeId }) => nativeId);
}
