/** What the doors need of the program to copy its ledger: handed in by the composition root. */
import type { Copied, OnTable } from "../ledger/dump.ts";
import type { DumpFile } from "../ledger/dump-file.ts";

export interface KeepingOptions {
  /** What may be replaced where something is there already. */
  readonly over: "nothing" | "anything";
  readonly onTable: OnTable;
}

export interface Moved extends Copied {
  /** True where the ledger was written while it was copied: what came after the beginning stayed behind. */
  readonly wasWritten: boolean;
}

/** All throw `DumpRefused` where a file or a ledger is in the way or damaged; what was there then still is. */
export interface Keeping {
  /** The whole ledger into a file, of one moment; readers and writers go on meanwhile. After the signal nothing is left of it. */
  backup(file: string, options: KeepingOptions & { readonly signal: AbortSignal }): Promise<DumpFile>;
  /** The ledger that a file holds, in the place of this one. */
  restore(file: string, options: KeepingOptions): Promise<Copied>;
  /** The whole ledger into another database, which is named as `MODELDEX_DATABASE` names one. */
  move(database: string, options: KeepingOptions): Promise<Moved>;
}
