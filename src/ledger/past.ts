/** The past of a source as it can still be told: recordings that were imported, and what is put before the first reading. */
import type { Cause, Change } from "../domain/change.ts";
import type { Ledger, Lease } from "./ledger.ts";
import { correct, sourcePast, type Correction, type SourcePast } from "./correct.ts";
import { graft, type GraftOptions } from "./graft.ts";
import { recordingsOf, type RecordedAnswer } from "./recordings.ts";
import { firstReading, lastReading } from "./readings.ts";
import type { LedgerStore, Tables } from "./schema.ts";
import { thin, type Thinned } from "./thin.ts";
import { endedAt, nextUntold, recordedSince, writeTold, type UntoldMoment } from "./untold.ts";
import { openStore } from "../store/open.ts";

export interface PastLedger {
  /** The recordings that were imported for a source, believed or not. */
  recordings(source: string): Promise<readonly RecordedAnswer[]>;
  /** When a source was first and last believed, in its own time; nothing before its first believed run. */
  span(source: string): Promise<{ readonly first: number; readonly last: number } | undefined>;
  /** All that stands of a source, and the answers that are kept of it. */
  of(source: string): Promise<SourcePast>;
  /** Records corrections: known from `recordedAt` on, true from when they were. Throws `LeaseLost`. */
  correct(source: string, correction: Correction, lease: Lease, recordedAt: number): Promise<void>;
  /**
   * Thins what is older than `before`: of runs that nothing names, the last believed one of each day stays; of the samples of
   * an offer, the first of each thirty days; findings that are over go.
   */
  thin(before: number): Promise<Thinned>;
  /** The earliest moment of a past that was imported whose changes nobody has told yet; nothing where all are told. */
  untold(): Promise<UntoldMoment | undefined>;
  /** Writes what changed at it, as history and not as news, under the revision that is out. Throws `LeaseLost`. */
  tell(moment: UntoldMoment, changes: readonly Change[], lease: Lease): Promise<void>;
  /** By offer id: why offers ended at an instant. */
  endedAt(at: number): Promise<ReadonlyMap<string, Cause>>;
  /** The offers of which recordings imported after this run say something, and no other run since; nothing where none was imported. */
  recordedSince(runId: number): Promise<ReadonlySet<string> | undefined>;
  /** An empty ledger in memory, for runs that lie before the first one of a source. */
  openBefore(): Promise<Before>;
}

export interface Before {
  readonly ledger: Ledger;
  /**
   * Puts what was read into it before the first believed run of the source, in one transaction: what is true now stays
   * as it is, and what was true then becomes known. Throws `LeaseLost`.
   */
  settle(source: string, options: GraftOptions): Promise<void>;
  close(): Promise<void>;
}

const MEMORY = ":memory:";

export function pastLedger(store: LedgerStore, openAs: (store: LedgerStore) => Promise<Ledger>): PastLedger {
  return {
    recordings: (source) => recordingsOf(store.db, source),
    span: async (source) => {
      const [first, last] = [await firstReading(store.db, source), await lastReading(store.db, source)];
      return first === undefined || last === undefined
        ? undefined
        : { first: first.observedAt, last: last.observedAt };
    },
    of: (source) => sourcePast(store, source),
    correct: (source, correction, lease, recordedAt) =>
      correct(store, source, correction, { lease, recordedAt }),
    thin: (before) => thin(store, before),
    untold: () => nextUntold(store),
    tell: (moment, changes, lease) => writeTold(store, moment, changes, lease),
    endedAt: (at) => endedAt(store, at),
    recordedSince: (runId) => recordedSince(store, runId),
    openBefore: async () => {
      const memory = await openStore<Tables>(MEMORY);
      const ledger = await openAs(memory);
      return {
        ledger,
        settle: (source, options) => graft(store, memory, source, options),
        close: () => ledger.close(),
      };
    },
  };
}
