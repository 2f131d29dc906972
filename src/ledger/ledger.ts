/**
 * The write model: what every source said, when it said it, and when we wrote it down. It remembers.
 * One interface over SQLite and PostgreSQL; one contract suite holds both to it. All instants are milliseconds since 1970 UTC.
 */
import type { Cause, Change } from "../domain/change.ts";
import type { Coverage } from "../domain/coverage.ts";
import type { Finding, FindingKind } from "../domain/finding.ts";
import type { Facts, Volatile } from "../domain/listing.ts";
import type { OfferKey } from "../domain/offer.ts";
import type { Report } from "../domain/run.ts";
import type { Shape } from "../domain/shape.ts";
import type { ChangeQuery, StoredChange } from "./changes.ts";
import type { FindingLedger } from "./findings.ts";
import type { ModelIdLedger, OfferModel } from "./model-ids.ts";
import type { HubLedger, HubState } from "./hub.ts";
import type { PastLedger } from "./past.ts";
import type { RawBodyLedger } from "./raw-bodies.ts";
import type { RecordedAnswer } from "./recordings.ts";
import type { Recall } from "./recall.ts";
import type { Watched } from "./watches.ts";

export type { StoredChange };

/** The right to write for one name, until it expires; the fence grows with every holder, and an older fence writes nothing. */
export interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly fence: number;
  readonly expiresAt: number;
}

/** A write by somebody who no longer holds the lease: nothing was written. */
export class LeaseLost extends Error {
  constructor(name: string) {
    super(`another process took over the lease of ${name}: nothing was written`);
    this.name = "LeaseLost";
  }
}

/** An open listing version, as far as reconciling needs it. */
export interface OpenVersion extends OfferKey {
  readonly versionId: number;
  /** Hash of the facts' canonical text. */
  readonly hash: string;
}

/** A removal or a price that waits for a confirmation. */
export interface Hold extends OfferKey {
  readonly id: number;
  readonly source: string;
  readonly kind: "removal" | "price";
  /** The run that showed it. */
  readonly runId: number;
  readonly sinceObserved: number;
  readonly sinceRecorded: number;
  /** What a held price would make of the listing: the facts as the source states them. */
  readonly facts?: Facts;
}

export interface Validator {
  readonly view: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** SHA-256 of the answer, in hex: an upstream that states neither may send the same bytes again. */
  readonly bodyHash?: string;
  /** Of the request and the mapper that read the answer: when it differs, nothing is unchanged. */
  readonly fingerprint: string;
}

/** What the ledger knows of one source, as a run needs it. */
export interface SourceState {
  readonly source: string;
  /** The last run of any outcome but `skipped`, and the last whose content was believed. */
  readonly lastRunAt?: number;
  readonly lastApplied?: {
    readonly runId: number;
    readonly observedAt: number;
    readonly recordedAt: number;
    readonly rows: number;
  };
  /** True once a whole run was applied: what it does not list does not exist there. */
  readonly everWhole: boolean;
  /** Of the last applied run's request and mapper. */
  readonly fingerprint?: string;
  /** The upstream asked not to be called before. */
  readonly notBefore?: number;
  readonly open: readonly OpenVersion[];
  /** Open offers that the last applied run did not see. */
  readonly unseen: readonly OfferKey[];
  readonly holds: readonly Hold[];
  readonly validators: readonly Validator[];
  /** Of the items of the last applied run. */
  readonly shape?: Shape;
}

/** A listing version to open, in place of `replaces` where there is one. */
export interface Opening extends OfferKey {
  readonly hash: string;
  readonly facts: Facts;
  readonly cause: Cause;
  readonly replaces?: number;
}

/** A listing version to close for good: its offer is gone. */
export interface Closing {
  readonly versionId: number;
  readonly cause: Cause;
}

/** A page as it came, kept by its content's hash. */
export interface RawPage {
  readonly url: string;
  readonly bytes: Uint8Array;
}

/** Everything that one run writes, in one transaction: all of it becomes visible, or nothing. */
export interface RunCommit {
  readonly source: string;
  readonly startedAt: number;
  /** When we write it down. */
  readonly recordedAt: number;
  /** When the upstream said it; absent where nothing was read. */
  readonly observedAt?: number;
  readonly report: Report;
  /** Absent: this run read nothing that could be believed, and everything below is empty. */
  readonly applied?: {
    readonly fingerprint: string;
    readonly openings: readonly Opening[];
    readonly closings: readonly Closing[];
    /** Holds to add, and the ids of those that ended, with how. */
    readonly holds: readonly (OfferKey & { readonly kind: Hold["kind"]; readonly facts?: Facts })[];
    readonly endedHolds: readonly {
      readonly id: number;
      readonly how: "confirmed" | "accepted" | "withdrawn";
    }[];
    /** Open offers that this run did not see: their last sighting stays what it was. All other open offers are seen now. */
    readonly unseen: readonly OfferKey[];
    readonly volatile: readonly (OfferKey & { readonly values: Volatile })[];
    readonly validators: readonly Validator[];
    /** What is known of the items' shape now; absent: as before. */
    readonly shape?: Shape;
  };
  /** Replaces the open findings of this source and these kinds; first sightings are kept. */
  readonly findings: readonly Finding[];
  readonly findingKinds: readonly FindingKind[];
  readonly rawPages: readonly RawPage[];
  readonly notBefore?: number;
  /** What is known of the whole Hub after this run. */
  readonly hub?: HubState;
  /** What was read, where that is a recording that is imported. */
  readonly recording?: RecordedAnswer;
}

export interface Run {
  readonly id: number;
  readonly source: string;
  readonly startedAt: number;
  readonly recordedAt: number;
  readonly observedAt?: number;
  readonly report: Report;
}

/** One source's health, for `/v1/sources`. */
export interface SourceHealth {
  readonly source: string;
  readonly lastRun?: Run;
  /** The last run that was believed, with what it proved. */
  readonly lastApplied?: {
    readonly runId: number;
    readonly observedAt: number;
    readonly recordedAt: number;
    readonly coverage?: Coverage;
  };
  readonly everWhole: boolean;
  readonly offers: number;
  readonly held: number;
  readonly findings: number;
  readonly notBefore?: number;
}

/** A listing that is true now, or was at the time asked about. */
export interface StoredListing extends OfferKey {
  readonly source: string;
  readonly facts: Facts;
  /** What it stated within its last runs and was replaced, the newest first. */
  readonly earlier?: readonly Facts[];
  readonly volatile?: Volatile;
  /** Of the offer's first version at this source. */
  readonly firstSeen: number;
  readonly lastSeen: number;
  /** True where the source's last reading did not see it: unproven, or a removal that is held. */
  readonly isUnseen: boolean;
  /** When these facts were first stated. */
  readonly factsSince: number;
  readonly cause: Cause;
  readonly held?: readonly Hold["kind"][];
}

export interface StoredFinding extends Finding {
  readonly source: string;
  readonly firstSeen: number;
  readonly lastSeen: number;
  readonly runs: number;
}

/** An operator's decision: a layer of its own, applied last, touched by no sync. */
export interface Override {
  readonly id: number;
  readonly kind: "pin" | "hide" | "alias";
  readonly target: string;
  readonly value: string;
  readonly createdAt: number;
}

export interface Revision {
  readonly number: number;
  readonly hash: string;
  readonly createdAt: number;
  /** The ledger as known at this moment makes this revision. */
  readonly knownAt: number;
  /** The last run that it includes. */
  readonly runId: number;
  readonly models: number;
  readonly offers: number;
}

export interface Ledger extends FindingLedger, ModelIdLedger, RawBodyLedger, Recall, Watched {
  readonly dialect: "sqlite" | "postgres";

  /**
   * The lease, or nothing while somebody else holds it. The same holder may take it again; a holder that `isGone` (a
   * process that died) holds nothing any more.
   */
  takeLease(
    name: string,
    holder: string,
    now: number,
    ttlMs: number,
    isGone?: (holder: string) => boolean,
  ): Promise<Lease | undefined>;
  renewLease(lease: Lease, now: number, ttlMs: number): Promise<Lease | undefined>;
  releaseLease(lease: Lease): Promise<void>;

  sourceState(source: string): Promise<SourceState>;
  /** The facts of versions, by version id. */
  factsOf(versionIds: readonly number[]): Promise<ReadonlyMap<number, Facts>>;
  /** Of these keys, the ids (`offerId`) that this source listed before and closed since. */
  everListed(source: string, keys: readonly OfferKey[]): Promise<ReadonlySet<string>>;
  /** Why offers of these keys ended, by `offerId`: the cause of the newest closing, at whatever source. */
  endings(keys: readonly OfferKey[]): Promise<ReadonlyMap<string, Cause>>;
  /** Writes a run in one transaction and returns its id. Throws `LeaseLost` when the lease is no longer held. */
  commitRun(commit: RunCommit, lease: Lease): Promise<number>;

  run(id: number): Promise<Run | undefined>;
  /** The newest first. */
  runs(query: { readonly source?: string; readonly limit: number }): Promise<readonly Run[]>;
  health(): Promise<readonly SourceHealth[]>;
  holds(query: { readonly source?: string; readonly runId?: number }): Promise<readonly Hold[]>;

  /** Every listing that is true now, ordered by gateway, provider, native id and source (byte-wise); streamed. */
  openListings(): AsyncIterable<StoredListing>;
  /** The same as it was true at `asOf`, as it was known at `knownAt`. */
  listingsAsOf(asOf: number, knownAt: number): AsyncIterable<StoredListing>;
  /** What moves on every poll, as this source stated it last, offer by offer. */
  volatileOf(source: string): Promise<readonly (OfferKey & { readonly values: Volatile })[]>;
  /** Grows with every commit that can change what is published; cheap to ask. */
  contentMark(): Promise<string>;

  /** Those in force, in the order in which they were made; at a moment of the past, where one is named. */
  overrides(at?: number): Promise<readonly Override[]>;
  addOverride(override: Omit<Override, "id">): Promise<number>;
  endOverride(id: number, at: number): Promise<boolean>;

  latestRevision(): Promise<Revision | undefined>;
  /** Mints the next number; the changes, and the offers that are other models now, are written in the same transaction. */
  commitRevision(
    revision: Omit<Revision, "number">,
    changes: readonly Change[],
    lease: Lease,
    offerModels?: readonly OfferModel[],
  ): Promise<Revision>;
  /** The oldest first, unless the latest are asked for first. */
  changes(query: ChangeQuery): Promise<readonly StoredChange[]>;
  /** Those whose last change fits, the latest first: each as all of its changes, the oldest first. */
  stories(query: Omit<ChangeQuery, "order" | "by">): Promise<readonly (readonly StoredChange[])[]>;

  /** Every model that the Hugging Face Hub lists. */
  readonly hub: HubLedger;
  readonly past: PastLedger;

  /** Compares every stored hash with its content; lists what does not fit. */
  verify(): Promise<readonly string[]>;
  close(): Promise<void>;
}
