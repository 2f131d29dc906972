/** What the doors need of the program: handed in by the composition root, so that a door never reaches an upstream itself. */
import type { Catalog, Shelf } from "../catalog/catalog.ts";
import type { Checks } from "../check/checks.ts";
import type { SignIn } from "../check/sign-in.ts";
import type { Decided, Decision } from "../domain/decision.ts";
import type { Accuracy } from "../domain/accuracy.ts";
import type { Diagnosis } from "../domain/diagnosis.ts";
import type { DifferenceQuery, Differences } from "../domain/difference.ts";
import type { OfferHistory } from "../domain/history.ts";
import type { OnProgress, Progress } from "../domain/progress.ts";
import type { Report } from "../domain/run.ts";
import type { Stats, StatsQuery } from "../domain/stats.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Moment } from "../ledger/span.ts";
import type { Explained } from "../merge/explain.ts";
import type { MergedOffer } from "../merge/merge.ts";
import type { RateLimit } from "./http/rate.ts";
import type { Log } from "./http/request-log.ts";
import type { Watches } from "./watches.ts";

/** What a source declares of itself, for people. */
export interface SourceCard {
  readonly id: string;
  readonly title: string;
  readonly docs: string;
  readonly gateway: string;
  readonly authority: "own" | "third-party";
  readonly url: string;
  /** The settings that may hold its credential; empty where it takes none. */
  readonly credentials: readonly string[];
  readonly credentialOptional: boolean;
  readonly paging: string;
  readonly priceUnit?: string;
  /** True where it would be asked now: its credential is set, or none is needed, or a mirror stands in. */
  readonly configured: boolean;
  /** Why it would not: the setting that it lacks, in words. */
  readonly lacks?: string;
}

export interface SyncResult {
  readonly revision: number;
  readonly reports: readonly (Report & { readonly runId?: number })[];
}

export interface AcceptResult {
  readonly revision: number;
  readonly runId: number;
  readonly removed: number;
  readonly prices: number;
}

export interface DecideResult {
  readonly revision: number;
  readonly id: number;
}

/** A request that names something that is not there: the message says what would be. */
export class UnknownName extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UnknownName";
  }
}

/** Several moments of the past are being built, and no more wait. */
export class TooManyThen extends Error {
  constructor() {
    super("catalogs of other moments are being built: ask again soon");
    this.name = "TooManyThen";
  }
}

/** What lies behind the documents: read from the ledger when it is asked for. */
export interface Provenance {
  /** Who says what of a model that consists of these offers (by their ids), as it was known at a moment. */
  explain(model: string, offers: readonly string[], knownAt: number): Promise<Explained>;
  /** These offers as they were at a moment; those that were not there then are not in it. */
  offersAt(
    offers: readonly string[],
    at: number,
    now: number,
  ): Promise<readonly (MergedOffer & { readonly id: string })[]>;
  /** What one catalog says otherwise than another. Why is not known of it, nor what had been there before. */
  differences(before: Catalog, after: Catalog, query: DifferenceQuery): Promise<Differences>;
  /** What these offers were, step by step, as it is known at a moment. */
  history(offers: readonly string[], knownAt: number): Promise<readonly OfferHistory[]>;
  /** How right the prices of this source are. */
  accuracy(source: string, now: number): Promise<Accuracy>;
  /** What is wrong with the ledger, what is served, its prices and the sources. */
  diagnose(now: number, staleAfterMs: number): Promise<Diagnosis>;
}

/** What a door reads of the ledger. */
export type Memory = Pick<
  Ledger,
  "health" | "runs" | "findings" | "changes" | "stories" | "samplesOf" | "measuredOf" | "knownAt"
>;

/** What is read of the past, by whoever reads. Throws `TooManyThen`. */
export interface Then {
  /** What could have been read at a moment, as it was known then or is now; nothing where nothing had been read by then. */
  shelfAt(moment: Moment): Promise<Shelf | undefined>;
  /** How much there was over time, until the last reading before `until`; nothing where nothing had been read by then. */
  stats(query: StatsQuery): Promise<Stats | undefined>;
}

export interface Application extends Then {
  readonly version: string;
  readonly ledger: Memory;
  readonly provenance: Provenance;
  readonly sources: readonly SourceCard[];
  /** Live questions for a caller; the only ones that may ask an upstream while he waits. */
  readonly checks: Checks;
  /** The revision being served; nothing before the first one. */
  shelf(): Shelf | undefined;
  /** The shelf of an earlier catalog with this mark, as long as it is kept for those who walk through it. */
  earlier(mark: string): Shelf | undefined;
  /**
   * Reads these sources (all that are configured, when none is named), whether due or not, and publishes. What is under
   * way when `stop` fires breaks off, and what was read by then is kept. Throws `UnknownName`.
   */
  sync(sources: readonly string[], onProgress: OnProgress, stop?: AbortSignal): Promise<SyncResult>;
  /** Applies exactly what this run held. Throws `UnknownName`. */
  accept(runId: number): Promise<AcceptResult>;
  /** An operator's decisions in force, in the order in which they were made. */
  decided(): Promise<readonly Decided[]>;
  /** Writes a decision down and publishes; one about the same thing is replaced. */
  decide(decision: Decision): Promise<DecideResult>;
  /** Takes one back and publishes. Throws `UnknownName` where none of this number is in force. */
  withdraw(id: number): Promise<DecideResult>;
  /** Who is told of changes. */
  readonly watches: Watches;
  close(): Promise<void>;
}

/** The program while it serves: the schedule runs in a worker, and the shelf is exchanged whole. */
export interface ServingApplication extends Application {
  /** What the holder of the admin key reads: what only the operator's own keys show, too. */
  operatorShelf(): Shelf | undefined;
  readonly operatorThen: Then;
  /** Follows what the worker does; returns how to stop following. */
  follow(onProgress: OnProgress): () => void;
  /** What is being read right now, by source. */
  inProgress(): readonly Progress[];
  /** Lets a visitor of the explorer sign in with Hugging Face. */
  readonly signIn: SignIn;
  /** Compares a bearer key with the admin key in constant time: undefined where none is set. */
  isAdmin(key: string | undefined): boolean | undefined;
  readonly host: string;
  readonly port: number;
  /** How much one client may ask; absent where that is not limited. */
  readonly rateLimit?: RateLimit;
  /** How many proxies stand in front. */
  readonly trustProxy: number;
  readonly log: Log;
}
