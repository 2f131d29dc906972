/** What a sync is given: where to write, how to ask, and which patience to have. */
import type { OnProgress } from "../domain/progress.ts";
import type { Limits } from "../kit/limits.ts";
import type { Gate } from "../kit/pace.ts";
import type { Addresses } from "../kit/place.ts";
import type { Runtime } from "../kit/runtime.ts";
import type { Transport } from "../kit/transport.ts";
import type { Ledger } from "../ledger/ledger.ts";

export interface SyncContext {
  readonly ledger: Ledger;
  readonly runtime: Runtime;
  readonly transport: Transport;
  readonly limits: Limits;
  readonly addresses: Addresses;
  /** The credential that the operator set under one of these names. */
  credential(names: readonly string[]): string | undefined;
  /** The part of an upstream's quota that we may use. */
  readonly quotaShare: number;
  /** What runs that ask one origin with one credential know together; absent: each run learns for itself. */
  readonly gates?: Map<string, Gate>;
  /** At most so many models of the whole Hub are read; absent: all. */
  readonly hubLimit?: number;
  /** A hold is confirmed by a run at least this much later. */
  readonly intervalMs: number;
  /** Who writes: one name for one process. */
  readonly holder: string;
  /** True where a holder is a process that is known to have died. */
  isGone?(holder: string): boolean;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}
