/** The whole Hub in the ledger: every model that it lists, and how far it is read. A table of its own, for millions of thin rows. */
import type { HubModel, HubRow } from "../domain/hub-model.ts";
import type { Coverage } from "../domain/coverage.ts";
import type { Lease } from "./ledger.ts";

/** What rows came to, counted as they were put in their place. */
export interface HubTally {
  /** Models that this crawl had not met before. */
  readonly unique: number;
  readonly added: number;
  readonly changed: number;
  readonly returned: number;
}

/** One walk through the whole list: it lasts for hours, and for as many processes as it takes. */
export interface HubCrawl {
  readonly number: number;
  readonly startedAt: number;
  /** The name of the list's order. */
  readonly view: string;
  /** At most so many models are read. */
  readonly limit?: number;
  /** `reading`: rows are staged. `moving`: the list has ended, and they are put in their place. */
  readonly phase: "reading" | "moving";
  /** The page that is asked for next; absent: the first one. */
  readonly nextUrl?: string;
  readonly pages: number;
  readonly rows: number;
  readonly rejected: number;
  /** Rejected items that do not even tell which model they are. */
  readonly unknownItems: number;
  /** How the list came to its end; absent while it is read. */
  readonly coverage?: Coverage;
  readonly tally: HubTally;
}

/** What is known of the Hub as a whole. */
export interface HubState {
  /** The walk that is under way. */
  readonly crawl?: HubCrawl;
  /** The last walk that came to its end. */
  readonly last?: Pick<HubCrawl, "number" | "startedAt" | "view" | "limit" | "pages" | "rows"> & {
    readonly coverage: Coverage;
    readonly endedAt: number;
  };
  /** Models that are there now. */
  readonly models: number;
  /** Whatever was modified before is known; never later than now. */
  readonly watermark?: number;
  /** When the counters of the models at the top were read. */
  readonly countersAt?: number;
  /** Our share of the quota is used up until then. */
  readonly notBefore?: number;
}

/** What a direct look at a missing model showed. */
export type HubVerdict =
  | { readonly kind: "gone" }
  | { readonly kind: "there" }
  | { readonly kind: "undecided" }
  /** The Hub answers for it under another id. */
  | { readonly kind: "renamed"; readonly to: HubRow };

/** Everything that writes is one short transaction, fenced by the lease: `LeaseLost` where somebody else took over. */
export interface HubLedger {
  state(): Promise<HubState>;
  /** Keeps a page's rows aside, together with the state that names the next page. */
  stagePage(rows: readonly HubRow[], state: HubState, lease: Lease): Promise<void>;
  /** Puts the next staged rows in their place and answers the state after it; nothing where none is left. */
  moveStaged(state: HubState, lease: Lease): Promise<HubState | undefined>;
  /** Drops the next staged rows, of a crawl that is not believed; false where none is left. */
  dropStaged(lease: Lease): Promise<boolean>;
  /** Puts a page's rows in their place at once; `known`: only those of models that are there. */
  takePage(
    rows: readonly HubRow[],
    state: HubState,
    which: "all" | "known",
    lease: Lease,
  ): Promise<{ readonly state: HubState; readonly tally: HubTally }>;

  /** Notes models that crawl `crawl` did not meet, from the place on where the last call ended; nothing after the last. */
  noteMissing(crawl: number, after: number, lease: Lease): Promise<number | undefined>;
  /** Missing models: those held as a mass removal, and those that wait for a direct look. */
  missing(): Promise<{ readonly held: number; readonly waiting: number }>;
  /** Lets those go that are held since a crawl before this number: they wait for a direct look now. */
  releaseMissing(before: number, lease: Lease): Promise<void>;
  heldIds(limit: number): Promise<readonly string[]>;
  /** Those that wait, longest first. */
  waitingIds(limit: number): Promise<readonly string[]>;
  settle(id: string, verdict: HubVerdict, at: number, state: HubState, lease: Lease): Promise<HubState>;
  /** Removes everything that is held: the operator believes it. */
  acceptHeld(at: number, state: HubState, lease: Lease): Promise<HubState>;

  /** The models that are there, in chunks, in the order in which we met them; none before the first crawl has ended. */
  models(): AsyncIterable<readonly HubModel[]>;
  /** Grows with every commit that changes what `models` gives; cheap to ask. */
  mark(): Promise<number>;
}
