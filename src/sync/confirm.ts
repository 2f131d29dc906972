/** When a hold ends by itself: the same was said again, at least one interval later. */
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

/** What an unchanged answer does: it says once more what the last whole run said. */
export function confirmUnchanged(state: SourceState, moment: Moment): Plan {
  return applyHolds(
    state,
    state.holds.filter((hold) => isOldEnough(hold, moment)),
    "confirmed",
  );
}

/** Applies these holds exactly as they were shown; the others go on waiting. */
export function applyHolds(state: SourceState, holds: readonly Hold[], how: "confirmed" | "accepted"): Plan {
  const open = new Map(state.open.map((version) => [offerId(version), version]));
  const applied = new Set(holds.map(({ id }) => id));
  const waiting = state.holds.filter(({ id }) => !applied.has(id));
  const openings = holds.flatMap(({ kind, facts, gateway, provider, nativeId }) => {
    const version = open.get(offerId({ gateway, provider, nativeId }));
    if (kind !== "price" || facts === undefined || version === undefined) return [];
    return [
      {
        gateway,
        provider,
        nativeId,
        facts,
        hash: factsHash(facts),
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
    endedHolds: holds.map(({ id }) => ({ id, how })),
    unseen: waiting.filter(({ kind }) => kind === "removal"),
    added: [],
    changed: openings.length,
    held: waiting,
  };
}
