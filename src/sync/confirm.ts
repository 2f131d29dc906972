/** When a hold ends by itself: the same was said again, at least one interval later. */
import type { Facts } from "../domain/listing.ts";
import { offerId } from "../domain/offer.ts";
import { factsHash } from "../ledger/hash.ts";
import type { Hold, SourceState } from "../ledger/ledger.ts";
import type { Plan } from "./reconcile.ts";

/** When a run took place, and how long a hold waits. */
export interface Moment {
  readonly observedAt: number;
  readonly recordedAt: number;
  readonly intervalMs: number;
}

/** By the upstream's clock or by ours: a mirror that always states one date must not hold for ever. */
export function isOldEnough(hold: Hold, { observedAt, recordedAt, intervalMs }: Moment): boolean {
  return Math.max(observedAt - hold.sinceObserved, recordedAt - hold.sinceRecorded) >= intervalMs;
}

/** A hold that lies in our future was written by a clock that jumped: it would wait for years, so it begins anew. */
export function isFromFuture({ sinceRecorded }: Hold, { recordedAt }: Moment): boolean {
  return sinceRecorded > recordedAt;
}

/** The facts of the open versions whose price is held, by version id: what a held price is put into. */
export type FactsNow = ReadonlyMap<number, Facts>;

/** The open versions that `confirmUnchanged` and `applyHolds` need the facts of. */
export function versionsHeld(state: SourceState): readonly number[] {
  const held = new Set(state.holds.flatMap((hold) => (hold.kind === "price" ? [offerId(hold)] : [])));
  return state.open.flatMap((version) => (held.has(offerId(version)) ? [version.versionId] : []));
}

/** What an unchanged answer does: it says once more what the last whole run said. */
export function confirmUnchanged(state: SourceState, factsNow: FactsNow, moment: Moment): Plan {
  const restarted = state.holds.filter((hold) => isFromFuture(hold, moment));
  const confirmed = state.holds.filter((hold) => !restarted.includes(hold) && isOldEnough(hold, moment));
  const plan = applyHolds(state, confirmed, factsNow, "confirmed");
  return {
    ...plan,
    newHolds: restarted.map(({ gateway, provider, nativeId, kind, facts }) => ({
      gateway,
      provider,
      nativeId,
      kind,
      ...(facts === undefined ? {} : { facts }),
    })),
    endedHolds: [...plan.endedHolds, ...restarted.map(({ id }) => ({ id, how: "withdrawn" as const }))],
  };
}

/** Applies these holds exactly as they were shown; the others go on waiting. */
export function applyHolds(
  state: SourceState,
  holds: readonly Hold[],
  factsNow: FactsNow,
  how: "confirmed" | "accepted",
): Plan {
  const open = new Map(state.open.map((version) => [offerId(version), version]));
  const applied = new Set(holds.map(({ id }) => id));
  const removed = new Set(holds.flatMap((hold) => (hold.kind === "removal" ? [offerId(hold)] : [])));
  // The price of an offer that goes is of no interest any more.
  const moot = state.holds.filter((hold) => hold.kind === "price" && removed.has(offerId(hold)));
  const waiting = state.holds.filter((hold) => !applied.has(hold.id) && !moot.includes(hold));
  const openings = holds.flatMap(({ kind, facts, gateway, provider, nativeId }) => {
    const id = offerId({ gateway, provider, nativeId });
    const version = open.get(id);
    const now = version === undefined ? undefined : factsNow.get(version.versionId);
    if (kind !== "price" || facts === undefined || version === undefined || now === undefined) return [];
    if (removed.has(id)) return [];
    const priced = withPricesOf(facts, now);
    const hash = factsHash(priced);
    if (hash === version.hash) return [];
    return [
      {
        gateway,
        provider,
        nativeId,
        facts: priced,
        hash,
        cause: "upstream" as const,
        replaces: version.versionId,
      },
    ];
  });
  const closings = holds.flatMap((hold) => {
    const version = open.get(offerId(hold));
    return hold.kind === "removal" && version !== undefined
      ? [{ versionId: version.versionId, cause: "upstream" as const }]
      : [];
  });
  return {
    openings,
    closings,
    newHolds: [],
    endedHolds: [
      ...holds.filter((hold) => !moot.includes(hold)).map(({ id }) => ({ id, how })),
      ...moot.map(({ id }) => ({ id, how: "withdrawn" as const })),
    ],
    unseen: state.unseen.filter((key) => !removed.has(offerId(key))),
    added: [],
    changed: openings.length,
    held: waiting,
  };
}

/** `facts` with the prices and the billing of `priced` in place of its own. */
export function withPricesOf(priced: Facts, facts: Facts): Facts {
  const { prices: _prices, billing: _billing, ...rest } = facts;
  return {
    ...rest,
    ...(priced.prices === undefined ? {} : { prices: priced.prices }),
    ...(priced.billing === undefined ? {} : { billing: priced.billing }),
  };
}
