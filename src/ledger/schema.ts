/** The ledger's tables as this program knows them; `migrations.ts` makes them. Instants are milliseconds since 1970 UTC. */
import type { Generated, Transaction } from "kysely";
import type { Store } from "../store/store.ts";
import type { HubTables } from "./hub-tables.ts";
import type { ModelIdTables } from "./model-ids.ts";
import type { RecordingTables } from "./recordings.ts";
import type { UntoldTables } from "./untold.ts";
import type { WatchTables } from "./watches.ts";

/** What one source calls one offer. */
export interface KeyColumns {
  readonly source: string;
  readonly gateway: string;
  readonly provider: string;
  readonly native_id: string;
}

/**
 * When something was true (`observed`: in the upstream's time) and since when we know (`recorded`: in ours), with the
 * runs that opened and closed it. It is true at T as known at K where `span.ts` says so. Open rows have no `…_to`.
 */
export interface SpanColumns {
  readonly observed_from: number;
  readonly observed_to: Generated<number | null>;
  readonly recorded_from: number;
  readonly recorded_to: Generated<number | null>;
  readonly run_from: number;
  readonly run_to: Generated<number | null>;
}

export interface Tables extends HubTables, RecordingTables, UntoldTables, ModelIdTables, WatchTables {
  /** The numbers that this ledger gives out in the order of its commits. */
  readonly counter: { readonly name: string; readonly value: number };
  readonly lease: {
    readonly name: string;
    readonly holder: string;
    readonly fence: number;
    readonly expires_at: number;
  };
  readonly run: {
    readonly id: number;
    readonly source: string;
    readonly started_at: number;
    readonly recorded_at: number;
    readonly observed_at: number | null;
    /** 1 where what the run read was believed. */
    readonly applied: number;
    readonly report: string;
  };
  readonly source_state: {
    readonly source: string;
    readonly last_run_id: number;
    readonly last_run_at: number | null;
    readonly applied_run_id: number | null;
    readonly applied_observed_at: number | null;
    readonly applied_recorded_at: number | null;
    readonly applied_rows: number | null;
    readonly ever_whole: number;
    readonly fingerprint: string | null;
    readonly not_before: number | null;
  };
  readonly validator: {
    readonly source: string;
    readonly view: string;
    readonly etag: string | null;
    readonly last_modified: string | null;
    readonly body_hash: string | null;
    readonly fingerprint: string;
  };
  readonly source_shape: { readonly source: string; readonly shape: string };
  /** Closed, never edited: a changed listing is a closed version and an open one. */
  readonly listing_version: KeyColumns &
    SpanColumns & {
      readonly id: Generated<number>;
      readonly hash: string;
      readonly cause_from: string;
      readonly cause_to: Generated<string | null>;
      /** When we took it back as never having been true. */
      readonly retracted_at: Generated<number | null>;
      readonly facts: string;
    };
  /** Open offers that the last runs did not see; every other open offer was seen by the last applied run. */
  readonly absence: KeyColumns & SpanColumns & { readonly id: Generated<number>; readonly last_seen: number };
  readonly hold: KeyColumns &
    SpanColumns & {
      readonly id: Generated<number>;
      readonly kind: string;
      readonly facts: string | null;
      readonly how: Generated<string | null>;
    };
  readonly finding: {
    readonly id: Generated<number>;
    readonly source: string;
    readonly kind: string;
    readonly subject: string;
    readonly pointer: string | null;
    readonly message: string;
    readonly first_seen: number;
    readonly last_seen: number;
    readonly last_run_id: number;
    readonly runs: number;
    readonly ended_at: Generated<number | null>;
  };
  readonly volatile_facts: KeyColumns & {
    readonly observed_at: number;
    readonly recorded_at: number;
    readonly facts: string;
  };
  /** The first statement of each UTC day. */
  readonly volatile_sample: KeyColumns & {
    readonly day: number;
    readonly observed_at: number;
    readonly recorded_at: number;
    readonly facts: string;
  };
  readonly override: {
    readonly id: Generated<number>;
    readonly kind: string;
    readonly target: string;
    readonly value: string;
    readonly created_at: number;
    readonly ended_at: Generated<number | null>;
  };
  readonly revision: {
    readonly number: number;
    readonly hash: string;
    readonly created_at: number;
    readonly known_at: number;
    readonly run_id: number;
    readonly models: number;
    readonly offers: number;
  };
  readonly change: {
    readonly id: Generated<number>;
    readonly revision: number;
    readonly at: number;
    readonly subject: string;
    readonly subject_id: string;
    readonly kind: string;
    readonly cause: string;
    readonly gateway: string | null;
    readonly model: string | null;
    /** With a comma before and after each: `,price,limits,`. */
    readonly topics: string;
    readonly fields: string;
    /** The first change of the story that it goes on with. */
    readonly story: Generated<number | null>;
    /** 1 where an import told it of the past: history, and news to nobody. */
    readonly imported: Generated<number>;
  };
  readonly raw_body: {
    readonly hash: string;
    readonly bytes: number;
    readonly stored_bytes: number;
    readonly kept_at: number;
    readonly body: Uint8Array;
  };
  readonly raw_page: {
    readonly run_id: number;
    readonly position: number;
    readonly url: string;
    readonly hash: string;
  };
}

export type LedgerStore = Store<Tables>;
export type Tx = Transaction<Tables>;
