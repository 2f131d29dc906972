/** Compares what a source says now with what the ledger holds: versions to open and close, and what is held. Pure. */
import type { Cause } from "../domain/change.ts";
import type { Coverage } from "../domain/coverage.ts";
import { factsText, type Facts, type Listing } from "../domain/listing.ts";
import { offerId, type OfferKey } from "../domain/offer.ts";
import type { Closing, Hold, Opening, OpenVersion, SourceState } from "../ledger/ledger.ts";
import { isFromFuture, isOldEnough, withPricesOf, type Moment } from "./confirm.ts";
import { countJumps, isMassRemoval, isUnitChange } from "./guard.ts";

export interface ReconcileInput extends Moment {
  readonly state: SourceState;
  readonly listings: ReadonlyMap<string, Listing>;
  readonly hashOf: (facts: Facts) => string;
  /** The facts of the open versions whose hash differs from what is said now. */
  readonly factsBefore: ReadonlyMap<number, Facts>;
  readonly coverage: Coverage;
  /** Texts of items that could not be read: an offer named there is not missing. */
  readonly unreadTexts: ReadonlySet<string>;
  readonly cause: Cause;
}

export interface Plan {
  readonly openings: readonly Opening[];
  readonly closings: readonly Closing[];
  readonly newHolds: readonly (OfferKey & { readonly kind: Hold["kind"]; readonly facts?: Facts })[];
  readonly endedHolds: readonly {
    readonly id: number;
    readonly how: "confirmed" | "accepted" | "withdrawn";
  }[];
  readonly unseen: readonly OfferKey[];
  readonly added: readonly OfferKey[];
  readonly changed: number;
  /** Holds that wait after this run. */
  readonly held: readonly (OfferKey & { readonly kind: Hold["kind"] })[];
}

export function reconcile(given: ReconcileInput): Plan {
  const open = new Map(given.state.open.map((version) => [offerId(version), version]));
  const [holds, restarted] = partition(given.state.holds, (hold) => !isFromFuture(hold, given));
  const input = { ...given, state: { ...given.state, holds } };
  const stated = reconcileStated(input, open);
  const missing = reconcileMissing(input, open);
  const newHolds = [...stated.newHolds, ...missing.newHolds];
  const endedHolds = [
    ...stated.endedHolds,
    ...missing.endedHolds,
    ...restarted.map(({ id }) => ({ id, how: "withdrawn" as const })),
  ];
  const ended = new Set(endedHolds.map(({ id }) => id));
  return {
    openings: stated.openings,
    closings: missing.closings,
    newHolds,
    endedHolds,
    unseen: missing.unseen,
    added: stated.added,
    changed: stated.openings.length - stated.added.length,
    held: [...newHolds, ...holds.filter(({ id }) => !ended.has(id))].map(({ kind, ...hold }) => ({
      ...keyOf(hold),
      kind,
    })),
  };
}

/** The same where only the offers of some native ids were looked for: the others stay, unseen unless they were named. */
export function reconcilePart(lookedFor: ReadonlySet<string> | undefined, input: ReconcileInput): Plan {
  if (lookedFor === undefined) return reconcile(input);
  const isInPart = (key: OfferKey) => lookedFor.has(key.nativeId) || input.listings.has(offerId(key));
  const { open, holds } = input.state;
  const part = reconcile({
    ...input,
    state: { ...input.state, open: open.filter(isInPart), holds: holds.filter(isInPart) },
    coverage: { ...input.coverage, kind: "whole" },
  });
  return {
    ...part,
    unseen: [...part.unseen, ...open.filter((version) => !isInPart(version)).map(keyOf)],
    held: [...part.held, ...holds.filter((hold) => !isInPart(hold))],
  };
}

/** Offers that the source names: new, changed, the same, or with a price that must be confirmed. */
function reconcileStated(input: ReconcileInput, open: ReadonlyMap<string, OpenVersion>) {
  const changed: { listing: Listing; version: OpenVersion; before: Facts; jumps: number }[] = [];
  const added: Listing[] = [];
  let pricesTotal = 0;
  for (const [id, listing] of input.listings) {
    pricesTotal += listing.facts.prices?.length ?? 0;
    const version = open.get(id);
    if (version === undefined) {
      added.push(listing);
    } else if (version.hash !== input.hashOf(listing.facts)) {
      const before = input.factsBefore.get(version.versionId) ?? {};
      changed.push({ listing, version, before, jumps: countJumps(before, listing.facts) });
    }
  }
  const holds = holdsByOffer(input.state.holds, "price");
  const jumps = changed.reduce((sum, change) => sum + change.jumps, 0);
  const suspicious = isUnitChange(jumps, pricesTotal);

  const openings: Opening[] = added.map((listing) => ({
    ...keyOf(listing),
    facts: listing.facts,
    hash: input.hashOf(listing.facts),
    cause: input.cause,
  }));
  const newHolds: (OfferKey & { kind: "price"; facts: Facts })[] = [];
  const endedHolds: { id: number; how: "confirmed" | "withdrawn" }[] = [];
  const stillJumping = new Set<string>();
  for (const { listing, version, before, jumps: own } of changed) {
    const id = offerId(listing);
    const hold = holds.get(id);
    if (own > 0) stillJumping.add(id);
    const isShown = hold !== undefined && isSamePrice(hold.facts, listing.facts);
    const waits = own > 0 && (isShown ? !isOldEnough(hold, input) : hold !== undefined || suspicious);
    if (waits && !isShown) {
      // Another price than the one shown: nobody has said it twice.
      newHolds.push({ ...keyOf(listing), kind: "price", facts: listing.facts });
      if (hold !== undefined) endedHolds.push({ id: hold.id, how: "withdrawn" });
    }
    if (own > 0 && isShown && !waits) endedHolds.push({ id: hold.id, how: "confirmed" });
    const facts = waits ? withPricesOf(before, listing.facts) : listing.facts;
    const hash = input.hashOf(facts);
    if (hash !== version.hash)
      openings.push({ ...keyOf(listing), facts, hash, cause: input.cause, replaces: version.versionId });
  }
  for (const [id, hold] of holds) {
    if (input.listings.has(id) && !stillJumping.has(id)) endedHolds.push({ id: hold.id, how: "withdrawn" });
  }
  return { openings, added: added.map(keyOf), newHolds, endedHolds };
}

/** Offers that the source no longer names: unproven, removed, held, or confirmed. */
function reconcileMissing(input: ReconcileInput, open: ReadonlyMap<string, OpenVersion>) {
  const holds = holdsByOffer(input.state.holds, "removal");
  const priceHolds = holdsByOffer(input.state.holds, "price");
  const closings: Closing[] = [];
  const newHolds: (OfferKey & { kind: "removal" })[] = [];
  const endedHolds: { id: number; how: "confirmed" | "withdrawn" }[] = [];
  const unseen: OfferKey[] = [];

  const missing = [...open].filter(
    ([id, version]) => !input.listings.has(id) && !input.unreadTexts.has(version.nativeId),
  );
  const missingIds = new Set(missing.map(([id]) => id));
  for (const [id, hold] of holds)
    if (open.has(id) && !missingIds.has(id)) endedHolds.push({ id: hold.id, how: "withdrawn" });

  const isProof = input.coverage.kind === "whole";
  const isConfirmed = (id: string) => {
    const hold = holds.get(id);
    return isProof && hold !== undefined && isOldEnough(hold, input);
  };
  const unconfirmed = missing.filter(([id]) => !isConfirmed(id)).length;
  const isMass = isMassRemoval(unconfirmed, open.size);
  for (const [id, version] of missing) {
    const hold = holds.get(id);
    if (isConfirmed(id) || (isProof && hold === undefined && !isMass)) {
      closings.push({ versionId: version.versionId, cause: input.cause });
      if (hold !== undefined) endedHolds.push({ id: hold.id, how: "confirmed" });
      const priceHold = priceHolds.get(id);
      if (priceHold !== undefined) endedHolds.push({ id: priceHold.id, how: "withdrawn" });
      continue;
    }
    unseen.push(keyOf(version));
    if (hold === undefined && isProof) newHolds.push({ ...keyOf(version), kind: "removal" });
  }
  return { closings, newHolds, endedHolds, unseen };
}

function holdsByOffer(holds: readonly Hold[], kind: Hold["kind"]): ReadonlyMap<string, Hold> {
  return new Map(holds.filter((hold) => hold.kind === kind).map((hold) => [offerId(hold), hold]));
}

function isSamePrice(shown: Facts | undefined, stated: Facts): boolean {
  return factsText(withPricesOf(shown ?? {}, {})) === factsText(withPricesOf(stated, {}));
}

function partition<Item>(
  items: readonly Item[],
  belongs: (item: Item) => boolean,
): readonly [readonly Item[], readonly Item[]] {
  const { in: inside = [], out = [] } = Object.groupBy(items, (item) => (belongs(item) ? "in" : "out"));
  return [inside, out];
}

function keyOf({ gateway, provider, nativeId }: OfferKey): OfferKey {
  return { gateway, provider, nativeId };
}
