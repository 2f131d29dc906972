/** What the guards are tested with: a source's state and its list, in as few words as they need. */
import type { Facts, Listing } from "../../src/domain/listing.ts";
import { offerId } from "../../src/domain/offer.ts";
import type { Price } from "../../src/domain/price.ts";
import { factsHash } from "../../src/ledger/hash.ts";
import type { Hold, SourceState } from "../../src/ledger/ledger.ts";
import { reconcile, type Plan, type ReconcileInput } from "../../src/sync/reconcile.ts";

export const NOW = Date.UTC(2026, 7, 5);
export const HOUR_MS = 3_600_000;

export function priced(input: string, output?: string): Facts {
  const prices: readonly Price[] = [
    { meter: "input", unit: "token", usd: input },
    ...(output === undefined ? [] : [{ meter: "output", unit: "token", usd: output } as const]),
  ];
  return { name: "a model", billing: "metered", prices };
}

export function keyOf(nativeId: string) {
  return { gateway: "groq", provider: "unstated", nativeId };
}

/** The facts of offers by native id. */
export type List = { readonly [nativeId: string]: Facts };

export function listOf(count: number, facts: Facts = priced("0.000001")): List {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, facts]));
}

export function without(list: List, ...gone: readonly string[]): List {
  return Object.fromEntries(Object.entries(list).filter(([id]) => !gone.includes(id)));
}

/** The first so many of a list. */
export function firstOf(list: List, count: number): List {
  return Object.fromEntries(Object.entries(list).slice(0, count));
}

export function stateOf(open: List, holds: readonly Hold[] = []): SourceState {
  const ids = Object.keys(open);
  return {
    source: "groq",
    everWhole: true,
    fingerprint: "1|x",
    open: ids.map((nativeId, index) => ({
      ...keyOf(nativeId),
      versionId: index + 1,
      hash: factsHash(open[nativeId] ?? {}),
    })),
    unseen: holds.filter(({ kind }) => kind === "removal"),
    holds,
    validators: [],
  };
}

export function holdOf(kind: Hold["kind"], nativeId: string, since = NOW - HOUR_MS, facts?: Facts): Hold {
  return {
    ...keyOf(nativeId),
    id: Number(nativeId.slice(1)) + 100 + (kind === "price" ? 1_000 : 0),
    source: "groq",
    kind,
    runId: 7,
    sinceObserved: since,
    sinceRecorded: since,
    ...(facts === undefined ? {} : { facts }),
  };
}

/** What a run that says `said` makes of a source that said `open`. */
export function planOf(
  open: List,
  said: List,
  more: Partial<ReconcileInput> & { readonly held?: readonly Hold[] } = {},
): Plan {
  const { held = [], ...input } = more;
  const state = stateOf(open, held);
  const listings = new Map<string, Listing>(
    Object.entries(said).map(([nativeId, facts]) => [
      offerId(keyOf(nativeId)),
      { ...keyOf(nativeId), source: "groq", facts },
    ]),
  );
  return reconcile({
    state,
    listings,
    hashOf: factsHash,
    factsBefore: new Map(state.open.map(({ versionId, nativeId }) => [versionId, open[nativeId] ?? {}])),
    coverage: { kind: "whole", evidence: "the list ended" },
    unreadTexts: new Set(),
    cause: "upstream",
    observedAt: NOW,
    recordedAt: NOW,
    intervalMs: HOUR_MS,
    ...input,
  });
}

/** The native ids of versions that a plan closes. */
export function closedIn(plan: Plan, open: List): readonly string[] {
  const ids = Object.keys(open);
  return plan.closings.map(({ versionId }) => ids[versionId - 1] ?? "");
}

export function idsOf(keys: readonly { readonly nativeId: string }[]): readonly string[] {
  return keys.map(({ nativeId }) => nativeId);
}
