/** Opens the ledger: the store, brought to this program's tables, behind the one interface. */
import { migrate } from "../store/migrate.ts";
import { openStore } from "../store/open.ts";
import type { StoreOptions } from "../store/store.ts";
import { changes } from "./changes.ts";
import { commitRun } from "./commit.ts";
import { contentMark } from "./counters.ts";
import { endings } from "./endings.ts";
import { findings, replaceFindings } from "./findings.ts";
import { holds } from "./holds.ts";
import { hubLedger } from "./hub-ledger.ts";
import { releaseLease, renewLease, takeLease } from "./leases.ts";
import type { Ledger } from "./ledger.ts";
import { listingsAsOf, openListings } from "./listings.ts";
import { MIGRATIONS } from "./migrations.ts";
import { modelIds } from "./model-ids.ts";
import { addOverride, endOverride, overrides } from "./overrides.ts";
import { pastLedger } from "./past.ts";
import { pruneRawBodies, rawBody, rawPages } from "./raw-bodies.ts";
import { recallIn } from "./recall.ts";
import { commitRevision, latestRevision } from "./revisions.ts";
import { health, run, runs } from "./runs.ts";
import type { LedgerStore, Tables } from "./schema.ts";
import { sourceState } from "./source-state.ts";
import { stories } from "./stories.ts";
import { verify } from "./verify.ts";
import { everListed, factsOf } from "./versions.ts";
import { volatileOf } from "./volatile.ts";
import { watchLedger } from "./watches.ts";

export interface LedgerOptions extends StoreOptions {
  /** A file path, `sqlite:<path>`, `:memory:`, or a `postgres://` URL. */
  readonly url: string;
  readonly now: () => number;
}

/** Throws `StoreUnavailable` where the database cannot be opened, `StoreTooNew` where a newer program wrote it. */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  return openLedgerStore(await openStore<Tables>(options.url, options), options.now);
}

/** The ledger in a store that is open already; closes it with the ledger, and where it cannot be brought up to date. */
export async function openLedgerStore(store: LedgerStore, now: () => number): Promise<Ledger> {
  try {
    await migrate(store, MIGRATIONS, now);
  } catch (error) {
    await store.close();
    throw error;
  }
  return {
    dialect: store.dialect,
    ...recallIn(store),
    takeLease: (name, holder, at, ttlMs, isGone = () => false) =>
      takeLease(store, name, holder, at, ttlMs, isGone),
    renewLease: (lease, at, ttlMs) => renewLease(store, lease, at, ttlMs),
    releaseLease: (lease) => releaseLease(store, lease),
    sourceState: (source) => sourceState(store, source),
    factsOf: (versionIds) => factsOf(store, versionIds),
    everListed: (source, keys) => everListed(store, source, keys),
    endings: (keys) => endings(store, keys),
    commitRun: (commit, lease) => commitRun(store, commit, lease),
    run: (id) => run(store, id),
    runs: (query) => runs(store, query),
    health: () => health(store),
    holds: (query) => holds(store, query),
    findings: (query) => findings(store, query),
    replaceFindings: (kinds, found, at, lease) => replaceFindings(store, kinds, found, at, lease),
    openListings: () => openListings(store),
    listingsAsOf: (asOf, knownAt) => listingsAsOf(store, asOf, knownAt),
    volatileOf: (source) => volatileOf(store, source),
    contentMark: () => contentMark(store),
    overrides: (at) => overrides(store, at),
    addOverride: (override) => addOverride(store, override),
    endOverride: (id, at) => endOverride(store, id, at),
    latestRevision: () => latestRevision(store),
    commitRevision: (revision, list, lease, offerModels = []) =>
      commitRevision(store, revision, list, lease, offerModels),
    modelIds: (untilRevision) => modelIds(store, untilRevision),
    changes: (query) => changes(store, query),
    stories: (query) => stories(store, query),
    rawBody: (hash) => rawBody(store, hash),
    rawPages: (runId) => rawPages(store, runId),
    pruneRawBodies: (bounds) => pruneRawBodies(store, bounds),
    hub: hubLedger(store),
    watches: watchLedger(store),
    past: pastLedger(store, (memory) => openLedgerStore(memory, now)),
    verify: () => verify(store),
    close: () => store.close(),
  };
}
