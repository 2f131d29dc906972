/** An operator's overrides as publishing reads them: applied last, over whatever the sources say. */
import { offerId } from "../domain/offer.ts";
import { pinned, type Pin } from "../domain/pin.ts";
import type { Override } from "../ledger/ledger.ts";
import type { OperatorAlias } from "../match/link.ts";
import type { MergedOffer } from "../merge/merge.ts";
import type { Pinned } from "./documents.ts";
import { formerIds, type FormerModels, type OfModel } from "./former-ids.ts";

export interface Decisions {
  /** Ids of offers and of models that are shown to nobody. */
  readonly hidden: ReadonlySet<string>;
  /** By the id of an offer or a model. */
  readonly pins: ReadonlyMap<string, readonly Pin[]>;
  readonly aliases: readonly OperatorAlias[];
}

export const NO_DECISIONS: Decisions = { hidden: new Set(), pins: new Map(), aliases: [] };

export function decisionsOf(overrides: readonly Override[]): Decisions {
  const pins = overrides.flatMap(({ kind, target, value }) =>
    kind === "pin" ? [{ target, pin: readPin(value) }] : [],
  );
  return {
    hidden: new Set(overrides.flatMap(({ kind, target }) => (kind === "hide" ? [target] : []))),
    pins: new Map(
      [...Map.groupBy(pins, ({ target }) => target)].map(([target, its]) => [
        target,
        its.map(({ pin }) => pin),
      ]),
    ),
    aliases: overrides.flatMap(({ kind, target, value }) =>
      kind === "alias" ? [{ of: target, model: value }] : [],
    ),
  };
}

/** A pin as the ledger keeps it: `field=value`. */
export function writePin({ field, value }: Pin): string {
  return `${field}=${value}`;
}

export function readPin(written: string): Pin {
  const equals = written.indexOf("=");
  return { field: written.slice(0, Math.max(equals, 0)), value: written.slice(equals + 1) };
}

/** An offer with what is pinned of it: what the sources say of the rest stands. */
export function withPins<Offer extends MergedOffer>(offer: Offer, { pins }: Decisions): Offer & Pinned {
  const its = pins.get(offerId(offer));
  if (its === undefined) return offer;
  return { ...offer, facts: pinned(offer.facts, its), pinned: its.map(({ field }) => field) };
}

/** The decisions under the ids that models have today: an id that a model once had goes on leading to it. */
export function decisionsToday(
  decisions: Decisions,
  offers: readonly OfModel[],
  former: FormerModels,
): Decisions {
  const { hidden, pins } = decisions;
  if (hidden.size + pins.size === 0) return decisions;
  const today = new Map(
    [...formerIds(offers, former)].flatMap(([model, ids]) => ids.map((id) => [id, model] as const)),
  );
  const idOf = (target: string) => today.get(target) ?? target;
  const moved = [...pins].map(([target, its]) => ({ target: idOf(target), its }));
  return {
    ...decisions,
    hidden: new Set([...hidden].map(idOf)),
    pins: new Map(
      [...Map.groupBy(moved, ({ target }) => target)].map(([target, each]) => [
        target,
        each.flatMap(({ its }) => its),
      ]),
    ),
  };
}

export function isHidden({ id, link }: OfModel, { hidden }: Decisions): boolean {
  return hidden.has(id) || hidden.has(link.model);
}

/** What an operator decided between two moments: what is otherwise with these ids since then is his doing. */
export interface Turn {
  readonly ids: ReadonlySet<string>;
  /** Those that he hid before and hides no more. */
  readonly shownAgain: ReadonlySet<string>;
}

export function turnBetween(before: readonly Override[], after: readonly Override[]): Turn {
  const ended = missing(before, after);
  const made = missing(after, before);
  const named = [...ended, ...made].flatMap(({ kind, target, value }) =>
    kind === "alias" ? [target, value] : [target],
  );
  return {
    ids: new Set(named),
    shownAgain: new Set(ended.flatMap(({ kind, target }) => (kind === "hide" ? [target] : []))),
  };
}

/** Those of the one list that are not in the other. */
function missing(some: readonly Override[], others: readonly Override[]): readonly Override[] {
  const known = new Set(others.map(({ id }) => id));
  return some.filter(({ id }) => !known.has(id));
}
