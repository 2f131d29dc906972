/** What tests write into a ledger, in as few words as they need. */
import type { Facts } from "../../src/domain/listing.ts";
import { offerId, type OfferKey } from "../../src/domain/offer.ts";
import { emptyReport, type Outcome } from "../../src/domain/run.ts";
import { factsHash } from "../../src/ledger/hash.ts";
import type {
  Lease,
  Ledger,
  Opening,
  OpenVersion,
  RunCommit,
  StoredListing,
} from "../../src/ledger/ledger.ts";
import { NOW } from "./places.ts";

export const SOURCE = "groq";
export const HOUR_MS = 3_600_000;

export function keyOf(nativeId: string): OfferKey {
  return { gateway: "groq", provider: "unstated", nativeId };
}

export function priced(usd: string): Facts {
  return {
    name: "a model",
    billing: "metered",
    contextTokens: 131_072,
    prices: [{ meter: "input", unit: "token", usd }],
  };
}

export function opening(nativeId: string, facts: Facts, replaces?: number): Opening {
  return {
    ...keyOf(nativeId),
    facts,
    hash: factsHash(facts),
    cause: "upstream",
    ...(replaces === undefined ? {} : { replaces }),
  };
}

type Applied = NonNullable<RunCommit["applied"]>;

/** A believed run at an hour of the test's day; the upstream spoke a second before it was written down. */
export function applied(hour: number, parts: Partial<Applied> = {}, source = SOURCE): RunCommit {
  const recordedAt = NOW + hour * HOUR_MS;
  return {
    source,
    startedAt: recordedAt - 2_000,
    observedAt: recordedAt - 1_000,
    recordedAt,
    report: {
      ...emptyReport(source, "complete"),
      coverage: { kind: "whole", evidence: "the list ended" },
      rows: 3,
    },
    applied: {
      fingerprint: "f1",
      openings: [],
      closings: [],
      holds: [],
      endedHolds: [],
      unseen: [],
      volatile: [],
      validators: [],
      ...parts,
    },
    findings: [],
    findingKinds: [],
    rawPages: [],
  };
}

/** A run that was not believed. */
export function unbelieved(hour: number, outcome: Outcome, source = SOURCE): RunCommit {
  const { applied: _nothing, observedAt: _never, ...rest } = applied(hour, {}, source);
  return { ...rest, report: emptyReport(source, outcome) };
}

export async function leaseOf(ledger: Ledger, holder = "a", now = NOW): Promise<Lease> {
  const lease = await ledger.takeLease("sync", holder, now, 1_000 * HOUR_MS);
  if (lease === undefined) throw new Error(`${holder} cannot have the lease`);
  return lease;
}

export async function versionOf(ledger: Ledger, nativeId: string, source = SOURCE): Promise<OpenVersion> {
  const { open } = await ledger.sourceState(source);
  const version = open.find((candidate) => candidate.nativeId === nativeId);
  if (version === undefined) throw new Error(`${nativeId} has no open version at ${source}`);
  return version;
}

export async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  return Array.fromAsync(items);
}

export async function idsNow(ledger: Ledger): Promise<readonly string[]> {
  return (await all(ledger.openListings())).map(offerId);
}

/** The order that both databases promise: by the bytes of gateway, provider, native id and source. */
export function byBytes(a: StoredListing, b: StoredListing): number {
  const parts = (listing: StoredListing) => [
    listing.gateway,
    listing.provider,
    listing.nativeId,
    listing.source,
  ];
  const right = parts(b);
  for (const [index, part] of parts(a).entries()) {
    const order = Buffer.compare(Buffer.from(part), Buffer.from(right[index] ?? ""));
    if (order !== 0) return order;
  }
  return 0;
}

/** Whole numbers below a bound, the same ones for the same seed (mulberry32). */
export function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
